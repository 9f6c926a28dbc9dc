//! What this system tells the log.

use events::Event;
use kernel::{ApiKeyId, EntityRef, UserId};
use serde::Serialize;

/// Someone made an account; recorded in the workspace that was made with it.
#[derive(Debug, Serialize)]
pub struct UserRegistered {
    pub user: UserId,
    pub name: String,
}

/// A key was made.
#[derive(Debug, Serialize)]
pub struct ApiKeyCreated {
    pub key: ApiKeyId,
    pub name: String,
    /// Permission keys separated by spaces.
    pub scopes: String,
}

/// A key stopped being good for anything.
#[derive(Debug, Serialize)]
pub struct ApiKeyRevoked {
    pub key: ApiKeyId,
    pub name: String,
}

impl Event for UserRegistered {
    const KIND: &'static str = "user.registered";

    fn subject(&self) -> EntityRef {
        self.user.to_string()
    }
}

impl Event for ApiKeyCreated {
    const KIND: &'static str = "api_key.created";

    fn subject(&self) -> EntityRef {
        self.key.to_string()
    }
}

impl Event for ApiKeyRevoked {
    const KIND: &'static str = "api_key.revoked";

    fn subject(&self) -> EntityRef {
        self.key.to_string()
    }
}
