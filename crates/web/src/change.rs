//! A change in progress: rows, events and jobs that become true together or not at all.

use std::ops::{Deref, DerefMut};

use db::Tx;
use events::{Cause, Event, MAX_DEPTH, Recorded};
use jobs::{Job, When};
use kernel::{Error, Result, Timestamp, WorkspaceId};

use crate::{Cx, House};

/// An open transaction of an action; stores take it as their `&mut Tx`.
pub struct Change {
    tx: Tx,
    cx: Cx,
}

impl Cx {
    /// Begins a change of the workspace's rows.
    pub async fn begin(&self) -> Result<Change> {
        Ok(Change { tx: self.house.db.begin(self.workspace()).await?, cx: self.clone() })
    }
}

impl Change {
    /// The present.
    pub fn now(&self) -> Timestamp {
        self.cx.now()
    }

    /// Appends a fact to the log and enqueues what is wired to it.
    pub async fn record<E: Event>(&mut self, event: &E) -> Result<Recorded> {
        let (workspace, actor, cause) =
            (self.cx.workspace(), self.cx.actor().name(), self.cx.cause());
        record(&self.cx.house, &mut self.tx, workspace, &actor, cause, event).await
    }

    /// Adds a job that runs after the commit.
    pub async fn enqueue<J: Job>(&mut self, job: &J, when: When) -> Result<()> {
        let (now, workspace) = (self.cx.now(), self.cx.workspace());
        jobs::enqueue(&mut self.tx, Some(workspace), job, when, now, self.cx.chance()).await
    }

    /// Makes it all durable.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await
    }
}

/// Appends a fact to the log of any workspace and enqueues what is wired to it; for writers that
/// serve many workspaces in one transaction.
pub async fn record<E: Event>(
    house: &House,
    tx: &mut Tx,
    workspace: WorkspaceId,
    actor: &str,
    cause: Cause,
    event: &E,
) -> Result<Recorded> {
    if cause.depth > MAX_DEPTH {
        return Err(Error::internal(format!(
            "{} follows from {MAX_DEPTH} automatic steps: a loop",
            E::KIND
        )));
    }
    let now = house.clock.now();
    let recorded = events::append(tx, workspace, actor, cause, now, event).await?;
    let jobs = house.wiring.jobs_for(&recorded);
    jobs::enqueue_many(tx, jobs, now, &house.chance).await?;
    Ok(recorded)
}

impl Deref for Change {
    type Target = Tx;

    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut Tx {
        &mut self.tx
    }
}
