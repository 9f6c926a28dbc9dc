//! The SQL of bulk actions.

use db::{Tx, sql};
use kernel::{Result, Timestamp};

use super::BulkAction;
use crate::ids::{BulkActionId, FormId};

pub(crate) async fn find_bulk_action(tx: &mut Tx, id: BulkActionId) -> Result<Option<BulkAction>> {
    sql("select id, form_id, actor, action, selection, state, failure, position, top, changed, created_at, finished_at
         from bulk_action
         where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .optional(tx)
        .await
}

/// The newest of a form.
pub(crate) async fn find_newest(tx: &mut Tx, form: FormId) -> Result<Option<BulkAction>> {
    sql("select id, form_id, actor, action, selection, state, failure, position, top, changed, created_at, finished_at
         from bulk_action
         where workspace_id = $1 and form_id = $2
         order by id desc
         limit 1")
        .bind(tx.workspace())
        .bind(form)
        .optional(tx)
        .await
}

pub(crate) async fn insert_bulk_action(tx: &mut Tx, action: &BulkAction) -> Result<()> {
    sql("insert into bulk_action (workspace_id, id, form_id, actor, action, selection, state, position, top,
                                  changed, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(tx.workspace())
        .bind(action.id)
        .bind(action.form_id)
        .bind(&action.actor)
        .bind(action.action.clone())
        .bind(action.selection.clone())
        .bind(&action.state)
        .bind(action.position)
        .bind(action.top)
        .bind(action.changed)
        .bind(action.created_at)
        .run(tx)
        .await
        .map(|_| ())
}

/// Moves on from where it was; not when someone else has.
pub(crate) async fn update_progress(
    tx: &mut Tx,
    action: &BulkAction,
    position: i64,
    changed: i64,
    finished_at: Option<Timestamp>,
) -> Result<bool> {
    let moved = sql("update bulk_action
         set position = $4, changed = changed + $5, finished_at = $6,
             state = case when $6 is null then 'running' else 'done' end
         where workspace_id = $1 and id = $2 and position = $3 and finished_at is null")
    .bind(tx.workspace())
    .bind(action.id)
    .bind(action.position)
    .bind(position)
    .bind(changed)
    .bind(finished_at)
    .run(tx)
    .await?;
    Ok(moved == 1)
}

/// Gives it up where it stands; not when it is over.
pub(crate) async fn fail(
    tx: &mut Tx,
    action: &BulkAction,
    failure: &str,
    at: Timestamp,
) -> Result<bool> {
    let failed = sql("update bulk_action
         set state = 'failed', failure = $3, finished_at = $4
         where workspace_id = $1 and id = $2 and finished_at is null")
    .bind(tx.workspace())
    .bind(action.id)
    .bind(failure)
    .bind(at)
    .run(tx)
    .await?;
    Ok(failed == 1)
}
