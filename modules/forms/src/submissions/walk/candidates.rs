//! Where candidates come from: the index that leaves the fewest over, asked in the order of the walk.

use db::Tx;
use kernel::Result;
use search::Query;

use super::{From, Walk, state, store};
use crate::submissions::{
    facets::bits::BLOCK,
    state::{NEW, store::Index},
    tray::Tray,
};

/// What gives the candidates.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Driver {
    /// All submissions there are.
    All,
    /// The search.
    Words,
    /// The search, by words of a text that is asked for: as far as they are indexed.
    Text(String),
    /// Any of these.
    States(Vec<Index>),
    /// The bits of answers.
    Facets,
}

/// A list of so many is short enough to be looked through before bits are.
const SHORT: i64 = 100_000;
/// Blocks of bits looked at in one step.
const BLOCKS: i64 = 64;

/// Some candidates in the order of the walk.
pub(super) struct Step {
    pub(super) numbers: Vec<i64>,
    /// Where the next step begins.
    pub(super) past: From,
    /// Whether there are none beyond.
    pub(super) ended: bool,
    /// What finding them took, in rows.
    pub(super) work: usize,
}

impl Walk<'_> {
    /// What leaves the fewest over.
    pub(super) async fn choose(&mut self, tx: &mut Tx) -> Result<Driver> {
        let filter = self.filter;
        if filter.words.is_some() {
            return Ok(Driver::Words);
        }
        if !filter.tags.is_empty() {
            return Ok(Driver::States(filter.tags.iter().cloned().map(Index::Tag).collect()));
        }
        if !filter.assignees.is_empty() && filter.assignees.iter().all(Option::is_some) {
            let people = filter.assignees.iter().flatten().copied();
            return Ok(Driver::States(people.map(Index::Assignee).collect()));
        }
        if let Some(query) = self.text(tx).await? {
            return Ok(Driver::Text(query));
        }
        let tally = state::store::list_tally(tx, self.form).await?;
        let mut lists: Vec<(i64, Vec<Index>)> = Vec::new();
        if let Some(tray) = filter.tray.filter(|tray| *tray != Tray::Open) {
            let lying = tally.iter().filter(|it| it.tray == tray.as_str());
            lists.push((lying.map(|it| it.count).sum(), vec![Index::Tray(tray)]));
        }
        // What is new has no row, or one without a meaning.
        if !filter.statuses.is_empty() && !filter.statuses.iter().any(|it| it == NEW) {
            let held = tally.iter().filter(|it| filter.statuses.contains(&it.status));
            let all = filter.statuses.iter().cloned().map(Index::Status).collect();
            lists.push((held.map(|it| it.count).sum(), all));
        }
        let shortest = lists.into_iter().min_by_key(|(count, _)| *count);
        let facets = self.facets.is_some();
        Ok(match shortest {
            Some((count, lists)) if !facets || count <= SHORT => Driver::States(lists),
            _ if facets => Driver::Facets,
            _ => Driver::All,
        })
    }

    pub(super) async fn candidates(&mut self, tx: &mut Tx, from: From, ask: usize) -> Result<Step> {
        // Nothing outside of the range is looked at.
        let from = match from {
            From::Before(before) => From::Before(before.min(self.most.saturating_add(1))),
            From::After(after) => From::After(after.max(self.least - 1)),
        };
        match self.driver.clone() {
            Driver::All => self.all(tx, from, ask).await,
            Driver::Words => {
                let query = self.filter.words.as_deref().unwrap_or_default();
                self.found(tx, from, ask, query.into()).await
            }
            Driver::Text(query) => self.by_text(tx, from, ask, &query).await,
            Driver::States(lists) => self.listed(tx, from, ask, &lists).await,
            Driver::Facets => self.by_facets(tx, from, ask).await,
        }
    }

    async fn all(&self, tx: &mut Tx, from: From, ask: usize) -> Result<Step> {
        let number = from.number();
        let numbers = if from.is_older() {
            store::list_numbers_before(tx, self.form, number, self.least, count(ask)).await?
        } else {
            store::list_numbers_after(tx, self.form, number, self.most, count(ask)).await?
        };
        Ok(Step::of(numbers, from, ask))
    }

    async fn listed(&self, tx: &mut Tx, from: From, ask: usize, lists: &[Index]) -> Result<Step> {
        let mut numbers = Vec::new();
        let mut ended = true;
        for index in lists {
            let start = (from.number(), from.is_older());
            let some = state::store::list_numbers(tx, self.form, index, start, count(ask)).await?;
            ended &= some.len() < ask;
            numbers.extend(some);
        }
        from.sort(&mut numbers);
        numbers.dedup();
        ended &= numbers.len() <= ask;
        numbers.truncate(ask);
        let past = numbers.last().map_or(from, |last| from.at(*last));
        Ok(Step { numbers, past, ended, work: lists.len() })
    }

    /// By words, and the one that has the number: "9950" or "#9950".
    async fn found(&self, tx: &mut Tx, from: From, ask: usize, query: Query<'_>) -> Result<Step> {
        let (workspace, form) = (tx.workspace(), self.form.to_string());
        let limit = count(ask);
        let hits = match from {
            From::Before(before) => {
                search::find(tx, workspace, &form, query, Some(before), limit).await?
            }
            From::After(after) => {
                search::find_after(tx, workspace, &form, query, after, limit).await?
            }
        };
        let mut numbers: Vec<i64> = hits.iter().map(|hit| hit.position).collect();
        let mut ended = numbers.len() < ask;
        if let Some(number) = self.number
            && from.holds(number)
            && !numbers.contains(&number)
        {
            numbers.push(number);
            from.sort(&mut numbers);
            ended &= numbers.len() <= ask;
            numbers.truncate(ask);
        }
        // All that follow the first one outside of the range are outside of it too.
        let inside = |number: &i64| (self.least..=self.most).contains(number);
        if let Some(end) = numbers.iter().position(|number| !inside(number)) {
            numbers.truncate(end);
            ended = true;
        }
        let past = numbers.last().map_or(from, |last| from.at(*last));
        Ok(Step { numbers, past, ended, work: 0 })
    }

    /// By words where they are indexed, and by all numbers above. What the index holds a part of is read.
    async fn by_text(&self, tx: &mut Tx, from: From, ask: usize, query: &str) -> Result<Step> {
        let indexed_to = self.indexed_to;
        if !(0..=indexed_to).contains(&from.nearest()) {
            return self.outside(tx, from, ask, (0, indexed_to)).await;
        }
        let mut step = self.found(tx, from, ask, Query::or_cut(query)).await?;
        if step.ended && !from.is_older() && indexed_to < self.most {
            step.past = From::After(indexed_to);
            step.ended = false;
        }
        Ok(step)
    }

    /// By bits where they are complete, and by all numbers above and below.
    async fn by_facets(&mut self, tx: &mut Tx, from: From, ask: usize) -> Result<Step> {
        let Some(facets) = &mut self.facets else { return self.all(tx, from, ask).await };
        let (least, most) = (facets.least, facets.most);
        let nearest = from.nearest();
        if !(least..=most).contains(&nearest) {
            return self.outside(tx, from, ask, (least, most)).await;
        }
        let block = nearest / BLOCK;
        // The first step is short, for what is meant may be everywhere.
        let width = if ask < 256 { 1 } else { BLOCKS };
        let (first, last) = if from.is_older() {
            ((block + 1 - width).max(least.max(self.least) / BLOCK), block)
        } else {
            (block, (block + width - 1).min(most.min(self.most) / BLOCK))
        };
        let mut numbers = facets.numbers(tx, first, last).await?;
        numbers.retain(|number| from.holds(*number));
        from.sort(&mut numbers);
        let past = if from.is_older() {
            From::Before((first * BLOCK).max(least))
        } else {
            From::After(((last + 1) * BLOCK - 1).min(most))
        };
        let ended = if from.is_older() {
            past.number() <= self.least.max(1)
        } else {
            past.number() >= self.most
        };
        Ok(Step { numbers, past, ended, work: 64 })
    }

    /// What lies where no index is: too new to be processed, or older than the bits.
    async fn outside(
        &self,
        tx: &mut Tx,
        from: From,
        ask: usize,
        (least, most): (i64, i64),
    ) -> Result<Step> {
        let number = from.number();
        let (numbers, border) = match from {
            From::Before(before) if before > most => {
                let floor = self.least.max(most + 1);
                let some = store::list_numbers_before(tx, self.form, number, floor, count(ask));
                (some.await?, (self.least <= most).then_some(most + 1))
            }
            From::Before(_) => {
                let some =
                    store::list_numbers_before(tx, self.form, number, self.least, count(ask));
                (some.await?, None)
            }
            From::After(after) if after < least => {
                let ceiling = self.most.min(least - 1);
                let some = store::list_numbers_after(tx, self.form, number, ceiling, count(ask));
                (some.await?, (self.most >= least).then_some(least - 1))
            }
            From::After(_) => {
                let some = store::list_numbers_after(tx, self.form, number, self.most, count(ask));
                (some.await?, None)
            }
        };
        let mut step = Step::of(numbers, from, ask);
        if let (true, Some(border)) = (step.ended, border) {
            step.past = from.at(border);
            step.ended = false;
        }
        Ok(step)
    }
}

impl Step {
    /// Fewer than were asked for are the last.
    fn of(numbers: Vec<i64>, from: From, ask: usize) -> Self {
        let past = numbers.last().map_or(from, |last| from.at(*last));
        Step { ended: numbers.len() < ask, past, numbers, work: 0 }
    }
}

fn count(ask: usize) -> i64 {
    i64::try_from(ask).unwrap_or(i64::MAX)
}
