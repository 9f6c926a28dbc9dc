//! Numbers without gaps: what a repeat or a lacking file has left free is filled by the last ones of the batch,
//! whose numbers nobody has seen yet. A batch in which all is stored has nothing to fill.

use std::collections::{BTreeMap, HashMap};

use db::Tx;
use kernel::{Result, WorkspaceId};

use super::{Forms, Outcome};
use crate::{
    forms::FormId,
    submissions::{SubmissionId, incoming::Incoming, store},
};

/// The numbers that are in use, by form.
type Used = BTreeMap<(WorkspaceId, FormId), Vec<i64>>;

/// Moves the last ones into the gaps. What has been taken and is not used any more is given back by `settle`.
pub(super) async fn close(
    tx: &mut Tx,
    batch: &[Incoming],
    outcomes: &[Outcome],
    forms: &mut Forms,
    numbers: &[(SubmissionId, i64)],
) -> Result<()> {
    let is_stored = |outcome: &&Outcome| matches!(outcome, Outcome::Stored(_));
    if outcomes.iter().filter(is_stored).count() == numbers.len() {
        return Ok(());
    }
    let numbers: HashMap<SubmissionId, i64> = numbers.iter().copied().collect();
    let mut used = Used::new();
    for (item, outcome) in batch.iter().zip(outcomes) {
        let used = used.entry((item.workspace, item.form)).or_default();
        if let (Outcome::Stored(_), Some(number)) = (outcome, numbers.get(&item.id)) {
            used.push(*number);
        }
    }
    for (key, used) in &used {
        let Some(numbers) = forms.get_mut(key) else { continue };
        let Some(taken) = numbers.taken else { continue };
        numbers.given = i64::try_from(used.len()).map_err(kernel::Error::internal)?;
        let moves = moves(taken.first, used);
        store::renumber(tx, key.0, key.1, &moves).await?;
    }
    Ok(())
}

/// From which number to which, so that they follow each other from the first.
fn moves(first: i64, used: &[i64]) -> Vec<(i64, i64)> {
    let mut used = used.to_vec();
    used.sort_unstable();
    let end = first + i64::try_from(used.len()).unwrap_or_default();
    let free = (first..end).filter(|number| used.binary_search(number).is_err());
    used.iter().copied().filter(|number| *number >= end).zip(free).collect()
}

#[cfg(test)]
mod tests {
    use super::moves;

    #[test]
    fn the_last_ones_fill_the_gaps() {
        assert_eq!(moves(5, &[]), []);
        assert_eq!(moves(5, &[5, 6, 7]), []);
        assert_eq!(moves(5, &[5, 7, 9]), [(9, 6)]);
        assert_eq!(moves(5, &[8, 9]), [(8, 5), (9, 6)]);
        assert_eq!(moves(1, &[2, 3, 4]), [(4, 1)]);
    }
}
