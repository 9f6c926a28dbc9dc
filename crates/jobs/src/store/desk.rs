//! What the operator sees and does.

use db::{Tx, sql};
use kernel::{Result, Timestamp};

use super::wake;
use crate::{
    JobId,
    letters::{DeadJob, RunningJob},
};

/// A queue, how many, and since when the oldest waits.
pub(crate) type Count = (String, i64, Option<Timestamp>);

/// Counts by queue: ready, running, scheduled, dead. Each reads one index.
pub(crate) async fn count_queues(tx: &mut Tx) -> Result<[Vec<Count>; 4]> {
    let ready = sql("select queue, count(*), min(run_at) from job
                     where state = 'ready' group by queue");
    let running = sql("select queue, count(*), min(lease_until) from job
                       where state = 'running' group by queue");
    let scheduled = sql("select queue, count(*), min(run_at) from job
                         where state = 'scheduled' group by queue");
    let dead = sql("select queue, count(*), cast(null as BIGINT) from job_dead group by queue");
    Ok([
        ready.all(tx).await?,
        running.all(tx).await?,
        scheduled.all(tx).await?,
        dead.all(tx).await?,
    ])
}

/// Dead letters, the latest first, that come after `before`.
pub(crate) async fn list_dead(
    tx: &mut Tx,
    before: Option<(Timestamp, JobId)>,
    limit: u32,
    kind: Option<&str>,
) -> Result<Vec<DeadJob>> {
    let (died_at, id) = match before {
        Some((died_at, id)) => (died_at, id.to_string()),
        None => (Timestamp::from_micros(i64::MAX), String::new()),
    };
    let mut select = sql("select id, workspace_id, queue, kind, payload, attempts, max_attempts,
                error, request_id, created_at, died_at
         from job_dead
         where (died_at, id) < ($1, $2)")
    .bind(died_at)
    .bind(id)
    .bind(limit);
    if let Some(kind) = kind {
        select = select.push(" and kind = $4").bind(kind);
    }
    select.push(" order by died_at desc, id desc limit $3").all(tx).await
}

pub(crate) async fn find_dead(tx: &mut Tx, id: JobId) -> Result<Option<DeadJob>> {
    sql("select id, workspace_id, queue, kind, payload, attempts, max_attempts,
                error, request_id, created_at, died_at
         from job_dead
         where id = $1")
    .bind(id)
    .optional(tx)
    .await
}

pub(crate) async fn count_dead_kinds(tx: &mut Tx) -> Result<Vec<(String, i64)>> {
    sql("select kind, count(*) from job_dead group by kind order by kind").all(tx).await
}

/// Running jobs, those first whose lease ends first.
pub(crate) async fn list_running(tx: &mut Tx, limit: u32) -> Result<Vec<RunningJob>> {
    sql("select id, workspace_id, queue, kind, attempt, max_attempts, lease_until, request_id
         from job
         where state = 'running'
         order by lease_until
         limit $1")
    .bind(limit)
    .all(tx)
    .await
}

const REQUEUE: &str = "insert into job
        (id, workspace_id, queue, kind, payload, state, run_at, attempt, max_attempts, lease,
         unique_key, error, request_id, created_at)
    select id, workspace_id, queue, kind, payload, 'ready', $1, 0, max_attempts, lease + 1,
           unique_key, error, request_id, created_at
    from job_dead
    where ";

/// Back into the queue with all its attempts, unless one with its unique key waits there already.
/// The lease number goes on, so that a zombie of the earlier life stays fenced off.
pub(crate) async fn requeue_dead(tx: &mut Tx, id: JobId, now: Timestamp) -> Result<bool> {
    sql(REQUEUE).push("id = $2 on conflict do nothing").bind(now).bind(id).run(tx).await?;
    let queues = sql("delete from job_dead where id = $1 returning queue").bind(id).all(tx).await?;
    Ok(wake(tx, queues) > 0)
}

/// Letters that are put back in one statement.
const REQUEUED: i64 = 500;

/// The same for all dead letters, or all of one kind. Taken by their ids: a job that dies meanwhile stays.
pub(crate) async fn requeue_every_dead(
    tx: &mut Tx,
    kind: Option<&str>,
    now: Timestamp,
) -> Result<u64> {
    let mut count = 0;
    loop {
        let ids: Vec<(String,)> = match kind {
            None => sql("select id from job_dead order by id limit $1").bind(REQUEUED),
            Some(kind) => {
                sql("select id from job_dead where kind = $1 order by died_at, id limit $2")
                    .bind(kind)
                    .bind(REQUEUED)
            }
        }
        .all(tx)
        .await?;
        if ids.is_empty() {
            return Ok(count);
        }
        let ids = || ids.iter().map(|(id,)| id.as_str());
        sql(REQUEUE)
            .push("id in")
            .bind(now)
            .bind_list(ids())
            .push(" on conflict do nothing")
            .run(tx)
            .await?;
        let queues = sql("delete from job_dead where id in")
            .bind_list(ids())
            .push(" returning queue")
            .all(tx)
            .await?;
        count += queues.len() as u64;
        wake(tx, queues);
    }
}

/// Throws a dead letter away; false when there is none.
pub(crate) async fn delete_dead(tx: &mut Tx, id: JobId) -> Result<bool> {
    sql("delete from job_dead where id = $1").bind(id).run(tx).await.map(|count| count > 0)
}
