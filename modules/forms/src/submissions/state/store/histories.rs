//! What bulk actions did, read back from the histories of submissions.

use std::collections::HashMap;

use db::{Tx, sql};
use kernel::Result;

use super::{super::Taken, MOST};
use crate::ids::{BulkActionId, SubmissionId};

/// The steps of a bulk action with submissions that are still there, after one of them.
pub(crate) async fn list_taken(
    tx: &mut Tx,
    action: BulkActionId,
    after: &str,
    limit: i64,
) -> Result<Vec<Taken>> {
    sql("select a.submission_id, s.number, a.seq, a.detail
         from submission_activity a
         join submission s on s.workspace_id = a.workspace_id and s.id = a.submission_id
         where a.workspace_id = $1 and a.bulk_action_id = $2 and a.submission_id > $3
         order by a.submission_id
         limit $4")
    .bind(tx.workspace())
    .bind(action)
    .bind(after)
    .bind(limit)
    .all(tx)
    .await
}

/// The number of the newest step in the history of each.
pub(crate) async fn find_newest_steps(
    tx: &mut Tx,
    ids: &[SubmissionId],
) -> Result<HashMap<SubmissionId, i64>> {
    let mut newest = HashMap::new();
    for some in ids.chunks(MOST) {
        let rows: Vec<(SubmissionId, i64)> =
            sql("select submission_id, max(seq) from submission_activity
                 where workspace_id = $1 and submission_id in")
            .bind(tx.workspace())
            .bind_list(some.iter().copied())
            .push(" group by submission_id")
            .all(tx)
            .await?;
        newest.extend(rows);
    }
    Ok(newest)
}
