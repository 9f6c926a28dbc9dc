//! One bulk request at work: what came is checked, handed to the writer, and reported on, some at a time.

use std::sync::Arc;

use axum::response::Response;
use futures::Stream;
use kernel::{Error, Fields, Result};
use tokio::{
    task::{JoinHandle, yield_now},
    time::{Duration, Instant},
};
use web::{Cx, Pass};

use super::{BulkItem, Item, items::Items, report::Report};
use crate::{
    Forms,
    published::Published,
    submissions::{
        incoming::{Incoming, Outcome},
        own_files::require_own,
        receive::{NewSubmission, is_doubtful, reconsidered},
    },
};

/// Items checked and handed to the writer at a time,
const CHUNK: usize = 1_000;
/// and their bytes, roughly.
const CHUNK_BYTES: usize = 4 * 1024 * 1024;
/// How long items are checked before others get their turn.
const TURN: Duration = Duration::from_millis(5);
/// Items whose faults are all told; of all further ones only the first is.
const EXPLAINED: u64 = 1_000;

const MALFORMED: &str = "malformed";
/// Whoever sends something else altogether is told so once, and not once a line.
const NO_LINES: &str = "The first 1,000 lines are all malformed, and nothing was stored. Is this NDJSON, \
                        one JSON object a line?";

/// One item on its way.
struct Slot {
    /// What was sent, for another look at it.
    text: Vec<u8>,
    /// Why the writer does not have it.
    rejected: Option<Fields>,
}

/// Whether a whole chunk came and none of it is JSON.
fn nothing_fits(slots: &[Slot]) -> bool {
    let malformed = |slot: &Slot| {
        slot.rejected.as_ref().is_some_and(|found| found.iter().all(|it| it.code == MALFORMED))
    };
    slots.len() == CHUNK && slots.iter().all(malformed)
}

/// Checks a chunk while the one before is being written.
pub(super) struct Desk {
    cx: Cx,
    forms: Forms,
    form: Arc<Published>,
    pass: Pass,
    report: Report,
    in_flight: Option<InFlight>,
}

struct InFlight {
    /// The version that judged it.
    form: Arc<Published>,
    slots: Vec<Slot>,
    writing: JoinHandle<Result<Vec<Outcome>>>,
}

impl Desk {
    pub(super) fn new(cx: Cx, forms: Forms, form: Arc<Published>, pass: Pass) -> Self {
        Desk { cx, forms, form, pass, report: Report::new(), in_flight: None }
    }

    pub(super) async fn take(
        mut self,
        items: impl Stream<Item = Result<Item>> + Unpin,
    ) -> Result<Response> {
        let mut items = Items::of(items);
        while let Some(chunk) = items.chunk(CHUNK, CHUNK_BYTES).await {
            let Ok(chunk) = chunk else {
                self.settle().await?;
                return Err(Error::Malformed(
                    "The body broke off; what came before is stored.".into(),
                ));
            };
            // A body may take days: the form may be closed meanwhile, and the sender turned out.
            if let Err(refused) = self.still_welcome().await {
                self.settle().await?;
                return Err(refused);
            }
            let (slots, incoming) = match self.check(chunk).await {
                Ok(checked) => checked,
                Err(broken) => {
                    self.settle().await?;
                    return Err(broken);
                }
            };
            if self.report.is_empty() && self.in_flight.is_none() && nothing_fits(&slots) {
                return Err(Error::Malformed(NO_LINES.into()));
            }
            self.settle().await?;
            let writer = self.forms.writer().clone();
            let writing = tokio::spawn(async move { writer.write_all(incoming).await });
            self.in_flight = Some(InFlight { form: self.form.clone(), slots, writing });
        }
        self.settle().await?;
        self.report.into_response()
    }

    async fn still_welcome(&mut self) -> Result<()> {
        self.pass.renew().await?;
        let (workspace, form) = (self.form.workspace, self.form.form);
        self.form = self.forms.published().of_workspace(workspace, form).await?;
        self.form.require_open(self.cx.now())
    }

    /// Judges a chunk, and lets others have their turn meanwhile: a form's patterns may take long.
    async fn check(&self, chunk: Vec<Item>) -> Result<(Vec<Slot>, Vec<Incoming>)> {
        let mut incoming = Vec::with_capacity(chunk.len());
        let mut slots = Vec::with_capacity(chunk.len());
        let mut begun = Instant::now();
        for item in chunk {
            let (text, judged) = match item {
                Ok(text) => {
                    let judged = self.judged(&text).await;
                    (text, judged)
                }
                Err(problems) => (Vec::new(), Ok(Err(problems))),
            };
            let rejected = judged?.map(|row| incoming.push(row)).err();
            slots.push(Slot { text, rejected });
            if begun.elapsed() > TURN {
                yield_now().await;
                begun = Instant::now();
            }
        }
        Ok((slots, incoming))
    }

    /// As it is to be stored, or what is wrong with it.
    async fn judged(&self, text: &[u8]) -> Result<Result<Incoming, Fields>> {
        let incoming = match self.judge(text) {
            Ok(incoming) => incoming,
            Err(problems) => return Ok(Err(problems)),
        };
        match require_own(&self.cx, &self.form, &incoming.files).await {
            Ok(()) => Ok(Ok(incoming)),
            Err(Error::Invalid(problems)) => Ok(Err(problems)),
            Err(error) => Err(error),
        }
    }

    fn judge(&self, text: &[u8]) -> Result<Incoming, Fields> {
        let checked = web::from_json::<NewSubmission>(text)
            .and_then(|item| item.check(&self.cx, &self.form, "bulk"));
        checked.map_err(|error| match error {
            Error::Invalid(problems) => problems,
            _ => Fields::one("item", MALFORMED, "This is not JSON."),
        })
    }

    /// Waits for the chunk being written and notes what became of its items.
    async fn settle(&mut self) -> Result<()> {
        let Some(InFlight { form, slots, writing }) = self.in_flight.take() else { return Ok(()) };
        let mut outcomes = writing.await.map_err(Error::internal)??.into_iter();
        for Slot { text, rejected } in slots {
            let index = self.report.next_index();
            let outcome = match rejected {
                Some(problems) => Err(Error::Invalid(problems)),
                None => outcomes.next().ok_or_else(|| Error::internal("an outcome is missing")),
            };
            let mut item = match self.reconsidered(&text, outcome).await? {
                Ok(outcome) => BulkItem::of(index, &form, outcome),
                Err(problems) => BulkItem::rejected(index, &problems),
            };
            if self.report.rejected() >= EXPLAINED {
                item.errors.truncate(1);
            }
            self.report.add(&item)?;
        }
        Ok(())
    }

    /// What became of an item, also by the version that it was first sent to.
    async fn reconsidered(
        &self,
        text: &[u8],
        mut outcome: Result<Outcome>,
    ) -> Result<Result<Outcome, Fields>> {
        if self.form.version > 1
            && is_doubtful(&outcome)
            && let Ok(input) = web::from_json::<NewSubmission>(text)
        {
            let (cx, forms, form) = (&self.cx, &self.forms, &self.form);
            outcome = reconsidered(cx, forms, form, &input, "bulk", outcome).await;
        }
        match outcome {
            Ok(outcome) => Ok(Ok(outcome)),
            Err(Error::Invalid(problems)) => Ok(Err(problems)),
            Err(error) => Err(error),
        }
    }
}
