//! Measures the queue: durable jobs that do nothing, from the first claim to the last completion.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use jobs::{Job, NewJob, Registry, When, Worker, WorkerSettings};
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::time::Instant;

use crate::{config::Config, house::assemble, run};

#[derive(Serialize, Deserialize)]
struct Nothing {}

impl Job for Nothing {
    const KIND: &'static str = "bench.nothing";
    const QUEUE: &'static str = "bench";
}

/// Jobs in one enqueuing transaction.
const CHUNK: usize = 1_000;
const PATIENCE: Duration = Duration::from_secs(300);

/// Enqueues `count` jobs, does them all, and prints the rates as JSON.
pub async fn run(config: Config, count: usize) -> Result<()> {
    let house = assemble(&config).await?.house;
    let started = Instant::now();
    for _ in 0..count.div_ceil(CHUNK) {
        let mut tx = house.db.system("measuring the queue").await?;
        let jobs = (0..CHUNK).map(|_| NewJob::of(None, &Nothing {}, When::Now)).collect();
        jobs::enqueue_many(&mut tx, jobs, house.clock.now(), &house.chance).await?;
        tx.commit().await?;
    }
    let enqueued = started.elapsed().as_secs_f64();
    let done = Arc::new(AtomicUsize::new(0));
    let mut registry = Registry::new();
    let counter = done.clone();
    registry.handle(move |_, _: Nothing| {
        counter.fetch_add(1, Ordering::Relaxed);
        async { Ok(()) }
    });
    let started = Instant::now();
    let settings = WorkerSettings::default();
    let worker = Worker::start(
        house.db.clone(),
        Arc::new(registry),
        settings,
        house.clock.clone(),
        house.chance.clone(),
    );
    let total = count.div_ceil(CHUNK) * CHUNK;
    while done.load(Ordering::Relaxed) < total {
        if started.elapsed() > PATIENCE {
            return Err(Error::unavailable("the jobs were not done in five minutes"));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // A drain settles the last completions: only then is it durable that they are done.
    worker.drain(Duration::from_secs(10)).await;
    let seconds = started.elapsed().as_secs_f64();
    let figures = json!({"jobs": total, "enqueued_per_second": total as f64 / enqueued, "per_second": total as f64 / seconds});
    run::say(&format!("{figures}\n"));
    Ok(())
}
