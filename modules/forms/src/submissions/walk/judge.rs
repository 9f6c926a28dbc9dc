//! The last word on each candidate: its state, and then what it says itself.

use db::Tx;
use kernel::Result;

use super::{From, Page, Stop, Submission, Walk, state, store};
use crate::submissions::{
    filter::{Condition, Filter},
    trace::Trace,
};

impl Walk<'_> {
    /// Looks at some candidates, which stand in the order of the walk, and takes those that are meant.
    pub(super) async fn judge(
        &mut self,
        tx: &mut Tx,
        from: From,
        numbers: &[i64],
        page: &mut Page,
    ) -> Result<Option<Stop>> {
        let mut states = state::store::find_states(tx, self.form, numbers).await?;
        let untouched = state::State::default();
        let takes =
            |number: &i64| self.filter.takes_state(states.get(number).unwrap_or(&untouched));
        let numbers: Vec<i64> = numbers.iter().copied().filter(takes).collect();
        let mut rest = &numbers[..];
        while !rest.is_empty() {
            let (some, others) = rest.split_at(page.next_rows().min(rest.len()));
            rest = others;
            let mut rows = store::list_numbered(tx, self.form, some).await?;
            if !from.is_older() {
                rows.reverse();
            }
            for row in rows {
                page.read += 1;
                page.read_bytes += row.size();
                if !self.takes(tx, &row).await? {
                    continue;
                }
                let state = states.remove(&row.number).unwrap_or_default();
                if !page.add(row, state) {
                    return Ok(Some(Stop::Full));
                }
            }
        }
        Ok(None)
    }

    async fn takes(&mut self, tx: &mut Tx, row: &Submission) -> Result<bool> {
        let filter: &Filter = self.filter;
        if !takes_origin(filter, row) {
            return Ok(false);
        }
        if filter.answers.is_empty() {
            return Ok(true);
        }
        let answers = row.answers()?;
        // What people read, and what an option is, only the version's definition tells.
        let defined = |(_, condition): &(String, Condition)| {
            matches!(condition, Condition::Words(_) | Condition::Own)
        };
        let definition = if filter.answers.iter().any(defined) {
            self.versions.find(tx, row.form_version).await?
        } else {
            None
        };
        Ok(filter.takes_answers(&answers, definition))
    }
}

/// Sources, version and time of reception.
fn takes_origin(filter: &Filter, row: &Submission) -> bool {
    let comes_from = || Trace::of(row.visit.as_ref()).map(|trace| trace.source);
    let wanted = &filter.visit_sources;
    (wanted.is_empty() || comes_from().is_some_and(|source| wanted.contains(&source)))
        && (filter.sources.is_empty() || filter.sources.contains(&row.source))
        && (filter.versions.is_empty() || filter.versions.contains(&row.form_version))
        && filter.since.is_none_or(|since| row.received_at >= since)
        && filter.until.is_none_or(|until| row.received_at < until)
}
