//! Many submissions in one request: each succeeds or fails by itself, in constant memory.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, header::CONTENT_TYPE},
    response::Response,
};
use futures::Stream;
use kernel::{Error, FieldError, Fields, Result};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::{
    task::{JoinHandle, yield_now},
    time::{Duration, Instant},
};
use utoipa::ToSchema;
use web::{Cx, Pass, Reply, Visit};

use super::{
    SubmissionId,
    incoming::{Incoming, Outcome, Stored},
    receive::{NewSubmission, form_of, is_doubtful, repeated},
};
use crate::{Forms, SUBMISSIONS_WRITE, published::Published, steady::Steady};

mod items;
mod lines;
mod report;

use items::{Items, few_items};
use lines::Lines;
use report::Report;

/// Bytes of a JSON list; more than that is sent as lines.
const LARGEST_LIST: usize = 32 * 1024 * 1024;
/// Items checked and handed to the writer at a time,
const CHUNK: usize = 1_000;
/// and their bytes, roughly.
const CHUNK_BYTES: usize = 4 * 1024 * 1024;
/// How long items are checked before others get their turn.
const TURN: Duration = Duration::from_millis(5);
/// Items whose faults are all told, up to [`MOST_FAULTS`]; of all further ones only the first is.
const EXPLAINED: u64 = 1_000;
const MOST_FAULTS: usize = 20;

/// One key cannot stand for many submissions, and to pass over it would store all of them twice.
const HEADER_KEY: &str = "The header Idempotency-Key is for single submissions. Here each item has a key \
                          of its own, beside its answers: {\"idempotency_key\": \"one\", \"answers\": {…}}.";

const MALFORMED: &str = "malformed";
/// Whoever sends something else altogether is told so once, and not once a line.
const NO_LINES: &str = "The first 1,000 lines are all malformed, and nothing was stored. Is this NDJSON, \
                        one JSON object a line?";

/// A list of submissions.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BulkItems {
    #[schema(value_type = Vec<NewSubmission>)]
    #[serde(deserialize_with = "few_items")]
    submissions: Vec<Box<RawValue>>,
}

/// What became of a bulk request.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BulkReport {
    /// Newly stored.
    accepted: u64,
    /// Stored before, under the same key and with the same content.
    duplicate: u64,
    /// Not stored.
    rejected: u64,
    /// One an item, in order.
    items: Vec<BulkItem>,
}

/// What became of one item.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BulkItem {
    /// The item's place in the request, from 0.
    index: u64,
    /// `accepted`, `duplicate` or `rejected`.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<SubmissionId>,
    /// Why it was rejected.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
}

impl BulkItem {
    fn stored(index: u64, status: &'static str, stored: Stored) -> Self {
        BulkItem { index, status, id: Some(stored.id), errors: Vec::new() }
    }

    fn rejected(index: u64, problems: &Fields) -> Self {
        let errors = problems.iter().take(MOST_FAULTS).cloned().collect();
        BulkItem { index, status: "rejected", id: None, errors }
    }

    fn of(index: u64, form: &Published, outcome: Outcome) -> Self {
        let reject = |code, message: &str| {
            Self::rejected(index, &Fields::one("idempotency_key", code, message))
        };
        match outcome {
            Outcome::Stored(stored) => Self::stored(index, "accepted", stored),
            Outcome::Replayed(stored) => Self::stored(index, "duplicate", stored),
            Outcome::KeyReused => reject(
                "idempotency_key_reused",
                "This key was used for other content. Use a new key for new content.",
            ),
            Outcome::UnknownFile(file) => {
                Self::rejected(index, &form.frozen.compiled.unknown_file(file))
            }
            Outcome::FormGone => reject("form_gone", "The form was deleted."),
        }
    }
}

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    Path(form): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Reply<Response> {
    let form = form_of(&forms, &visit, &form).await?;
    form.require_open()?;
    if headers.contains_key("idempotency-key") {
        return Err(Error::Malformed(HEADER_KEY.into()).into());
    }
    let pass = Pass::of(&visit, &headers, SUBMISSIONS_WRITE);
    let report = Report::new();
    let desk = Desk { cx: visit.cx().clone(), forms, form, pass, report, in_flight: None };
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match kind.split(';').next().unwrap_or_default().trim() {
        "application/x-ndjson" => Ok(desk.take(Lines::of(body).into_stream()).await?),
        "application/json" => Ok(desk.take(list(body).await?).await?),
        _ => {
            Err(Error::Unsupported("Send application/json or application/x-ndjson.".into()).into())
        }
    }
}

/// An item as it came: its text, or why there is none.
type Item = Result<Vec<u8>, Fields>;

async fn list(body: Body) -> Result<impl Stream<Item = Result<Item>> + Unpin> {
    const TOO_LARGE: &str = "Send at most 32 MiB as a list; application/x-ndjson takes any length.";
    let bytes = Steady::of(body).whole(LARGEST_LIST, TOO_LARGE).await?;
    let items: BulkItems = web::from_json(&bytes)?;
    let items = items.submissions.into_iter().map(|raw| Ok(Ok(raw.get().as_bytes().to_vec())));
    Ok(futures::stream::iter(items))
}

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

/// One request at work: checks a chunk while the one before is being written.
struct Desk {
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
    async fn take(mut self, items: impl Stream<Item = Result<Item>> + Unpin) -> Result<Response> {
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
            let (slots, incoming) = self.check(chunk).await;
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
        self.form.require_open()
    }

    /// Judges a chunk, and lets others have their turn meanwhile: a form's patterns may take long.
    async fn check(&self, chunk: Vec<Item>) -> (Vec<Slot>, Vec<Incoming>) {
        let mut incoming = Vec::with_capacity(chunk.len());
        let mut slots = Vec::with_capacity(chunk.len());
        let mut begun = Instant::now();
        for item in chunk {
            let (text, judged) = match item {
                Ok(text) => {
                    let judged = self.judge(&text);
                    (text, judged)
                }
                Err(problems) => (Vec::new(), Err(problems)),
            };
            let rejected = judged.map(|row| incoming.push(row)).err();
            slots.push(Slot { text, rejected });
            if begun.elapsed() > TURN {
                yield_now().await;
                begun = Instant::now();
            }
        }
        (slots, incoming)
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
        outcome: Result<Outcome>,
    ) -> Result<Result<Outcome, Fields>> {
        if self.form.version > 1
            && is_doubtful(&outcome)
            && let Ok(input) = web::from_json::<NewSubmission>(text)
            && let Some(earlier) =
                repeated(&self.cx, &self.forms, &self.form, &input, "bulk").await?
        {
            return Ok(Ok(earlier));
        }
        match outcome {
            Ok(outcome) => Ok(Ok(outcome)),
            Err(Error::Invalid(problems)) => Ok(Err(problems)),
            Err(error) => Err(error),
        }
    }
}
