//! The worker: claims, runs, settles, and keeps its leases alive until it is told to drain.

pub(crate) mod bench;
mod gauges;
mod heart;
pub(crate) mod run;
mod settled;

use std::{sync::Arc, time::Duration};

use db::Db;
use kernel::{Chance, Clock};
use tokio::{sync::oneshot, task::JoinHandle};

use crate::Registry;
use bench::Bench;

/// How a worker works.
#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// Jobs of one queue that run at the same time in this process.
    pub concurrency: usize,
    /// Jobs of one queue that are claimed in one transaction.
    pub batch: usize,
    /// Without a sign of life for this long, another worker takes a job over.
    pub lease: Duration,
    /// How often to look without being woken.
    pub poll: Duration,
    /// The queues to serve; empty for all that the registry knows.
    pub queues: Vec<String>,
}

impl Default for WorkerSettings {
    fn default() -> Self {
        WorkerSettings {
            concurrency: 200,
            batch: 100,
            lease: Duration::from_secs(60),
            poll: Duration::from_secs(1),
            queues: Vec::new(),
        }
    }
}

/// Starts workers.
#[derive(Debug)]
pub struct Worker;

impl Worker {
    /// Starts a worker on the current runtime.
    pub fn start(
        db: Db,
        registry: Arc<Registry>,
        settings: WorkerSettings,
        clock: Clock,
        chance: Chance,
    ) -> WorkerHandle {
        let bench = Arc::new(Bench { db, registry, clock, chance, lease: settings.lease });
        let (drain, drained) = oneshot::channel();
        WorkerHandle {
            gauges: tokio::spawn(gauges::refresh(bench.clone())),
            heart: tokio::spawn(heart::Heart::new(bench, settings, drained).beat()),
            drain: Some(drain),
        }
    }
}

/// A running worker. Dropped without [`WorkerHandle::drain`], it stops like one that was killed:
/// its jobs are rescued when their leases run out.
#[derive(Debug)]
#[must_use = "a worker stops when its handle is dropped"]
pub struct WorkerHandle {
    heart: JoinHandle<()>,
    gauges: JoinHandle<()>,
    drain: Option<oneshot::Sender<Duration>>,
}

impl WorkerHandle {
    /// Claims nothing more, waits up to `limit` for what runs, then stops the rest and gives it back
    /// to the queue, without counting the attempt.
    pub async fn drain(mut self, limit: Duration) {
        if let Some(drain) = self.drain.take() {
            // A worker that is gone already has nothing to drain.
            let _ = drain.send(limit);
        }
        if let Err(error) = (&mut self.heart).await {
            tracing::error!(%error, "the worker broke");
        }
    }
}

impl Drop for WorkerHandle {
    fn drop(&mut self) {
        self.heart.abort();
        self.gauges.abort();
    }
}
