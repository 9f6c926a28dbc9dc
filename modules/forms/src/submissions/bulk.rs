//! Many submissions in one request: each succeeds or fails by itself, in constant memory.

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
use utoipa::ToSchema;
use web::{Pass, Reply, Visit};

use super::{
    SubmissionId,
    incoming::{Outcome, Stored},
    receive::{NewSubmission, answered_before, form_of, full},
};
use crate::{Forms, SUBMISSIONS_WRITE, published::Published, steady::Steady};

mod desk;
mod items;
mod lines;
mod report;

use desk::Desk;
use items::few_items;
use lines::Lines;

/// Bytes of a JSON list; more than that is sent as lines.
const LARGEST_LIST: usize = 32 * 1024 * 1024;
/// Faults of one item that are told.
const MOST_FAULTS: usize = 20;

/// One key cannot stand for many submissions, and to pass over it would store all of them twice.
const HEADER_KEY: &str = "The header Idempotency-Key is for single submissions. Here each item has a key \
                          of its own, beside its answers: {\"idempotency_key\": \"one\", \"answers\": {…}}.";

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
            Outcome::Full => {
                Self::rejected(index, &Fields::one("form", "full", full().to_string()))
            }
            Outcome::AnsweredBefore => match answered_before(form) {
                Error::Invalid(problems) => Self::rejected(index, &problems),
                error => Self::rejected(
                    index,
                    &Fields::one("form", "answered_before", error.to_string()),
                ),
            },
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
    form.require_open(visit.now())?;
    if headers.contains_key("idempotency-key") {
        return Err(Error::Malformed(HEADER_KEY.into()).into());
    }
    let pass = Pass::of(&visit, &headers, SUBMISSIONS_WRITE);
    let desk = Desk::new(visit.cx().clone(), forms, form, pass);
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
    let items = items
        .submissions
        .into_iter()
        .map(|raw| Ok(Ok(Box::<str>::from(raw).into_string().into_bytes())));
    Ok(futures::stream::iter(items))
}
