//! What this module leaves for later.

use std::time::Duration;

use ::jobs::{Failure, Job, JobContext, When};
use files::FileId;
use kernel::{Error, Result, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ids::{BulkActionId, ErasureId, ExportId, FormId, ImportId};

/// Why work that failed is given up, in words for people; nothing while another attempt may help.
pub(crate) fn given_up<J: Job>(
    context: &JobContext,
    error: &Error,
    our_fault: &str,
) -> Option<String> {
    if !matches!(error, Error::Internal { .. } | Error::Unavailable { .. }) {
        return Some(error.to_string());
    }
    if context.attempt < J::MAX_ATTEMPTS {
        return None;
    }
    tracing::error!(job = %context.id, kind = J::KIND, %error, "given up for good");
    Some(our_fault.to_owned())
}

/// Until an attempt is repeated whose end could not be written down.
const SILENCE: Duration = Duration::from_secs(10);

/// Has work that failed tried again, or tells why that would not help. Where even this cannot be written down, as on
/// a full disk, the attempt does not count: after the last one nobody would ever hear how the work ended.
pub(crate) async fn retry_or_tell(
    error: Error,
    why: Option<String>,
    tell: impl AsyncFnOnce(&str) -> Result<()>,
) -> Result<(), Failure> {
    let Some(why) = why else { return Err(Failure::Retry(error)) };
    tell(&why).await.map_err(|untold| {
        tracing::warn!(%untold, why, "how work ended could not be written down");
        Failure::Busy(SILENCE)
    })
}

/// Counts and indexes what has come in for a form.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProcessSubmissions {
    pub form_id: FormId,
}

impl ProcessSubmissions {
    /// What comes in within this time is counted and indexed together.
    pub const GATHERING: When = When::After(Duration::from_millis(250));
}

impl Job for ProcessSubmissions {
    const KIND: &'static str = "submissions.process";
    const QUEUE: &'static str = "submissions";

    /// One that waits covers everything that comes in until it starts.
    fn unique_key(&self) -> Option<String> {
        Some(self.form_id.to_string())
    }
}

/// Hands what has come in for a form to the webhooks that listen for it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DeliverSubmissions {
    pub(crate) form_id: FormId,
}

impl Job for DeliverSubmissions {
    const KIND: &'static str = "submissions.deliver";
    const QUEUE: &'static str = "deliveries";

    /// One that waits covers everything that is counted until it starts.
    fn unique_key(&self) -> Option<String> {
        Some(self.form_id.to_string())
    }
}

/// Hands submissions that were taken out of spam or bin to the webhooks, which may not have heard of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DeliverReleased {
    pub(crate) form_id: FormId,
    pub(crate) numbers: Vec<i64>,
}

impl Job for DeliverReleased {
    const KIND: &'static str = "submissions.deliver_released";
    const QUEUE: &'static str = "deliveries";
}

/// Tells the team in one mail of what waited for it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SendDigest {
    pub(crate) form_id: FormId,
    /// When it is due.
    pub(crate) at: Timestamp,
}

impl Job for SendDigest {
    const KIND: &'static str = "notices.digest";
    const QUEUE: &'static str = "deliveries";

    fn unique_key(&self) -> Option<String> {
        Some(format!("{}@{}", self.form_id, self.at.micros()))
    }
}

/// Removes the submissions of a deleted form, and the files sent to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SweepForm {
    pub(crate) form_id: FormId,
}

impl Job for SweepForm {
    const KIND: &'static str = "forms.sweep";
    const QUEUE: &'static str = "bulk";
}

/// Removes uploads that no submission came with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SweepUploads {}

impl Job for SweepUploads {
    const KIND: &'static str = "uploads.sweep";
    const QUEUE: &'static str = "bulk";
}

/// Writes the file of an export.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RunExport {
    pub(crate) export_id: ExportId,
}

impl Job for RunExport {
    const KIND: &'static str = "exports.run";
    const QUEUE: &'static str = "bulk";
    const MAX_ATTEMPTS: u32 = 6;
}

/// Asks for the exports that are due by their schedules.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct OrderExports {}

impl Job for OrderExports {
    const KIND: &'static str = "exports.order";
}

/// Removes exports that have had their time, with their files.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SweepExports {}

impl Job for SweepExports {
    const KIND: &'static str = "exports.sweep";
    const QUEUE: &'static str = "bulk";
}

/// Checks, stores or takes back the rows of an import.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RunImport {
    pub(crate) import_id: ImportId,
}

impl Job for RunImport {
    const KIND: &'static str = "imports.run";
    const QUEUE: &'static str = "bulk";
    const MAX_ATTEMPTS: u32 = 6;
}

/// Removes the files of imports that have had their time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SweepImports {}

impl Job for SweepImports {
    const KIND: &'static str = "imports.sweep";
    const QUEUE: &'static str = "bulk";
}

/// Does one step with many submissions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RunBulkAction {
    pub(crate) bulk_action_id: BulkActionId,
}

impl Job for RunBulkAction {
    const KIND: &'static str = "submissions.bulk_action";
    const QUEUE: &'static str = "bulk";
}

/// Deletes for good what lay in the bin for long, and what forms keep no longer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ExpireSubmissions {}

impl Job for ExpireSubmissions {
    const KIND: &'static str = "submissions.expire";
    const QUEUE: &'static str = "bulk";
}

/// Counts the answers of a form that nobody has counted yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CountAnswers {
    pub(crate) form_id: FormId,
}

impl Job for CountAnswers {
    const KIND: &'static str = "insights.count";
    const QUEUE: &'static str = "bulk";

    /// One that waits counts all there is.
    fn unique_key(&self) -> Option<String> {
        Some(self.form_id.to_string())
    }
}

/// Looks for forms whose answers nobody has counted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct LookForUncounted {}

impl Job for LookForUncounted {
    const KIND: &'static str = "insights.look";
    const QUEUE: &'static str = "bulk";
}

/// Looks for one person's data, or deletes it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RunErasure {
    pub(crate) erasure_id: ErasureId,
}

impl Job for RunErasure {
    const KIND: &'static str = "erasures.run";
    const QUEUE: &'static str = "bulk";
    const MAX_ATTEMPTS: u32 = 6;
}

/// Forgets the addresses of searches that nobody acts on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SweepErasures {}

impl Job for SweepErasures {
    const KIND: &'static str = "erasures.sweep";
    const QUEUE: &'static str = "bulk";
}

/// Forgets addresses, tickets and visits that count for nothing any more.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SweepLimits {}

impl Job for SweepLimits {
    const KIND: &'static str = "limits.sweep";
    const QUEUE: &'static str = "bulk";
}

/// Makes a picture small that was uploaded when nobody did.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MakeRenditions {
    pub(crate) picture: FileId,
}

impl Job for MakeRenditions {
    const KIND: &'static str = "renditions.make";
    const QUEUE: &'static str = "bulk";

    fn unique_key(&self) -> Option<String> {
        Some(self.picture.to_string())
    }
}

/// Looks for pictures that were uploaded when nobody made them small.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct LookForPictures {}

impl Job for LookForPictures {
    const KIND: &'static str = "renditions.look";
    const QUEUE: &'static str = "bulk";
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn end(why: Option<&str>, told: Result<()>) -> Result<(), Failure> {
        let error = Error::internal("the disk is full");
        retry_or_tell(error, why.map(str::to_owned), async move |_| told).await
    }

    #[tokio::test]
    async fn an_end_that_cannot_be_written_down_costs_no_attempt() {
        let why = Some("It could not be done.");
        assert!(matches!(end(None, Ok(())).await, Err(Failure::Retry(_))));
        assert!(matches!(end(why, Ok(())).await, Ok(())));
        let untold = end(why, Err(Error::unavailable("the disk is full"))).await;
        assert!(matches!(untold, Err(Failure::Busy(SILENCE))), "{untold:?}");
    }
}
