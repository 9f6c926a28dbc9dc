//! Every address of the module.

use crate::{forms::FormId, submissions::SubmissionId};

/// The call that shows a form.
pub(crate) fn api_form(id: FormId) -> String {
    format!("/api/forms/{id}")
}

/// The call that shows a submission.
pub(crate) fn api_submission(id: SubmissionId) -> String {
    format!("/api/submissions/{id}")
}

/// The hosted page.
pub(crate) fn hosted(public_id: &str) -> String {
    format!("/f/{public_id}")
}
