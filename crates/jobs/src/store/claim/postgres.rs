//! The claim on PostgreSQL: several processes share the queue and skip what another is just taking.

use db::{Json, Tx, sql};
use kernel::{Result, Timestamp};

use super::{Claimed, Lane};

/// A plan made while the table was empty would read all of it when it is full, and one that joins by
/// hash reads what finished jobs have left in the indexes.
pub(super) async fn plan_by_index(tx: &mut Tx) -> Result<()> {
    sql("select
             set_config('enable_seqscan', 'off', true),
             set_config('enable_bitmapscan', 'off', true),
             set_config('enable_hashjoin', 'off', true),
             set_config('enable_mergejoin', 'off', true),
             set_config('jit', 'off', true)")
    .run(tx)
    .await
    .map(|_| ())
}

pub(super) async fn take(
    tx: &mut Tx,
    queue: &str,
    lanes: &[Lane],
    lease_until: Timestamp,
) -> Result<Vec<Claimed>> {
    sql("with taken as materialized (
             select oldest.id
             from jsonb_to_recordset($1) as lane(workspace_id text, kind text, share bigint)
             cross join lateral (
                 select job.id from job
                 where job.state = 'ready' and job.queue = $2
                   and job.workspace_id = lane.workspace_id and job.kind = lane.kind
                 order by job.run_at, job.id
                 limit lane.share
                 for update skip locked
             ) as oldest
         )
         update job
         set state = 'running', attempt = attempt + 1, lease = lease + 1, lease_until = $3
         from taken
         where job.id = taken.id
         returning job.id, workspace_id, kind, payload, attempt, max_attempts, lease, run_at, request_id")
    .bind(Json::of(&lanes)?)
    .bind(queue)
    .bind(lease_until)
    .all(tx)
    .await
}

/// Rows that a handler is just finishing are locked by it, and need no longer lease.
pub(super) async fn extend(tx: &mut Tx, held: Json, lease_until: Timestamp) -> Result<()> {
    sql("with kept as materialized (
             select job.id from job
             join jsonb_to_recordset($1) as held(id text, lease bigint)
               on job.id = held.id and job.lease = held.lease
             for update of job skip locked
         )
         update job set lease_until = $2 from kept where job.id = kept.id")
    .bind(held)
    .bind(lease_until)
    .run(tx)
    .await
    .map(|_| ())
}

pub(super) async fn delete(tx: &mut Tx, held: Json) -> Result<()> {
    sql("delete from job
         using jsonb_to_recordset($1) as held(id text, lease bigint)
         where job.id = held.id and job.lease = held.lease")
    .bind(held)
    .run(tx)
    .await
    .map(|_| ())
}
