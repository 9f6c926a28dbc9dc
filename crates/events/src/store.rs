//! The SQL of the log.

use db::{Tx, sql};
use kernel::{Result, WorkspaceId};

use crate::Recorded;

/// Takes the next number; its row stays locked until the commit, so order is commit order.
pub(crate) async fn next_seq(tx: &mut Tx, workspace: WorkspaceId) -> Result<i64> {
    let (seq,) = sql("insert into event_head (workspace_id, seq) values ($1, 1)
         on conflict (workspace_id) do update set seq = event_head.seq + 1
         returning seq")
    .bind(workspace)
    .one::<(i64,)>(tx)
    .await?;
    Ok(seq)
}

pub(crate) async fn insert_event(tx: &mut Tx, event: &Recorded) -> Result<()> {
    sql("insert into event (workspace_id, seq, kind, subject, actor, payload, causation_seq, depth, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(event.workspace_id)
        .bind(event.seq)
        .bind(&event.kind)
        .bind(&event.subject)
        .bind(&event.actor)
        .bind(event.payload.clone())
        .bind(event.causation_seq)
        .bind(event.depth)
        .bind(event.at)
        .run(tx)
        .await
        .map(|_| ())
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

pub(crate) async fn find_head(tx: &mut Tx, workspace: WorkspaceId) -> Result<i64> {
    let head = sql("select seq from event_head where workspace_id = $1")
        .bind(workspace)
        .optional::<(i64,)>(tx)
        .await?;
    Ok(head.map_or(0, |(seq,)| seq))
}
