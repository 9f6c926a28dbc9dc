//! The SQL of what is kept no longer.

use db::{Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};

use crate::ids::FormId;

/// What came into a bin before a moment, in any workspace, the oldest first.
pub(crate) async fn list_binned(
    tx: &mut Tx,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, FormId, i64)>> {
    sql("select workspace_id, form_id, number from submission_state
         where tray = 'bin' and moved_at < $1
         order by moved_at
         limit $2")
    .bind(before)
    .bind(limit)
    .all(tx)
    .await
}

/// The forms of all workspaces that keep their submissions for so many days only.
pub(crate) async fn list_retentions(tx: &mut Tx) -> Result<Vec<(WorkspaceId, FormId, i64)>> {
    sql("select workspace_id, form_id, days from submission_retention order by workspace_id, form_id")
        .all(tx)
        .await
}

pub(crate) async fn find_retention(tx: &mut Tx, form: FormId) -> Result<Option<i64>> {
    let found: Option<(i64,)> =
        sql("select days from submission_retention where workspace_id = $1 and form_id = $2")
            .bind(tx.workspace())
            .bind(form)
            .optional(tx)
            .await?;
    Ok(found.map(|(days,)| days))
}

/// Keeps for so many days from now on, or for ever.
pub(crate) async fn save_retention(tx: &mut Tx, form: FormId, days: Option<i64>) -> Result<()> {
    let statement = match days {
        Some(days) => sql("insert into submission_retention (workspace_id, form_id, days)
             values ($1, $2, $3)
             on conflict (workspace_id, form_id) do update set days = excluded.days")
        .bind(tx.workspace())
        .bind(form)
        .bind(days),
        None => sql("delete from submission_retention where workspace_id = $1 and form_id = $2")
            .bind(tx.workspace())
            .bind(form),
    };
    statement.run(tx).await.map(|_| ())
}
