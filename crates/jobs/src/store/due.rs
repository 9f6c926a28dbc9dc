//! What time brings: scheduled jobs fall due, leases run out, schedules fire.

use db::{FromRow, Tx, sql};
use kernel::{Result, Timestamp};

use super::wake;
use crate::JobId;

/// How many are moved at once.
pub(crate) const DUE_BATCH: usize = 1000;

/// Makes ready what is due, at most a thousand jobs; tells how many.
pub(crate) async fn promote_due(tx: &mut Tx, now: Timestamp) -> Result<usize> {
    let queues = sql("with due as materialized (
             select id from job
             where state = 'scheduled' and run_at <= $1
             order by run_at
             limit $2")
    .skip_locked(tx)
    .push(
        ")
         update job set state = 'ready' from due where job.id = due.id
         returning job.queue",
    )
    .bind(now)
    .bind(DUE_BATCH)
    .all(tx)
    .await?;
    Ok(wake(tx, queues))
}

/// The moment at which the next scheduled job falls due.
pub(crate) async fn find_next_due(tx: &mut Tx) -> Result<Option<Timestamp>> {
    sql("select run_at from job where state = 'scheduled' order by run_at limit 1")
        .optional::<(Timestamp,)>(tx)
        .await
        .map(|row| row.map(|(moment,)| moment))
}

/// A job whose worker has not been heard of for a whole lease.
#[derive(Debug, FromRow)]
pub(crate) struct Expired {
    pub(crate) id: JobId,
    pub(crate) queue: String,
    pub(crate) lease: i64,
    pub(crate) attempt: i64,
    pub(crate) max_attempts: i64,
}

/// Some of the jobs whose lease has run out, locked.
pub(crate) async fn list_expired(tx: &mut Tx, now: Timestamp) -> Result<Vec<Expired>> {
    sql("select id, queue, lease, attempt, max_attempts from job
         where state = 'running' and lease_until < $1
         order by lease_until
         limit 100")
    .skip_locked(tx)
    .bind(now)
    .all(tx)
    .await
}

/// Makes a schedule known. Its date may come nearer, but what is due stays due.
pub(crate) async fn upsert_schedule(tx: &mut Tx, name: &str, next_at: Timestamp) -> Result<()> {
    sql("insert into job_schedule (name, next_at) values ($1, $2)
         on conflict (name) do update set next_at = excluded.next_at
         where excluded.next_at < job_schedule.next_at")
    .bind(name)
    .bind(next_at)
    .run(tx)
    .await
    .map(|_| ())
}

/// When each schedule is due.
pub(crate) async fn list_schedules(tx: &mut Tx) -> Result<Vec<(String, Timestamp)>> {
    sql("select name, next_at from job_schedule order by name").all(tx).await
}

/// Moves a schedule's date on; false when another process has done so already.
pub(crate) async fn move_schedule(
    tx: &mut Tx,
    name: &str,
    due: Timestamp,
    next_at: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    sql("update job_schedule set next_at = $3, fired_at = $4 where name = $1 and next_at = $2")
        .bind(name)
        .bind(due)
        .bind(next_at)
        .bind(now)
        .run(tx)
        .await
        .map(|count| count > 0)
}
