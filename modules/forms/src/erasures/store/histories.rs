//! Histories of submissions that name a tag, and the tag.

use db::{Json, Tx, sql};
use kernel::Result;

use crate::ids::SubmissionId;

/// The next entries of any submission that say something, by submission and number.
pub(crate) async fn list_histories(
    tx: &mut Tx,
    (id, seq): &(String, i64),
    limit: i64,
) -> Result<Vec<(SubmissionId, i64, Json)>> {
    sql("select submission_id, seq, detail from submission_activity
         where workspace_id = $1 and (submission_id, seq) > ($2, $3)
         order by submission_id, seq
         limit $4")
    .bind(tx.workspace())
    .bind(id)
    .bind(*seq)
    .bind(limit)
    .all(tx)
    .await
}

pub(crate) async fn rewrite_history(
    tx: &mut Tx,
    id: SubmissionId,
    seq: i64,
    detail: Json,
) -> Result<()> {
    sql("update submission_activity set detail = $4
         where workspace_id = $1 and submission_id = $2 and seq = $3")
    .bind(tx.workspace())
    .bind(id)
    .bind(seq)
    .bind(detail)
    .run(tx)
    .await
    .map(|_| ())
}

/// Takes a tag from all submissions, and from the words that there are.
pub(crate) async fn delete_tag(tx: &mut Tx, key: &str) -> Result<()> {
    for text in [
        // Form by form, as the index goes: by the tag alone all tags of the workspace would be walked through.
        "delete from submission_tag
         where workspace_id = $1 and tag = $2 and form_id in (select id from form where workspace_id = $1)",
        "delete from tag where workspace_id = $1 and key = $2",
    ] {
        sql(text).bind(tx.workspace()).bind(key).run(tx).await?;
    }
    Ok(())
}
