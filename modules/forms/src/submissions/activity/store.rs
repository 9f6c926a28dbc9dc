//! The SQL of histories.

use db::{Tx, sql};
use kernel::Result;

use super::Activity;
use crate::ids::SubmissionId;

/// What was done with a submission, newest first, before a number.
pub(crate) async fn list_activity(
    tx: &mut Tx,
    submission: SubmissionId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Activity>> {
    sql("select seq, kind, actor, detail, at from submission_activity
         where workspace_id = $1 and submission_id = $2 and seq < $3
         order by seq desc
         limit $4")
    .bind(tx.workspace())
    .bind(submission)
    .bind(before.unwrap_or(i64::MAX))
    .bind(limit)
    .all(tx)
    .await
}
