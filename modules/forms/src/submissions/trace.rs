//! What is kept of a visit with the submission that it led to: from where someone came, and how long they took. Neither
//! who it was nor which browser.

use db::Json;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// When and how a submission came in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    pub(crate) received_at: Timestamp,
    pub(crate) source: &'a str,
    pub(crate) visit: Option<&'a Json>,
}

/// From where a submission of the hosted page came, and how long it took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SubmissionVisit)]
pub(crate) struct Trace {
    /// `utm_source` of the address, or the host of the page with the link, or `direct`; `other` where a form had too
    /// many on one day.
    #[schema(example = "newsletter")]
    pub(crate) source: String,
    /// `utm_medium` of the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) medium: Option<String>,
    /// `utm_campaign` of the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) campaign: Option<String>,
    /// From the first change of a field to sending; without a script in the browser, from when the form was shown. No
    /// more than a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) seconds: Option<i64>,
}

impl Trace {
    /// What was stored; nothing when it is not of this shape.
    pub(crate) fn of(stored: Option<&Json>) -> Option<Self> {
        stored?.read().ok()
    }
}
