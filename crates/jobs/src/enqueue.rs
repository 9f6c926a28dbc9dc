//! How jobs get into the queue.

use db::Tx;
use kernel::{Chance, Result, Timestamp, WorkspaceId};

use crate::{Job, NewJob, When, store};

/// Adds a job; it exists when `tx` is committed, and workers wake at that moment.
/// A transaction of a workspace may enqueue for that workspace and for the house.
pub async fn enqueue<J: Job>(
    tx: &mut Tx,
    workspace: Option<WorkspaceId>,
    job: &J,
    when: When,
    now: Timestamp,
    chance: &Chance,
) -> Result<()> {
    enqueue_many(tx, vec![NewJob::of(workspace, job, when)], now, chance).await
}

/// Adds many jobs in few statements.
pub async fn enqueue_many(
    tx: &mut Tx,
    jobs: Vec<NewJob>,
    now: Timestamp,
    chance: &Chance,
) -> Result<()> {
    store::insert_jobs(tx, jobs, now, chance).await
}
