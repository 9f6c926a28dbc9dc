//! SQLite: no change stands inside another statement, so there are two.

use db::{Tx, sql};
use kernel::Result;

use crate::Recorded;

pub(super) async fn append(tx: &mut Tx, event: &Recorded) -> Result<i64> {
    let (seq,): (i64,) = sql("insert into event_head (workspace_id, seq) values ($1, 1)
         on conflict (workspace_id) do update set seq = event_head.seq + 1
         returning seq")
    .bind(event.workspace_id)
    .one(tx)
    .await?;
    sql("insert into event (workspace_id, seq, kind, subject, actor, payload, causation_seq, depth, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(event.workspace_id)
    .bind(seq)
    .bind(&event.kind)
    .bind(&event.subject)
    .bind(&event.actor)
    .bind(event.payload.clone())
    .bind(event.causation_seq)
    .bind(event.depth)
    .bind(event.at)
    .run(tx)
    .await?;
    Ok(seq)
}
