//! The claim on SQLite: there is one writer at a time, so that nothing needs to be skipped.

use db::{Json, Tx, sql};
use kernel::{Result, Timestamp};

use super::{Claimed, Lane};

/// One statement a lane: a limit cannot come from a row here, and a statement costs microseconds.
pub(super) async fn take(
    tx: &mut Tx,
    queue: &str,
    lanes: &[Lane],
    lease_until: Timestamp,
) -> Result<Vec<Claimed>> {
    let mut claimed = Vec::new();
    for lane in lanes {
        claimed.append(&mut take_lane(tx, queue, lane, lease_until).await?);
    }
    Ok(claimed)
}

async fn take_lane(
    tx: &mut Tx,
    queue: &str,
    lane: &Lane,
    lease_until: Timestamp,
) -> Result<Vec<Claimed>> {
    sql("update job
         set state = 'running', attempt = attempt + 1, lease = lease + 1, lease_until = $1
         where rowid in (
             select rowid from job
             where state = 'ready' and queue = $2 and workspace_id = $3 and kind = $4
             order by run_at, id
             limit $5
         )
         returning id, workspace_id, kind, payload, attempt, max_attempts, lease, run_at, request_id")
    .bind(lease_until)
    .bind(queue)
    .bind(&lane.workspace_id)
    .bind(&lane.kind)
    .bind(lane.share)
    .all(tx)
    .await
}

pub(super) async fn extend(tx: &mut Tx, held: Json, lease_until: Timestamp) -> Result<()> {
    sql("update job set lease_until = $1
         where rowid in (
             select job.rowid from json_each($2) as held
             cross join job on job.id = held.value ->> 'id' and job.lease = held.value ->> 'lease'
         )")
    .bind(lease_until)
    .bind(held)
    .run(tx)
    .await
    .map(|_| ())
}

pub(super) async fn delete(tx: &mut Tx, held: Json) -> Result<()> {
    sql("delete from job
         where rowid in (
             select job.rowid from json_each($1) as held
             cross join job on job.id = held.value ->> 'id' and job.lease = held.value ->> 'lease'
         )")
    .bind(held)
    .run(tx)
    .await
    .map(|_| ())
}
