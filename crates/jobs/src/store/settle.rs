//! What becomes of a running job. Everything here is fenced: it touches a job only under the lease it names.

use db::{Tx, sql};
use kernel::{Result, Timestamp};

use super::{READY, claim::delete_pairs};
use crate::JobId;

/// Deletes one running job; false when its lease was lost.
pub(crate) async fn delete_held(tx: &mut Tx, id: JobId, lease: i64) -> Result<bool> {
    sql("delete from job where id = $1 and lease = $2 and state = 'running'")
        .bind(id)
        .bind(lease)
        .run(tx)
        .await
        .map(|count| count > 0)
}

/// Deletes what is done.
pub(crate) async fn delete_finished(tx: &mut Tx, finished: &[(JobId, i64)]) -> Result<()> {
    delete_pairs(tx, finished).await
}

/// A running job on its way back into the queue.
#[derive(Debug)]
pub(crate) struct Return<'a> {
    pub(crate) id: JobId,
    pub(crate) lease: i64,
    pub(crate) queue: &'a str,
    /// None: at once.
    pub(crate) at: Option<Timestamp>,
    /// Whether the attempt counts.
    pub(crate) counts: bool,
    pub(crate) error: Option<&'a str>,
}

/// Gives a running job back to the queue, unless one with its unique key waits there already: that
/// one will do the work, and this one is deleted.
pub(crate) async fn give_back(tx: &mut Tx, back: &Return<'_>, now: Timestamp) -> Result<()> {
    if delete_covered(tx, back.id, back.lease).await? {
        return Ok(());
    }
    let moved = sql("update job
         set state = $3, run_at = $4, attempt = attempt - $5, lease = lease + 1, lease_until = null,
             error = coalesce($6, error)
         where id = $1 and lease = $2 and state = 'running'")
    .bind(back.id)
    .bind(back.lease)
    .bind(if back.at.is_some() { "scheduled" } else { "ready" })
    .bind(back.at.unwrap_or(now))
    .bind(i64::from(!back.counts))
    .bind(back.error)
    .run(tx)
    .await?;
    if moved > 0 && back.at.is_none() {
        tx.signal(READY, back.queue);
    }
    Ok(())
}

async fn delete_covered(tx: &mut Tx, id: JobId, lease: i64) -> Result<bool> {
    sql("delete from job
         where id = $1 and lease = $2 and state = 'running' and unique_key is not null
           and exists (
               select 1 from job as waiting
               where waiting.workspace_id = job.workspace_id and waiting.kind = job.kind
                 and waiting.unique_key = job.unique_key
                 and waiting.unique_key is not null and waiting.state in ('ready', 'scheduled')
           )")
    .bind(id)
    .bind(lease)
    .run(tx)
    .await
    .map(|count| count > 0)
}

/// Moves a running job to the dead letters.
pub(crate) async fn bury(
    tx: &mut Tx,
    id: JobId,
    lease: i64,
    error: &str,
    now: Timestamp,
) -> Result<()> {
    sql("insert into job_dead
             (id, workspace_id, queue, kind, payload, attempts, max_attempts, lease, unique_key,
              error, request_id, created_at, died_at)
         select id, workspace_id, queue, kind, payload, attempt, max_attempts, lease, unique_key,
                $3, request_id, created_at, $4
         from job
         where id = $1 and lease = $2 and state = 'running'")
    .bind(id)
    .bind(lease)
    .bind(error)
    .bind(now)
    .run(tx)
    .await?;
    delete_held(tx, id, lease).await.map(|_| ())
}
