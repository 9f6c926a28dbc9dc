//! All SQL of the queue.

mod claim;
mod desk;
mod due;
mod settle;

use db::{Insert, Migration, MigrationText, ToValue, Tx, Value};
use kernel::{Chance, Result, Timestamp, WorkspaceId};

use crate::{JobId, NewJob};

pub(crate) use claim::{Claimed, Cursor, claim, extend_leases, prepare_round};
pub(crate) use desk::{
    Count, count_dead_kinds, count_queues, delete_dead, find_dead, list_dead, list_running,
    requeue_dead, requeue_every_dead,
};
pub(crate) use due::{
    DUE_BATCH, find_next_due, list_expired, list_schedules, move_schedule, promote_due,
    upsert_schedule,
};
pub(crate) use settle::{Return, bury, delete_finished, delete_held, give_back};

/// The tables of the queue.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        module: "jobs",
        name: "0001_job",
        text: MigrationText::Both(include_str!("../migrations/0001_job.sql")),
    },
    Migration {
        module: "jobs",
        name: "0002_house_jobs",
        text: MigrationText::Pair {
            sqlite: "",
            postgres: include_str!("../migrations/0002_house_jobs.postgres.sql"),
        },
    },
];

/// The channel that says: a queue has something ready.
pub(crate) const READY: &str = "jobs";
/// The channel that says: something was enqueued for a later moment; in microseconds.
pub(crate) const LATER: &str = "jobs_later";

const INSERT: Insert<13> = Insert {
    table: "job",
    columns: [
        "id",
        "workspace_id",
        "queue",
        "kind",
        "payload",
        "state",
        "run_at",
        "attempt",
        "max_attempts",
        "lease",
        "unique_key",
        "request_id",
        "created_at",
    ],
    // No target: naming one would need the right to read the house's jobs.
    suffix: "on conflict do nothing",
};

pub(crate) async fn insert_jobs(
    tx: &mut Tx,
    jobs: Vec<NewJob>,
    now: Timestamp,
    chance: &Chance,
) -> Result<()> {
    let mut rows = Vec::with_capacity(jobs.len());
    let mut signals = Vec::with_capacity(jobs.len());
    for job in jobs {
        let moment = job.when.moment(now);
        signals.push(if moment > now {
            (LATER, moment.micros().to_string())
        } else {
            (READY, job.queue.to_owned())
        });
        rows.push(row(job, now, chance)?);
    }
    // A job that waits already needs nobody to be woken once more.
    if INSERT.run(tx, rows).await? > 0 {
        signals.into_iter().for_each(|(channel, payload)| tx.signal(channel, payload));
    }
    Ok(())
}

fn row(job: NewJob, now: Timestamp, chance: &Chance) -> Result<[Value; 13]> {
    let run_at = job.when.moment(now).max(now);
    let state = if run_at > now { "scheduled" } else { "ready" };
    Ok([
        JobId::new(now, chance).value(),
        owner(job.workspace).value(),
        job.queue.value(),
        job.kind.value(),
        job.payload?.value(),
        state.value(),
        run_at.value(),
        0_i64.value(),
        job.max_attempts.value(),
        0_i64.value(),
        job.unique_key.value(),
        job.request.value(),
        now.value(),
    ])
}

/// How the column names a workspace: '' is the house.
fn owner(workspace: Option<WorkspaceId>) -> String {
    workspace.map(|id| id.to_string()).unwrap_or_default()
}

fn workspace_of(owner: &str) -> Option<WorkspaceId> {
    owner.parse().ok()
}

/// Runs nothing but wakes the workers of each queue once.
fn wake(tx: &mut Tx, queues: Vec<(String,)>) -> usize {
    let count = queues.len();
    for (queue,) in queues {
        tx.signal(READY, queue);
    }
    count
}
