//! One round at the queue, in one transaction: settle what ended, keep what runs, look at the clock,
//! claim what is next.

use std::{sync::Arc, time::Duration};

use db::{Db, Tx};
use kernel::{Chance, Clock, Result, Timestamp};

use super::settled::{Settled, settle};
use crate::{
    JobId, Registry, firing,
    store::{self, Claimed, Cursor, DUE_BATCH, Return},
};

/// What every round works with.
pub(crate) struct Bench {
    pub(crate) db: Db,
    pub(crate) registry: Arc<Registry>,
    pub(crate) clock: Clock,
    pub(crate) chance: Chance,
    pub(crate) lease: Duration,
}

/// A queue as one worker sees it.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) queue: Arc<str>,
    cursor: Cursor,
    /// How many may be claimed now.
    pub(crate) room: usize,
    /// Whether there may be something to claim.
    pub(crate) hungry: bool,
}

impl Line {
    pub(crate) fn new(queue: &str) -> Self {
        Line { queue: queue.into(), cursor: Cursor::default(), room: 0, hungry: true }
    }
}

/// What a round is to do besides claiming.
#[derive(Debug, Default)]
pub(crate) struct Chores<'a> {
    pub(crate) settled: &'a [Settled],
    pub(crate) extend: &'a [(JobId, i64)],
    pub(crate) look_at_clock: bool,
    pub(crate) announce: bool,
}

/// What a round brought.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// Each with the index of its line.
    pub(crate) claimed: Vec<(usize, Claimed)>,
    pub(crate) lease_until: Timestamp,
    /// Known when the round looked at the clock.
    pub(crate) next_due: Option<Timestamp>,
}

impl Bench {
    /// One round. When it fails, nothing of it happened.
    pub(crate) async fn round(&self, chores: &Chores<'_>, lines: &mut [Line]) -> Result<Report> {
        let now = self.clock.now();
        let lease_until = now.plus(self.lease);
        let mut report = Report { lease_until, ..Report::default() };
        let mut tx = self.db.system("the queue serves all workspaces").await?;
        store::prepare_round(&mut tx).await?;
        settle(&mut tx, chores.settled, now).await?;
        if !chores.extend.is_empty() {
            store::extend_leases(&mut tx, chores.extend, lease_until).await?;
        }
        if chores.announce {
            firing::announce(&mut tx, &self.registry, now).await?;
        }
        if chores.look_at_clock {
            report.next_due = self.look_at_clock(&mut tx, lines, now).await?;
        }
        for (index, line) in lines.iter_mut().enumerate() {
            let claimed = self.claim(&mut tx, line, lease_until).await?;
            report.claimed.extend(claimed.into_iter().map(|job| (index, job)));
        }
        tx.commit().await?;
        Ok(report)
    }

    /// Settles each on its own, so that one that cannot be settled does not hold up the others.
    /// It stays under its lease, and is rescued when that runs out.
    pub(crate) async fn settle_singly(&self, settled: &[Settled]) -> Result<()> {
        for one in settled {
            let mut tx = self.db.system("the queue serves all workspaces").await?;
            let done = settle(&mut tx, std::slice::from_ref(one), self.clock.now()).await;
            match done {
                Ok(()) => tx.commit().await?,
                Err(error @ kernel::Error::Unavailable { .. }) => return Err(error),
                Err(error) => tracing::error!(?error, id = %one.id, "a job cannot be settled"),
            }
        }
        Ok(())
    }

    /// Promotes, rescues and fires; tells when the next of these is due.
    async fn look_at_clock(
        &self,
        tx: &mut Tx,
        lines: &mut [Line],
        now: Timestamp,
    ) -> Result<Option<Timestamp>> {
        let fired = firing::fire(tx, &self.registry, now, &self.chance).await?;
        let promoted = store::promote_due(tx, now).await?;
        let rescued = rescue(tx, now).await?;
        if promoted + rescued + fired.count > 0 {
            lines.iter_mut().for_each(|line| line.hungry = true);
        }
        if promoted == DUE_BATCH {
            return Ok(Some(now));
        }
        let next_job = store::find_next_due(tx).await?;
        Ok(next_job.into_iter().chain(fired.next).min())
    }

    async fn claim(
        &self,
        tx: &mut Tx,
        line: &mut Line,
        lease_until: Timestamp,
    ) -> Result<Vec<Claimed>> {
        if !line.hungry || line.room == 0 {
            return Ok(Vec::new());
        }
        let known = |kind: &str| self.registry.knows(kind);
        let claim =
            store::claim(tx, &line.queue, &mut line.cursor, line.room, lease_until, known).await?;
        line.hungry = claim.more;
        Ok(claim.jobs)
    }
}

/// Takes jobs from workers that have not been heard of for a whole lease. Their attempts count.
async fn rescue(tx: &mut Tx, now: Timestamp) -> Result<usize> {
    const SILENT: &str = "The lease ran out: its worker died, hung, or lost the database.";
    let expired = store::list_expired(tx, now).await?;
    for job in &expired {
        tracing::warn!(id = %job.id, attempt = job.attempt, "rescuing a job");
        if job.attempt >= job.max_attempts {
            store::bury(tx, job.id, job.lease, SILENT, now).await?;
            continue;
        }
        let back = Return {
            id: job.id,
            lease: job.lease,
            queue: &job.queue,
            at: None,
            counts: true,
            error: Some(SILENT),
        };
        store::give_back(tx, &back, now).await?;
    }
    Ok(expired.len())
}
