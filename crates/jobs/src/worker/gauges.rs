//! The queue's depth for `/metrics`.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use kernel::Result;
use tokio::time::{Instant, sleep};

use super::bench::Bench;
use crate::desk::{self, QueueState};

const REFRESH: Duration = Duration::from_secs(5);
/// Also a count that waited for the database, as during an outage, is not trusted for longer.
const STALE: Duration = Duration::from_secs(30);

/// Counts every few seconds, and less often when counting takes long.
pub(super) async fn refresh(bench: Arc<Bench>) {
    let mut queues: BTreeSet<String> = bench.registry.queues().map(str::to_owned).collect();
    loop {
        let begun = Instant::now();
        match count(&bench).await {
            Ok(states) => show(&mut queues, states),
            Err(error) => tracing::debug!(?error, "the queue could not be counted"),
        }
        sleep((begun.elapsed() * 50).clamp(REFRESH, STALE)).await;
    }
}

async fn count(bench: &Bench) -> Result<Vec<QueueState>> {
    let mut tx = bench.db.system_read("the depth of the queues").await?;
    desk::queues(&mut tx, bench.clock.now()).await
}

/// A queue that was seen once is shown as empty when nothing is in it.
fn show(queues: &mut BTreeSet<String>, mut states: Vec<QueueState>) {
    queues.extend(states.iter().map(|state| state.queue.clone()));
    for queue in queues.iter() {
        if !states.iter().any(|state| state.queue == *queue) {
            states.push(QueueState { queue: queue.clone(), ..QueueState::default() });
        }
    }
    for state in states {
        let queue = state.queue;
        let age = state.oldest_age.unwrap_or_default();
        metrics::gauge!("mewayz_jobs_ready", "queue" => queue.clone()).set(state.ready as f64);
        metrics::gauge!("mewayz_jobs_running", "queue" => queue.clone()).set(state.running as f64);
        metrics::gauge!("mewayz_jobs_scheduled", "queue" => queue.clone())
            .set(state.scheduled as f64);
        metrics::gauge!("mewayz_jobs_dead", "queue" => queue.clone()).set(state.dead as f64);
        metrics::gauge!("mewayz_jobs_oldest_ready_seconds", "queue" => queue).set(age);
    }
}
