//! The operator's desk: what waits, runs and failed, and what to do about it. All of it needs a system transaction.

use std::{collections::BTreeMap, time::Duration};

use db::Tx;
use kernel::{Result, Timestamp};

use crate::{JobId, store};

pub use crate::letters::{DeadJob, RunningJob};

/// One queue at a glance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueState {
    pub queue: String,
    pub ready: u64,
    pub running: u64,
    /// For later, or waiting for the next attempt.
    pub scheduled: u64,
    pub dead: u64,
    /// How long the oldest ready job has been waiting.
    pub oldest_age: Option<Duration>,
}

/// Every queue that holds something, by name. It counts, so ask every few seconds at most.
pub async fn queues(tx: &mut Tx, now: Timestamp) -> Result<Vec<QueueState>> {
    let [ready, running, scheduled, dead] = store::count_queues(tx).await?;
    let mut states = BTreeMap::<String, QueueState>::new();
    let mut fill = |counts: Vec<store::Count>, set: &dyn Fn(&mut QueueState, u64, _)| {
        for (queue, count, since) in counts {
            let state = states.entry(queue.clone()).or_default();
            state.queue = queue;
            set(state, u64::try_from(count).unwrap_or(0), since);
        }
    };
    fill(ready, &|state, count, since| {
        state.ready = count;
        state.oldest_age = since.map(|since: Timestamp| now.since(since));
    });
    fill(running, &|state, count, _| state.running = count);
    fill(scheduled, &|state, count, _| state.scheduled = count);
    fill(dead, &|state, count, _| state.dead = count);
    Ok(states.into_values().collect())
}

/// Dead letters, the latest first. The next page begins `before` the last one's `(died_at, id)`.
pub async fn dead(
    tx: &mut Tx,
    before: Option<(Timestamp, JobId)>,
    limit: u32,
    kind: Option<&str>,
) -> Result<Vec<DeadJob>> {
    store::list_dead(tx, before, limit, kind).await
}

/// One dead letter.
pub async fn find_dead(tx: &mut Tx, id: JobId) -> Result<Option<DeadJob>> {
    store::find_dead(tx, id).await
}

/// The kinds among the dead letters, by name, with how many there are of each.
pub async fn dead_kinds(tx: &mut Tx) -> Result<Vec<(String, u64)>> {
    let kinds = store::count_dead_kinds(tx).await?;
    Ok(kinds.into_iter().map(|(kind, count)| (kind, u64::try_from(count).unwrap_or(0))).collect())
}

/// What runs at this moment, on all workers.
pub async fn running(tx: &mut Tx, limit: u32) -> Result<Vec<RunningJob>> {
    store::list_running(tx, limit).await
}

/// Puts a dead letter back into the queue with all its attempts; false when there is none.
pub async fn retry(tx: &mut Tx, id: JobId, now: Timestamp) -> Result<bool> {
    store::requeue_dead(tx, id, now).await
}

/// Puts all dead letters (of one kind) back; tells how many.
pub async fn retry_all(tx: &mut Tx, kind: Option<&str>, now: Timestamp) -> Result<u64> {
    store::requeue_every_dead(tx, kind, now).await
}

/// Throws a dead letter away; false when there is none.
pub async fn discard(tx: &mut Tx, id: JobId) -> Result<bool> {
    store::delete_dead(tx, id).await
}
