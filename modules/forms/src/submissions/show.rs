//! One submission.

use axum::response::Response;
use web::{Reply, Viewable};

use super::{Submission, json::SubmissionJson};

pub(crate) async fn api(submission: Viewable<Submission>) -> Reply<Response> {
    Ok(web::json(&SubmissionJson::of(submission.into_inner())?))
}
