//! Forgetting replies after a day.

use std::time::Duration;

use jobs::{Failure, Job, JobContext, NewJob, Registry, Schedule, When};
use serde::{Deserialize, Serialize};

use super::store;

/// How long a repeat still gets the first reply.
const KEPT: Duration = Duration::from_secs(86_400);
/// Rows deleted in one transaction, so that other writers need not wait long.
const CHUNK: i64 = 1_000;

#[derive(Debug, Serialize, Deserialize)]
struct SweepReplies {}

impl Job for SweepReplies {
    const KIND: &'static str = "web.sweep_replies";

    fn unique_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// The background work of this crate.
pub fn register_jobs(registry: &mut Registry) {
    registry.handle(sweep);
    registry.schedule("web.sweep_replies", Schedule::every(Duration::from_secs(3600)), || {
        NewJob::of(None, &SweepReplies {}, When::Now)
    });
}

async fn sweep(context: JobContext, _: SweepReplies) -> Result<(), Failure> {
    let moment = context.clock.now().minus(KEPT);
    loop {
        let mut tx = context.db.system("replies older than a day").await?;
        let gone = store::delete_older(&mut tx, moment, CHUNK).await?;
        tx.commit().await?;
        if gone < CHUNK as u64 {
            return Ok(());
        }
    }
}
