//! The submission as the API speaks it.

use kernel::{Result, Timestamp, UserId};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{SubmissionId, incoming::Stored, trace::Trace, tray::Tray, walk::Entry};
use crate::forms::FormId;

/// Proof that a submission is stored.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Receipt {
    id: SubmissionId,
    form_id: FormId,
    /// The version of the form that it answers.
    form_version: i64,
    received_at: Timestamp,
    /// Always `received`.
    status: &'static str,
}

impl Receipt {
    pub(crate) fn of(form_id: FormId, stored: Stored) -> Self {
        Receipt {
            id: stored.id,
            form_id,
            form_version: stored.form_version,
            received_at: stored.received_at,
            status: "received",
        }
    }
}

/// A submission, and where work on it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubmissionJson {
    id: SubmissionId,
    form_id: FormId,
    form_version: i64,
    /// Its place among the form's submissions; larger is newer.
    number: i64,
    /// Answers by the keys of the form's fields.
    #[schema(value_type = Object)]
    answers: Box<RawValue>,
    #[schema(value_type = Option<Object>)]
    metadata: Option<Box<RawValue>>,
    /// How it came: `api`, `bulk`, `page` or `import`.
    source: String,
    /// Of what was answered on the hosted page: from where it came, and how long it took.
    visit: Option<Trace>,
    submitted_at: Option<Timestamp>,
    received_at: Timestamp,
    /// The key of one of the form's statuses; `new` until somebody changes it.
    status: String,
    tray: Tray,
    /// Why it lies in spam.
    spam_reason: Option<String>,
    /// The member who works on it.
    #[schema(value_type = Option<String>)]
    assignee: Option<UserId>,
    tags: Vec<String>,
    comment_count: i64,
}

impl SubmissionJson {
    pub(crate) fn of(entry: Entry) -> Result<Self> {
        let raw = |json: db::Json| RawValue::from_string(json.0).map_err(kernel::Error::internal);
        let Entry { submission, state } = entry;
        Ok(SubmissionJson {
            id: submission.id,
            form_id: submission.form_id,
            form_version: submission.form_version,
            number: submission.number,
            answers: raw(submission.answers)?,
            metadata: submission.metadata.map(raw).transpose()?,
            source: submission.source,
            visit: Trace::of(submission.visit.as_ref()),
            submitted_at: submission.submitted_at,
            received_at: submission.received_at,
            status: state.status,
            tray: state.tray,
            spam_reason: state.reason,
            assignee: state.assignee,
            tags: state.tags,
            comment_count: state.comment_count,
        })
    }
}
