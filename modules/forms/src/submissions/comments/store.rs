//! The SQL of comments.

use db::{Tx, sql};
use kernel::Result;

use super::Comment;
use crate::ids::{CommentId, SubmissionId};

pub(crate) async fn find_comment(tx: &mut Tx, id: CommentId) -> Result<Option<Comment>> {
    sql("select id, submission_id, author, text, created_at, edited_at from submission_comment
         where workspace_id = $1 and id = $2")
    .bind(tx.workspace())
    .bind(id)
    .optional(tx)
    .await
}

/// Oldest first, after one of them.
pub(crate) async fn list_comments(
    tx: &mut Tx,
    submission: SubmissionId,
    after: Option<CommentId>,
    limit: i64,
) -> Result<Vec<Comment>> {
    sql("select id, submission_id, author, text, created_at, edited_at from submission_comment
         where workspace_id = $1 and submission_id = $2 and ($3 is null or id > $3)
         order by id
         limit $4")
    .bind(tx.workspace())
    .bind(submission)
    .bind(after)
    .bind(limit)
    .all(tx)
    .await
}

pub(crate) async fn insert_comment(tx: &mut Tx, comment: &Comment) -> Result<()> {
    sql("insert into submission_comment (workspace_id, submission_id, id, author, text, created_at)
         values ($1, $2, $3, $4, $5, $6)")
    .bind(tx.workspace())
    .bind(comment.submission_id)
    .bind(comment.id)
    .bind(&comment.author)
    .bind(&comment.text)
    .bind(comment.created_at)
    .run(tx)
    .await
    .map(|_| ())
}

/// Whether it was still there.
pub(crate) async fn update_comment(tx: &mut Tx, comment: &Comment) -> Result<bool> {
    let changed = sql("update submission_comment set text = $3, edited_at = $4
         where workspace_id = $1 and id = $2")
    .bind(tx.workspace())
    .bind(comment.id)
    .bind(&comment.text)
    .bind(comment.edited_at)
    .run(tx)
    .await?;
    Ok(changed == 1)
}

/// Whether it was still there.
pub(crate) async fn delete_comment(tx: &mut Tx, comment: &Comment) -> Result<bool> {
    let gone = sql("delete from submission_comment where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(comment.id)
        .run(tx)
        .await?;
    Ok(gone > 0)
}
