//! Who is asking: what the identity and workspace systems answer to the layer that guards the routes.

use axum::http::{HeaderMap, request::Parts};
use futures::future::BoxFuture;
use kernel::{ApiKeyId, Result, Role, Scopes, UserId, WorkspaceId};

/// Someone at the door.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// What they showed; nothing makes them anonymous.
    pub credential: Option<Credential>,
}

/// What a visitor showed.
#[derive(Debug, Clone)]
pub enum Credential {
    /// A session cookie of the browser.
    Session { person: Person, csrf_token: String },
    /// A token from `POST /api/auth/login`.
    Token { person: Person },
    /// An API key, bound to its workspace.
    ApiKey { id: ApiKeyId, tenant: Tenant, scopes: Scopes },
}

/// A person with an account.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    pub email: String,
    /// Runs the installation.
    pub operator: bool,
}

/// A workspace as addresses and frames name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    pub id: WorkspaceId,
    pub slug: String,
    pub name: String,
}

impl Visitor {
    /// The person, when it is one.
    pub fn person(&self) -> Option<&Person> {
        match self.credential.as_ref()? {
            Credential::Session { person, .. } | Credential::Token { person } => Some(person),
            Credential::ApiKey { .. } => None,
        }
    }

    /// The session's token against forged requests; empty without a session.
    pub fn csrf_token(&self) -> &str {
        match &self.credential {
            Some(Credential::Session { csrf_token, .. }) => csrf_token,
            _ => "",
        }
    }
}

/// Answered by the systems that know people and workspaces.
pub trait Gate: Send + Sync {
    /// Who sent these headers; `api` tells which credentials count: bearer there, cookies on pages.
    /// A credential that is wrong is an error, none at all is an anonymous visitor.
    fn identify<'a>(&'a self, parts: &'a Parts, api: bool) -> BoxFuture<'a, Result<Visitor>>;

    /// The workspaces of a person with the role in each, that of the oldest membership first. It is the
    /// person's home: whoever adds them to another workspace does not change it.
    fn memberships<'a>(&'a self, user: UserId) -> BoxFuture<'a, Result<Vec<(Tenant, Role)>>>;
}

/// The header by which a token's request names its workspace, by slug or id.
pub(crate) fn named_workspace(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-workspace").and_then(|value| value.to_str().ok())
}
