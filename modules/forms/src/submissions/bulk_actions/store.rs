//! The SQL of bulk actions.

use db::{Tx, sql};
use kernel::{Result, Timestamp};

use super::BulkAction;
use crate::ids::{BulkActionId, FormId};

pub(crate) async fn find_bulk_action(tx: &mut Tx, id: BulkActionId) -> Result<Option<BulkAction>> {
    sql("select id, form_id, actor, action, selection, state, failure, position, top, changed, created_at, finished_at,
                undoes, cursor, left_alone
         from bulk_action
         where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .optional(tx)
        .await
}

/// The newest of a form.
pub(crate) async fn find_newest(tx: &mut Tx, form: FormId) -> Result<Option<BulkAction>> {
    sql("select id, form_id, actor, action, selection, state, failure, position, top, changed, created_at, finished_at,
                undoes, cursor, left_alone
         from bulk_action
         where workspace_id = $1 and form_id = $2
         order by id desc
         limit 1")
        .bind(tx.workspace())
        .bind(form)
        .optional(tx)
        .await
}

/// False when it would take back what is taken back already.
pub(crate) async fn insert_bulk_action(tx: &mut Tx, action: &BulkAction) -> Result<bool> {
    let made = sql("insert into bulk_action (workspace_id, id, form_id, actor, action, selection, state, position, top,
                                  changed, created_at, undoes)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict do nothing")
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
        .bind(action.undoes)
        .run(tx)
        .await?;
    Ok(made == 1)
}

/// How far one has come with its next piece.
pub(crate) struct Piece {
    pub(crate) position: i64,
    pub(crate) cursor: Option<String>,
    pub(crate) changed: i64,
    pub(crate) left_alone: i64,
    pub(crate) finished_at: Option<Timestamp>,
}

/// Moves on from where it was; not when someone else has.
pub(crate) async fn update_progress(
    tx: &mut Tx,
    action: &BulkAction,
    piece: &Piece,
) -> Result<bool> {
    let moved = sql("update bulk_action
         set position = $4, changed = changed + $5, finished_at = $6, cursor = $7, left_alone = left_alone + $8,
             state = case when $6 is null then 'running' else 'done' end
         where workspace_id = $1 and id = $2 and position = $3 and finished_at is null")
    .bind(tx.workspace())
    .bind(action.id)
    .bind(action.position)
    .bind(piece.position)
    .bind(piece.changed)
    .bind(piece.finished_at)
    .bind(piece.cursor.clone())
    .bind(piece.left_alone)
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
