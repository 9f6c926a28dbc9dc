//! Jobs as the operator sees them: dead letters, and what is running.

use db::{FromRow, Json};
use kernel::{Timestamp, WorkspaceId};

use crate::JobId;

/// A job that could not be done.
#[derive(Debug, Clone, FromRow)]
pub struct DeadJob {
    pub id: JobId,
    #[row(rename = "workspace_id")]
    owner: String,
    pub queue: String,
    pub kind: String,
    pub payload: Json,
    pub attempts: i64,
    pub max_attempts: i64,
    pub error: String,
    #[row(rename = "request_id")]
    pub request: Option<String>,
    pub created_at: Timestamp,
    pub died_at: Timestamp,
}

/// A job that a worker holds.
#[derive(Debug, Clone, FromRow)]
pub struct RunningJob {
    pub id: JobId,
    #[row(rename = "workspace_id")]
    owner: String,
    pub queue: String,
    pub kind: String,
    pub attempt: i64,
    pub max_attempts: i64,
    /// Without a sign of life until then, another worker takes over.
    pub lease_until: Timestamp,
    #[row(rename = "request_id")]
    pub request: Option<String>,
}

impl DeadJob {
    /// Whose it is; none for the house's own.
    pub fn workspace(&self) -> Option<WorkspaceId> {
        self.owner.parse().ok()
    }
}

impl RunningJob {
    /// Whose it is; none for the house's own.
    pub fn workspace(&self) -> Option<WorkspaceId> {
        self.owner.parse().ok()
    }
}
