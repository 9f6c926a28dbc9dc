//! The parts of what is kept, one after the other: each is looked through a piece at a time, outside of any change,
//! and what was found is counted, or deleted, in the change that notes how far it is.
//!
//! Imports come first, for they store submissions; what is told of submissions comes after them, and the log of events
//! behind all that is told in it.

mod events;
mod filters;
mod imports;
mod mails;
mod replies;
mod submissions;
mod visits;
mod webhooks;

use files::Files;
use kernel::{Error, Result};
use web::{Change, Cx};

use super::{Erasure, counts::Counts, person::Person};

/// A part of what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Imports,
    Submissions,
    Visits,
    Webhooks,
    Mails,
    Filters,
    Events,
    Replies,
}

impl Step {
    pub(crate) const FIRST: Step = Step::Imports;
    const ALL: [Step; 8] = [
        Step::Imports,
        Step::Submissions,
        Step::Visits,
        Step::Webhooks,
        Step::Mails,
        Step::Filters,
        Step::Events,
        Step::Replies,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Step::Imports => "imports",
            Step::Submissions => "submissions",
            Step::Visits => "visits",
            Step::Webhooks => "webhooks",
            Step::Mails => "mails",
            Step::Events => "events",
            Step::Replies => "replies",
            Step::Filters => "filters",
        }
    }

    fn named(word: &str) -> Result<Self> {
        let known = Step::ALL.into_iter().find(|step| step.word() == word);
        known.ok_or_else(|| Error::internal("no such step"))
    }

    fn next(self) -> Option<Self> {
        Step::ALL.into_iter().skip_while(|step| *step != self).nth(1)
    }
}

/// What was looked through, and what of it is the person's.
pub(super) struct Piece {
    step: Step,
    /// Behind what to go on; nothing when all of the step was looked through.
    to: Option<String>,
    hits: Hits,
    /// Submissions that were looked at.
    pub(super) looked: i64,
}

enum Hits {
    Imports(imports::Found),
    Submissions(submissions::Found),
    Visits(visits::Found),
    Webhooks(webhooks::Found),
    Mails(mails::Found),
    Events(events::Found),
    Replies(replies::Found),
    Filters(Box<filters::Found>),
}

/// The next piece: no change is open meanwhile.
pub(super) async fn look(
    files: &Files,
    cx: &Cx,
    erasure: &Erasure,
    person: &Person,
) -> Result<Piece> {
    let (step, place) = (Step::named(&erasure.step)?, erasure.place.as_str());
    let mut looked = 0;
    let (to, hits) = match step {
        Step::Imports => {
            let (to, found) = imports::look(files, cx, person, place).await?;
            (to, Hits::Imports(found))
        }
        Step::Submissions => {
            let (to, found) = submissions::look(cx, person, place).await?;
            looked = found.looked;
            (to, Hits::Submissions(found))
        }
        Step::Visits => {
            let (to, found) = visits::look(cx, person, place).await?;
            (to, Hits::Visits(found))
        }
        Step::Webhooks => {
            let (to, found) = webhooks::look(cx, person, place).await?;
            (to, Hits::Webhooks(found))
        }
        Step::Mails => {
            let (to, found) = mails::look(cx, person, place).await?;
            (to, Hits::Mails(found))
        }
        Step::Events => {
            let (to, found) = events::look(cx, person, place).await?;
            (to, Hits::Events(found))
        }
        Step::Replies => {
            let (to, found) = replies::look(cx, person, place).await?;
            (to, Hits::Replies(found))
        }
        Step::Filters => {
            let (to, found) = filters::look(cx, person, place).await?;
            (to, Hits::Filters(Box::new(found)))
        }
    };
    Ok(Piece { step, to, hits, looked })
}

impl Piece {
    /// Where to go on: step and place; nothing at the end of all.
    pub(super) fn to(&self) -> Option<(Step, String)> {
        match &self.to {
            Some(place) => Some((self.step, place.clone())),
            None => self.step.next().map(|step| (step, String::new())),
        }
    }

    /// Counts what would go.
    pub(super) async fn count(
        &self,
        tx: &mut Change,
        person: &Person,
        counts: &mut Counts,
    ) -> Result<()> {
        match &self.hits {
            Hits::Imports(found) => found.count(counts),
            Hits::Submissions(found) => found.count(tx, person, counts).await?,
            Hits::Visits(found) => found.count(counts),
            Hits::Webhooks(found) => found.count(counts),
            Hits::Mails(found) => found.count(counts),
            Hits::Events(found) => found.count(counts),
            Hits::Replies(found) => found.count(counts),
            Hits::Filters(found) => found.count(counts),
        }
        Ok(())
    }

    /// Deletes it, and counts what has gone.
    pub(super) async fn erase(
        &self,
        tx: &mut Change,
        person: &Person,
        counts: &mut Counts,
    ) -> Result<()> {
        match &self.hits {
            Hits::Imports(found) => found.erase(tx, counts).await,
            Hits::Submissions(found) => found.erase(tx, person, counts).await,
            Hits::Visits(found) => found.erase(tx, counts).await,
            Hits::Webhooks(found) => found.erase(tx, counts).await,
            Hits::Mails(found) => found.erase(tx, person, counts).await,
            Hits::Events(found) => found.erase(tx, counts).await,
            Hits::Replies(found) => found.erase(tx, counts).await,
            Hits::Filters(found) => found.erase(tx, counts).await,
        }
    }
}

/// As many as there are.
fn len<T>(list: &[T]) -> i64 {
    i64::try_from(list.len()).unwrap_or(i64::MAX)
}
