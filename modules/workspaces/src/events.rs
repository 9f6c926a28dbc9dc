//! What this system tells the log.

use events::Event;
use kernel::{EntityRef, Role, UserId, WorkspaceId};
use serde::Serialize;

/// A workspace began.
#[derive(Debug, Serialize)]
pub struct WorkspaceCreated {
    pub workspace: WorkspaceId,
    pub slug: String,
    pub name: String,
}

/// Someone belongs to the workspace now.
#[derive(Debug, Serialize)]
pub struct MemberAdded {
    pub user: UserId,
    pub role: Role,
}

/// Someone may now do more, or less.
#[derive(Debug, Serialize)]
pub struct MemberRoleChanged {
    pub user: UserId,
    pub from: Role,
    pub to: Role,
}

/// Someone belongs to the workspace no more.
#[derive(Debug, Serialize)]
pub struct MemberRemoved {
    pub user: UserId,
    pub role: Role,
}

impl Event for WorkspaceCreated {
    const KIND: &'static str = "workspace.created";

    fn subject(&self) -> EntityRef {
        self.workspace.to_string()
    }
}

impl Event for MemberAdded {
    const KIND: &'static str = "member.added";

    fn subject(&self) -> EntityRef {
        self.user.to_string()
    }
}

impl Event for MemberRoleChanged {
    const KIND: &'static str = "member.role_changed";

    fn subject(&self) -> EntityRef {
        self.user.to_string()
    }
}

impl Event for MemberRemoved {
    const KIND: &'static str = "member.removed";

    fn subject(&self) -> EntityRef {
        self.user.to_string()
    }
}
