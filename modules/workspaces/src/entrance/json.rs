//! What programs see of people at the entrance.

use identity::{Tokens, User};
use kernel::UserId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::workspaces::{List, Summary};

/// A person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub(crate) struct Who {
    id: UserId,
    name: String,
    email: String,
}

impl Who {
    pub(crate) fn of(user: &User) -> Self {
        Who { id: user.id, name: user.name.clone(), email: user.email.clone() }
    }
}

/// What a program gets when a person signs in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignedIn {
    /// Send it as `Authorization: Bearer …`.
    access_token: String,
    /// Send it to `POST /api/auth/refresh`, once.
    refresh_token: String,
    /// Seconds that the access token is good for.
    #[schema(example = 3600)]
    expires_in: u64,
    user: Who,
    /// The one that the person has been in for longest; null for who has none.
    workspace: Option<Summary>,
}

impl SignedIn {
    pub(crate) fn of(tokens: Tokens, user: &User, workspace: Option<Summary>) -> Self {
        let Tokens { access_token, refresh_token, expires_in } = tokens;
        SignedIn { access_token, refresh_token, expires_in, user: Who::of(user), workspace }
    }
}

/// The one who asks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    pub(crate) user: Who,
    pub(crate) workspaces: List,
}
