//! Who acts.

use crate::{Permission, Role, Scopes, typed_id};

typed_id!(/// A person with an account.
    pub UserId, UserKind, "usr");
typed_id!(/// A tenant.
    pub WorkspaceId, WorkspaceKind, "wsp");
typed_id!(/// A key for programs.
    pub ApiKeyId, ApiKeyKind, "key");

/// Who is behind a change, as far as permissions and the log are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody is signed in: a visitor or a respondent.
    Anonymous,
    /// A person, with the role held in the workspace at hand.
    User { id: UserId, role: Option<Role>, operator: bool },
    /// A program, bound to one workspace.
    ApiKey { id: ApiKeyId, scopes: Scopes },
    /// The house itself: a job, a schedule, a command.
    System,
}

impl Actor {
    /// Whether this actor holds the permission in the workspace at hand.
    pub fn may(&self, permission: Permission) -> bool {
        match self {
            Actor::Anonymous => false,
            Actor::User { role, .. } => role.is_some_and(|role| role >= permission.from),
            Actor::ApiKey { scopes, .. } => scopes.allow(permission),
            Actor::System => true,
        }
    }

    /// How the log names the actor: an id, `system` or `anonymous`.
    pub fn name(&self) -> String {
        match self {
            Actor::Anonymous => "anonymous".into(),
            Actor::User { id, .. } => id.to_string(),
            Actor::ApiKey { id, .. } => id.to_string(),
            Actor::System => "system".into(),
        }
    }

    /// The person, when it is one.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Actor::User { id, .. } => Some(*id),
            _ => None,
        }
    }
}
