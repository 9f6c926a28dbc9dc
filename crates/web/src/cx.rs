//! What every action gets: who acts, in which workspace, when; and the way to the database.

use std::sync::Arc;

use db::{Db, Tx};
use events::Cause;
use jobs::JobContext;
use kernel::{Actor, Chance, Clock, Error, Permission, Result, Timestamp, WorkspaceId};

use crate::Wiring;

/// What all requests and jobs of a process share.
pub struct House {
    pub db: Db,
    pub clock: Clock,
    pub chance: Chance,
    pub wiring: Wiring,
}

/// The context of one action; cheap to clone.
#[derive(Clone)]
pub struct Cx {
    pub(crate) house: Arc<House>,
    workspace: Option<WorkspaceId>,
    actor: Actor,
    cause: Cause,
}

impl Cx {
    /// An actor in a workspace.
    pub fn new(house: Arc<House>, workspace: Option<WorkspaceId>, actor: Actor) -> Self {
        Cx { house, workspace, actor, cause: Cause::default() }
    }

    /// The house itself, acting in the workspace of a job.
    pub fn of_job(house: Arc<House>, job: &JobContext) -> Self {
        Cx::new(house, job.workspace, Actor::System)
    }

    /// The same actor in another workspace, such as the one just made.
    pub fn within(&self, workspace: WorkspaceId) -> Self {
        Cx { workspace: Some(workspace), ..self.clone() }
    }

    /// The same workspace with another actor, such as the one just registered.
    pub fn acting_as(&self, actor: Actor) -> Self {
        Cx { actor, ..self.clone() }
    }

    /// The workspace acted in.
    ///
    /// # Panics
    /// Outside of workspaces: the route's access rule does not fit its handler.
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace.expect("an action of a workspace is called outside of any")
    }

    /// The workspace, if this acts in one.
    pub(crate) fn place(&self) -> Option<WorkspaceId> {
        self.workspace
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The event that this action follows from.
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// The present.
    pub fn now(&self) -> Timestamp {
        self.house.clock.now()
    }

    /// Randomness.
    pub fn chance(&self) -> &Chance {
        &self.house.chance
    }

    /// The database, for the few that cross workspaces.
    pub fn db(&self) -> &Db {
        &self.house.db
    }

    /// What the process shares.
    pub fn house(&self) -> &Arc<House> {
        &self.house
    }

    /// Fine, or 403 with what is lacking.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.actor.may(permission) {
            return Ok(());
        }
        Err(Error::Forbidden(format!(
            "This needs the right to {} ({}).",
            permission.label, permission.key
        )))
    }

    /// A reading transaction: one moment, one workspace.
    pub async fn read(&self) -> Result<Tx> {
        self.house.db.read(self.workspace()).await
    }
}
