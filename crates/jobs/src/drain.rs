//! Working the queue by hand, for tests and commands.

use std::{sync::Arc, time::Duration};

use db::Db;
use kernel::{Chance, Clock, Result};

use crate::{
    Registry,
    worker::{
        bench::{Bench, Chores, Line},
        run,
    },
};

/// Long enough for any batch: nobody keeps these leases alive.
const LEASE: Duration = Duration::from_secs(3600);
const BATCH: usize = 100;

/// Does all jobs that are ready or due by the clock, and those they enqueue, one after another, until
/// nothing is left to do now; tells how many attempts were made. Schedules fire, too. What fails is
/// settled as by a worker: it waits for its next attempt or is a dead letter.
pub async fn run_until_idle(
    db: &Db,
    registry: &Arc<Registry>,
    clock: &Clock,
    chance: &Chance,
) -> Result<usize> {
    let bench = Arc::new(Bench {
        db: db.clone(),
        registry: registry.clone(),
        clock: clock.clone(),
        chance: chance.clone(),
        lease: LEASE,
    });
    let mut lines: Vec<Line> = registry.queues().map(Line::new).collect();
    let mut settled = Vec::new();
    let mut count = 0;
    loop {
        for line in &mut lines {
            (line.room, line.hungry) = (BATCH, true);
        }
        let chores =
            Chores { settled: &settled, look_at_clock: true, announce: count == 0, extend: &[] };
        let report = bench.round(&chores, &mut lines).await?;
        if report.claimed.is_empty() && report.next_due.is_none_or(|due| due > clock.now()) {
            return Ok(count);
        }
        settled.clear();
        for (line, job) in report.claimed {
            count += 1;
            settled.push(run::attempt(bench.clone(), lines[line].queue.clone(), job).await);
        }
    }
}
