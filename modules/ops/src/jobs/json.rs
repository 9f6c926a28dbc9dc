//! Queues and jobs as the API speaks them; pages are made of the same.

use ::jobs::{
    JobId,
    desk::{DeadJob, QueueState, RunningJob},
};
use kernel::{Result, Timestamp, WorkspaceId};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// The queue at a glance.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Overview {
    pub(crate) queues: Vec<Queue>,
    pub(crate) running: Vec<Running>,
}

/// One queue that holds something.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(crate) struct Queue {
    pub(crate) queue: String,
    /// Waiting for a worker.
    pub(crate) ready: u64,
    /// Held by a worker.
    pub(crate) running: u64,
    /// For later, or waiting for the next attempt.
    pub(crate) scheduled: u64,
    /// Could not be done.
    pub(crate) dead: u64,
    /// Seconds that the oldest ready job has waited; null when none is ready.
    pub(crate) oldest_age: Option<f64>,
}

impl Queue {
    pub(crate) fn of(state: QueueState) -> Self {
        Queue {
            queue: state.queue,
            ready: state.ready,
            running: state.running,
            scheduled: state.scheduled,
            dead: state.dead,
            oldest_age: state.oldest_age.map(|age| age.as_secs_f64()),
        }
    }
}

/// A job that a worker holds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Running {
    pub(crate) id: JobId,
    /// Whose it is; null for the house's own.
    pub(crate) workspace_id: Option<WorkspaceId>,
    pub(crate) queue: String,
    pub(crate) kind: String,
    /// 1 for the first.
    pub(crate) attempt: i64,
    pub(crate) max_attempts: i64,
    /// Without a sign of life until then, another worker takes over.
    pub(crate) lease_until: Timestamp,
    /// The request that caused it.
    pub(crate) request_id: Option<String>,
}

impl Running {
    pub(crate) fn of(job: RunningJob) -> Self {
        Running {
            id: job.id,
            workspace_id: job.workspace(),
            queue: job.queue,
            kind: job.kind,
            attempt: job.attempt,
            max_attempts: job.max_attempts,
            lease_until: job.lease_until,
            request_id: job.request,
        }
    }
}

/// A job that could not be done.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DeadLetter {
    pub(crate) id: JobId,
    /// Whose it is; null for the house's own.
    pub(crate) workspace_id: Option<WorkspaceId>,
    pub(crate) queue: String,
    pub(crate) kind: String,
    /// What it was to do.
    #[schema(value_type = Object)]
    pub(crate) payload: Value,
    pub(crate) attempts: i64,
    pub(crate) max_attempts: i64,
    /// Why the last attempt failed.
    pub(crate) error: String,
    /// The request that caused it.
    pub(crate) request_id: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) died_at: Timestamp,
}

impl DeadLetter {
    pub(crate) fn of(job: DeadJob) -> Result<Self> {
        Ok(DeadLetter {
            id: job.id,
            workspace_id: job.workspace(),
            payload: job.payload.read()?,
            queue: job.queue,
            kind: job.kind,
            attempts: job.attempts,
            max_attempts: job.max_attempts,
            error: job.error,
            request_id: job.request,
            created_at: job.created_at,
            died_at: job.died_at,
        })
    }
}

/// A page of dead letters.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only names the shape in the document")]
pub(crate) struct DeadLetters {
    data: Vec<DeadLetter>,
    /// Null on the last page.
    next_cursor: Option<String>,
}
