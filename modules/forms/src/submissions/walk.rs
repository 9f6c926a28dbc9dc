//! Walking through those of a form's submissions that a filter means, from a number on, in bounded work.
//!
//! Some index gives numbers in order, a superset of what is meant; further ones thin them out; what is
//! left is read and judged. However rare a match is, one walk does no more than [`WORK`], and then says
//! how far it has come.

mod candidates;
mod judge;
mod texts;
mod versions;

use db::Tx;
use kernel::{Result, Timestamp};

use self::{candidates::Driver, versions::Versions};
use super::{
    Submission, SubmissionId,
    facets::narrow::Facets,
    filter::Filter,
    state::{self, State},
    store,
};
use crate::forms::{self, FormId};

/// Bytes of answers and metadata on one page: more make it end early.
const PAGE_BYTES: usize = 4 * 1024 * 1024;
/// Rows read at first, when their size is not known yet.
const FIRST_ROWS: usize = 20;
/// Rows read at a time at most.
const MOST_ROWS: usize = 256;
/// Rows that one walk reads and judges at most, where a number that is only looked up is a small part of one.
const WORK: usize = 6_000;
/// Numbers looked up for the work of one row.
const NUMBERS_A_ROW: usize = 16;
/// Numbers asked of an index at a time at most.
const MOST_NUMBERS: usize = 2_048;
/// Numbers follow the time of reception but for what waits in queues; this much disorder is allowed for.
const DISORDER: std::time::Duration = std::time::Duration::from_secs(120);

/// From which number, and which way.
#[derive(Debug, Clone, Copy)]
pub(crate) enum From {
    /// To the older ones.
    Before(i64),
    /// To the newer ones.
    After(i64),
}

impl From {
    /// Where the newest come first.
    pub(crate) const TOP: From = From::Before(i64::MAX);
    /// Where the oldest come first.
    pub(crate) const BOTTOM: From = From::After(-1);

    /// The same way from another number.
    fn at(self, number: i64) -> Self {
        match self {
            From::Before(_) => From::Before(number),
            From::After(_) => From::After(number),
        }
    }

    fn number(self) -> i64 {
        let (From::Before(number) | From::After(number)) = self;
        number
    }

    /// The first number that may be met.
    fn nearest(self) -> i64 {
        match self {
            From::Before(number) => number.saturating_sub(1),
            From::After(number) => number.saturating_add(1),
        }
    }

    pub(crate) fn is_older(self) -> bool {
        matches!(self, From::Before(_))
    }

    fn holds(self, number: i64) -> bool {
        match self {
            From::Before(before) => number < before,
            From::After(after) => number > after,
        }
    }

    /// Into the order in which one walks.
    fn sort(self, numbers: &mut [i64]) {
        numbers.sort_unstable();
        if self.is_older() {
            numbers.reverse();
        }
    }
}

/// Why a walk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Nothing more lies that way.
    End,
    /// The page is full, and there is more.
    Full,
    /// Enough was done; nothing is known beyond this number.
    Tired(i64),
}

/// A submission with what the desk says of it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) submission: Submission,
    pub(crate) state: State,
}

/// What is walked through.
pub(crate) struct Walk<'a> {
    form: FormId,
    filter: &'a Filter,
    driver: Driver,
    /// The number that the words may mean.
    number: Option<i64>,
    /// None below this one,
    least: i64,
    /// nor above this one.
    most: i64,
    /// Up to this one answers are indexed; 0 when none are asked for.
    indexed_to: i64,
    facets: Option<Facets>,
    versions: Versions,
}

impl<'a> Walk<'a> {
    /// Those submissions of a form that a filter means.
    pub(crate) async fn of(tx: &mut Tx, form: FormId, filter: &'a Filter) -> Result<Self> {
        let digits = filter.words.as_ref().map(|words| words.strip_prefix('#').unwrap_or(words));
        let mut walk = Walk {
            form,
            filter,
            driver: Driver::All,
            number: digits.and_then(|digits| digits.parse().ok()),
            least: 0,
            most: i64::MAX,
            indexed_to: 0,
            facets: None,
            versions: Versions::of(form),
        };
        if let Some(since) = filter.since {
            walk.least = first_about(tx, form, since).await?;
        }
        if let Some(until) = filter.until {
            walk.most = first_surely_after(tx, form, until).await?;
        }
        if filter.asks_facets() {
            walk.indexed_to = forms::store::find_progress(tx, form).await?;
            walk.facets = Facets::of(tx, form, filter, walk.indexed_to).await?;
        }
        walk.driver = walk.choose(tx).await?;
        Ok(walk)
    }

    /// So many at most, nearest first, and no more bytes than a page may have.
    pub(crate) async fn page(
        &mut self,
        tx: &mut Tx,
        mut from: From,
        limit: usize,
    ) -> Result<(Vec<Entry>, Stop)> {
        let mut page = Page { entries: Vec::new(), bytes: 0, limit, read: 0, read_bytes: 0 };
        let mut work = 0;
        let mut ask = (limit + 1).min(MOST_NUMBERS);
        loop {
            let step = self.candidates(tx, from, ask).await?;
            work += step.numbers.len() / NUMBERS_A_ROW + step.work;
            let mut numbers = step.numbers;
            numbers.retain(|number| (self.least..=self.most).contains(number));
            if let (Some(facets), false) = (&mut self.facets, self.driver == Driver::Facets) {
                facets.narrow(tx, &mut numbers).await?;
            }
            for some in numbers.chunks(ask) {
                let before = page.read;
                if let Some(stop) = self.judge(tx, from, some, &mut page).await? {
                    return Ok((page.entries, stop));
                }
                work += page.read - before + some.len() / NUMBERS_A_ROW;
                let past = *some.last().unwrap_or(&from.number());
                if work >= WORK {
                    return Ok((page.entries, Stop::Tired(past)));
                }
            }
            if step.ended {
                return Ok((page.entries, Stop::End));
            }
            from = step.past;
            if work >= WORK {
                return Ok((page.entries, Stop::Tired(from.number())));
            }
            ask = (ask * 2).clamp(64, MOST_NUMBERS);
        }
    }

    /// The nearest one.
    pub(crate) async fn nearest(
        &mut self,
        tx: &mut Tx,
        from: From,
    ) -> Result<Option<SubmissionId>> {
        let (entries, _) = self.page(tx, from, 1).await?;
        Ok(entries.first().map(|entry| entry.submission.id))
    }
}

/// What was found so far.
struct Page {
    entries: Vec<Entry>,
    bytes: usize,
    limit: usize,
    /// Rows read, and their bytes: by them the next ones are guessed.
    read: usize,
    read_bytes: usize,
}

impl Page {
    /// Rows to be read next, so that they are not much more than a page may have.
    fn next_rows(&self) -> usize {
        if self.read == 0 {
            return FIRST_ROWS;
        }
        let room = PAGE_BYTES.saturating_sub(self.bytes).max(1);
        (room / (self.read_bytes / self.read).max(1)).clamp(1, MOST_ROWS)
    }

    /// Takes a match; tells when there is no room for it.
    fn add(&mut self, submission: Submission, state: State) -> bool {
        let size = submission.size();
        let full = self.entries.len() == self.limit || self.bytes + size > PAGE_BYTES;
        if full && !self.entries.is_empty() {
            return false;
        }
        self.bytes += size;
        self.entries.push(Entry { submission, state });
        true
    }
}

/// No number below this one was received at or after a moment.
pub(crate) async fn first_about(tx: &mut Tx, form: FormId, since: Timestamp) -> Result<i64> {
    first_since(tx, form, since.minus(DISORDER)).await
}

/// No number at or above this one was received before a moment.
pub(crate) async fn first_surely_after(tx: &mut Tx, form: FormId, to: Timestamp) -> Result<i64> {
    first_since(tx, form, to.plus(DISORDER)).await
}

/// The first number received at or after a moment, found by halving: numbers grow with time.
async fn first_since(tx: &mut Tx, form: FormId, since: Timestamp) -> Result<i64> {
    let (mut low, mut high) = (1, store::find_last_number(tx, form).await? + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        match store::find_at_or_above(tx, form, middle).await? {
            Some((number, at)) if at < since => low = number + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}
