//! The SQL of the log.

mod postgres;
mod sqlite;

use db::{Engine, Json, Tx, sql};
use kernel::{Result, WorkspaceId};

use crate::Recorded;

/// Appends with the next number, and gives that back; the workspace's head stays locked until the
/// commit, so order is commit order.
pub(crate) async fn insert_event(tx: &mut Tx, event: &Recorded) -> Result<i64> {
    match tx.engine() {
        Engine::Sqlite => sqlite::append(tx, event).await,
        Engine::Postgres => postgres::append(tx, event).await,
    }
}

pub(crate) async fn list_after(
    tx: &mut Tx,
    workspace: WorkspaceId,
    seq: i64,
    limit: i64,
) -> Result<Vec<Recorded>> {
    sql("select workspace_id, seq, kind, subject, actor, payload, causation_seq, depth, at
         from event
         where workspace_id = $1 and seq > $2
         order by seq
         limit $3")
    .bind(workspace)
    .bind(seq)
    .bind(limit)
    .all(tx)
    .await
}

pub(crate) async fn update_payload(
    tx: &mut Tx,
    workspace: WorkspaceId,
    seq: i64,
    payload: Json,
) -> Result<()> {
    sql("update event set payload = $3 where workspace_id = $1 and seq = $2")
        .bind(workspace)
        .bind(seq)
        .bind(payload)
        .run(tx)
        .await
        .map(|_| ())
}

pub(crate) async fn find_head(tx: &mut Tx, workspace: WorkspaceId) -> Result<i64> {
    let head = sql("select seq from event_head where workspace_id = $1")
        .bind(workspace)
        .optional::<(i64,)>(tx)
        .await?;
    Ok(head.map_or(0, |(seq,)| seq))
}
