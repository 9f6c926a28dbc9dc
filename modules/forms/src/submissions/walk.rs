//! Walking through a form's submissions from a number on, all of them or those that a search finds.

use db::Tx;
use kernel::{Error, Result};

use super::{Submission, SubmissionId, store};
use crate::forms::FormId;

/// Characters of a search.
const LONGEST_QUERY: usize = 500;
/// Bytes of answers and metadata on one page: more make it end early.
const PAGE_BYTES: usize = 4 * 1024 * 1024;
/// Rows read at first, when their size is not known yet.
const FIRST_ROWS: i64 = 20;

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

    fn past(self, submission: &Submission) -> Self {
        match self {
            From::Before(_) => From::Before(submission.number),
            From::After(_) => From::After(submission.number),
        }
    }

    fn holds(self, number: i64) -> bool {
        match self {
            From::Before(before) => number < before,
            From::After(after) => number > after,
        }
    }

    fn sort(self, numbers: &mut [i64]) {
        numbers.sort_unstable();
        if matches!(self, From::Before(_)) {
            numbers.reverse();
        }
    }
}

/// What is walked through.
pub(crate) struct Walk<'a> {
    pub(crate) form: FormId,
    query: Option<&'a str>,
    /// The number that the query may mean.
    number: Option<i64>,
    /// None below this one.
    pub(crate) least: i64,
}

impl<'a> Walk<'a> {
    /// All submissions of a form, or those that the query finds: by their words, and the one that has
    /// the number, "9950" or "#9950".
    pub(crate) fn of(form: FormId, query: Option<&'a str>) -> Result<Self> {
        let query = query.map(str::trim).filter(|query| !query.is_empty());
        if query.is_some_and(|query| query.chars().count() > LONGEST_QUERY) {
            return Err(Error::invalid("q", "too_long", "Search for at most 500 characters."));
        }
        let digits = query.map(|query| query.strip_prefix('#').unwrap_or(query));
        let number = digits.and_then(|digits| digits.parse().ok());
        Ok(Walk { form, query, number, least: 0 })
    }

    /// So many at most, nearest first, and no more bytes than a page may have; whether there are more.
    pub(crate) async fn page(
        &self,
        tx: &mut Tx,
        mut from: From,
        limit: i64,
    ) -> Result<(Vec<Submission>, bool)> {
        let (mut rows, mut bytes, mut ask) = (Vec::new(), 0, FIRST_ROWS);
        loop {
            ask = ask.min(limit + 1 - count(&rows));
            let (next, ended) = self.next(tx, from, ask).await?;
            for row in next {
                let size = row.size();
                let full = count(&rows) == limit || bytes + size > PAGE_BYTES;
                if full && !rows.is_empty() {
                    return Ok((rows, true));
                }
                bytes += size;
                from = from.past(&row);
                rows.push(row);
            }
            if ended {
                return Ok((rows, false));
            }
            // As many as fit, should they be like those before.
            let fitting = (PAGE_BYTES - bytes.min(PAGE_BYTES)) * rows.len() / bytes.max(1);
            ask = i64::try_from(fitting).unwrap_or(limit).max(1);
        }
    }

    /// The nearest one.
    pub(crate) async fn nearest(&self, tx: &mut Tx, from: From) -> Result<Option<SubmissionId>> {
        let (rows, _) = self.next(tx, from, 1).await?;
        Ok(rows.first().map(|row| row.id))
    }

    /// The next ones, nearest first, and whether there are none beyond.
    async fn next(&self, tx: &mut Tx, from: From, limit: i64) -> Result<(Vec<Submission>, bool)> {
        if let Some(query) = self.query {
            return self.found(tx, query, from, limit).await;
        }
        let rows = match from {
            From::Before(before) => {
                store::list_before(tx, self.form, before, self.least, limit).await?
            }
            From::After(after) => {
                store::list_after(tx, self.form, after.max(self.least - 1), limit).await?
            }
        };
        let ended = count(&rows) < limit;
        Ok((rows, ended))
    }

    async fn found(
        &self,
        tx: &mut Tx,
        query: &str,
        from: From,
        limit: i64,
    ) -> Result<(Vec<Submission>, bool)> {
        let (workspace, form) = (tx.workspace(), self.form.to_string());
        let hits = match from {
            From::Before(before) => {
                search::find(tx, workspace, &form, query, Some(before), limit).await?
            }
            From::After(after) => {
                let after = after.max(self.least - 1);
                search::find_after(tx, workspace, &form, query, after, limit).await?
            }
        };
        let mut numbers: Vec<i64> = hits.iter().map(|hit| hit.position).collect();
        let mut ended = count(&numbers) < limit;
        if let Some(number) = self.number
            && from.holds(number)
            && number >= self.least
            && !numbers.contains(&number)
            && !store::list_numbered(tx, self.form, &[number]).await?.is_empty()
        {
            numbers.push(number);
            from.sort(&mut numbers);
            ended &= count(&numbers) <= limit;
            numbers.truncate(usize::try_from(limit).unwrap_or(0));
        }
        // To the older ones, all that follow the first one below the least are below it too.
        if let Some(end) = numbers.iter().position(|number| *number < self.least) {
            numbers.truncate(end);
            ended = true;
        }
        let mut rows = store::list_numbered(tx, self.form, &numbers).await?;
        if matches!(from, From::After(_)) {
            rows.reverse();
        }
        Ok((rows, ended))
    }
}

fn count<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}
