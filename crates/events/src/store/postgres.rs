//! PostgreSQL: both changes in one statement, and one round trip.

use db::{Tx, sql};
use kernel::Result;

use crate::Recorded;

pub(super) async fn append(tx: &mut Tx, event: &Recorded) -> Result<i64> {
    let (seq,) = sql("with head as (
             insert into event_head (workspace_id, seq) values ($1, 1)
             on conflict (workspace_id) do update set seq = event_head.seq + 1
             returning seq
         )
         insert into event (workspace_id, seq, kind, subject, actor, payload, causation_seq, depth, at)
         select $1, seq, $2, $3, $4, $5, $6, $7, $8 from head
         returning seq")
    .bind(event.workspace_id)
    .bind(&event.kind)
    .bind(&event.subject)
    .bind(&event.actor)
    .bind(event.payload.clone())
    .bind(event.causation_seq)
    .bind(event.depth)
    .bind(event.at)
    .one::<(i64,)>(tx)
    .await?;
    Ok(seq)
}
