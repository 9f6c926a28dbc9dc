//! What can be queued.

use std::time::Duration;

use db::Json;
use kernel::{Result, Timestamp, WorkspaceId};
use serde::{Serialize, de::DeserializeOwned};

use crate::current_request;

/// Work to be done later: small, serializable, and safe to do twice.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Such as `submissions.process`; what is stored names it for ever.
    const KIND: &'static str;
    /// Each queue has its own handlers at a time, so that slow work does not hold up quick work.
    const QUEUE: &'static str = "default";
    /// After this many attempts it is a dead letter.
    const MAX_ATTEMPTS: u32 = 12;

    /// While a job of this kind and workspace waits (not: runs) with this key, another is not added.
    fn unique_key(&self) -> Option<String> {
        None
    }
}

/// When a job may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// As soon as the transaction is committed.
    Now,
    /// Not before this moment.
    At(Timestamp),
    /// After this time, so that a job with a unique key covers what comes in meanwhile.
    After(Duration),
}

impl When {
    /// The moment meant by it.
    pub(crate) fn moment(self, now: Timestamp) -> Timestamp {
        match self {
            When::Now => now,
            When::At(moment) => moment,
            When::After(pause) => now.plus(pause),
        }
    }
}

/// A job with its type erased, so that different ones can be enqueued together.
#[derive(Debug)]
pub struct NewJob {
    pub(crate) workspace: Option<WorkspaceId>,
    pub(crate) queue: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) payload: Result<Json>,
    pub(crate) max_attempts: u32,
    pub(crate) unique_key: Option<String>,
    pub(crate) request: Option<String>,
    pub(crate) when: When,
}

impl NewJob {
    /// A job of a workspace, or of the house itself when `workspace` is none.
    /// It remembers the request that [`crate::with_request`] set around the caller.
    pub fn of<J: Job>(workspace: Option<WorkspaceId>, job: &J, when: When) -> Self {
        NewJob {
            workspace,
            queue: J::QUEUE,
            kind: J::KIND,
            payload: Json::of(job),
            max_attempts: J::MAX_ATTEMPTS,
            unique_key: job.unique_key(),
            request: current_request(),
            when,
        }
    }

    /// Names the request that caused it, for the logs.
    #[must_use]
    pub fn caused_by(mut self, request: impl Into<String>) -> Self {
        self.request = Some(request.into());
        self
    }
}
