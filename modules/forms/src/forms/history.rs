//! What can be taken back: every change to a draft leaves the document as it was before, within bounds.

use std::time::Duration;

use db::Tx;
use kernel::Result;
use web::Cx;

use super::{
    Form, FormId,
    store::drafts::{self, DraftChange},
};

/// Changes kept of a form.
const MOST_CHANGES: usize = 100;
/// Bytes kept of a form, beside the newest change.
const MOST_BYTES: i64 = 2 * 1024 * 1024;
/// Within this time a person who goes on with the same part makes one change.
const ONE_GO: Duration = Duration::from_secs(5);

/// Which ways are open from here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct History {
    pub(crate) back: bool,
    pub(crate) forth: bool,
}

impl History {
    pub(crate) async fn of(tx: &mut Tx, form: FormId) -> Result<Self> {
        let sides = drafts::list_sides(tx, form).await?;
        Ok(History { back: sides.contains(&(false,)), forth: sides.contains(&(true,)) })
    }
}

/// Keeps the form as it was `before` the change that has just been stored.
pub(crate) async fn remember(
    cx: &Cx,
    tx: &mut Tx,
    before: &Form,
    now: &Form,
    part: Option<String>,
) -> Result<()> {
    drafts::delete_taken_back(tx, now.id).await?;
    let newest = drafts::find_next_change(tx, now.id, false).await?;
    let change = DraftChange {
        revision: now.revision,
        title: before.title.clone(),
        definition: before.definition.clone(),
        taken_back: false,
        part,
        changed_by: cx.actor().name(),
        changed_at: cx.now(),
    };
    match newest.filter(|newest| is_one_go(newest, &change)) {
        Some(newest) => {
            let longer = DraftChange { changed_at: change.changed_at, ..newest };
            drafts::update_change(tx, now.id, &longer).await
        }
        None => {
            drafts::insert_change(tx, now.id, &change).await?;
            forget_the_oldest(tx, now.id).await
        }
    }
}

fn is_one_go(newest: &DraftChange, change: &DraftChange) -> bool {
    change.part.is_some()
        && newest.part == change.part
        && newest.changed_by == change.changed_by
        && change.changed_at.since(newest.changed_at) < ONE_GO
}

async fn forget_the_oldest(tx: &mut Tx, form: FormId) -> Result<()> {
    let sizes = drafts::list_sizes(tx, form).await?;
    match first_too_much(&sizes) {
        Some(revision) => drafts::delete_up_to(tx, form, revision).await,
        None => Ok(()),
    }
}

/// The newest change that is too much, in a list that begins with the newest; never the first one.
fn first_too_much(sizes: &[(i64, i64)]) -> Option<i64> {
    let mut total = 0;
    let mut too_much = sizes.iter().enumerate().skip_while(|(index, (_, bytes))| {
        total += bytes;
        *index == 0 || (*index < MOST_CHANGES && total <= MOST_BYTES)
    });
    too_much.next().map(|(_, (revision, _))| *revision)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_bounded_in_number_and_in_bytes() {
        let small: Vec<(i64, i64)> = (0..150).map(|number| (150 - number, 10)).collect();
        assert_eq!(first_too_much(&small[..100]), None);
        assert_eq!(first_too_much(&small), Some(50));
        let half = MOST_BYTES / 2;
        assert_eq!(first_too_much(&[(9, half), (8, half)]), None);
        assert_eq!(first_too_much(&[(9, half), (8, half), (7, 1)]), Some(7));
        assert_eq!(first_too_much(&[(9, 10 * half)]), None, "the newest is always kept");
    }
}
