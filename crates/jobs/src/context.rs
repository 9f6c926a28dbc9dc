//! What a handler gets to work with.

use db::{Db, Tx};
use kernel::{Chance, Clock, Error, Result, WorkspaceId};

use crate::{JobId, store};

/// One attempt at one job: the tools of the house, and who it is for.
#[derive(Clone)]
pub struct JobContext {
    pub db: Db,
    pub clock: Clock,
    pub chance: Chance,
    /// None for the house's own jobs.
    pub workspace: Option<WorkspaceId>,
    pub id: JobId,
    /// 1 for the first.
    pub attempt: u32,
    /// The request that caused it, for the logs.
    pub request: Option<String>,
    pub(crate) lease: i64,
}

impl JobContext {
    /// Ends the job inside the handler's own transaction, so that effects and completion are one commit.
    /// Refused with a conflict when the lease was lost to another worker: then nothing may be committed.
    pub async fn finish(&self, tx: &mut Tx) -> Result<()> {
        if store::delete_held(tx, self.id, self.lease).await? {
            return Ok(());
        }
        Err(Error::conflict("lease_lost", "Another worker has taken this job over."))
    }
}
