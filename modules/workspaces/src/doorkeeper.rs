//! Who is asking: a cookie on pages, a bearer token or key on the API, and the workspaces of each.

use std::sync::Arc;

use axum::http::{HeaderMap, header::AUTHORIZATION, request::Parts};
use db::Cache;
use futures::future::BoxFuture;
use identity::{Identity, User};
use kernel::{Error, Result, Role, UserId, WorkspaceId};
use web::{Credential, Gate, Person, Tenant, Visitor};

use crate::{
    members::{self, SIGNAL},
    workspaces,
};

/// Sent with a workspace's id when its name or address changed.
const RENAMED: &str = "workspaces";

/// People and workspaces remembered at once.
const KEPT: u64 = 100_000;

type Memberships = Arc<Vec<(Tenant, Role)>>;

/// Answers the guard of every route; cheap to clone.
#[derive(Clone)]
pub(crate) struct Doorkeeper {
    identity: Identity,
    memberships: Arc<Cache<UserId, Memberships>>,
    tenants: Arc<Cache<WorkspaceId, Tenant>>,
}

impl Doorkeeper {
    pub(crate) fn new(identity: Identity) -> Self {
        let db = &identity.house().db;
        let memberships = Cache::start(db, SIGNAL, KEPT);
        let tenants = Cache::start(db, RENAMED, KEPT);
        Doorkeeper { memberships: Arc::new(memberships), tenants: Arc::new(tenants), identity }
    }

    /// The person's memberships changed: what was remembered here is good no more.
    pub(crate) fn forget(&self, user: UserId) {
        self.memberships.forget(&user);
    }

    /// Fresh or remembered; the first is the person's home.
    pub(crate) async fn memberships_of(&self, user: UserId) -> Result<Memberships> {
        let missed = match self.memberships.get(&user) {
            Ok(known) => return Ok(known),
            Err(missed) => missed,
        };
        let mut tx = self.identity.house().db.system_read("the workspaces of a person").await?;
        let found = Arc::new(members::memberships(&mut tx, user).await?);
        self.memberships.insert(missed, user, found.clone());
        Ok(found)
    }

    async fn tenant(&self, id: WorkspaceId) -> Result<Tenant> {
        let missed = match self.tenants.get(&id) {
            Ok(known) => return Ok(known),
            Err(missed) => missed,
        };
        let mut tx = self.identity.house().db.system_read("the workspace of a key").await?;
        let found = workspaces::find(&mut tx, id).await?;
        let tenant =
            found.map(Tenant::from).ok_or(Error::Unauthorized("Its workspace is gone."))?;
        self.tenants.insert(missed, id, tenant.clone());
        Ok(tenant)
    }

    async fn by_cookie(&self, headers: &HeaderMap) -> Result<Option<Credential>> {
        let session = self.identity.find_session(headers).await?;
        Ok(session.map(|session| Credential::Session {
            person: person(session.user),
            csrf_token: session.csrf_token,
        }))
    }

    async fn by_bearer(&self, headers: &HeaderMap) -> Result<Option<Credential>> {
        let Some(header) = headers.get(AUTHORIZATION) else { return Ok(None) };
        let token = bearer(header.to_str().unwrap_or_default())
            .ok_or(Error::Unauthorized("Send the key or token as “Bearer …”."))?;
        if !token.starts_with("mwz_") {
            let user = self.identity.check_access_token(token).await?;
            return Ok(Some(Credential::Token { person: person(user) }));
        }
        let holder = self.identity.check_api_key(token).await?;
        let tenant = self.tenant(holder.workspace).await?;
        Ok(Some(Credential::ApiKey { id: holder.id, tenant, scopes: holder.scopes }))
    }
}

impl Gate for Doorkeeper {
    fn identify<'a>(&'a self, parts: &'a Parts, api: bool) -> BoxFuture<'a, Result<Visitor>> {
        Box::pin(async move {
            let credential = if api {
                self.by_bearer(&parts.headers).await?
            } else {
                self.by_cookie(&parts.headers).await?
            };
            Ok(Visitor { credential })
        })
    }

    fn memberships<'a>(&'a self, user: UserId) -> BoxFuture<'a, Result<Vec<(Tenant, Role)>>> {
        Box::pin(async move { Ok(self.memberships_of(user).await?.to_vec()) })
    }
}

/// The scheme's name is written in any case (RFC 9110, section 11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn person(user: User) -> Person {
    let User { id, name, email, operator } = user;
    Person { id, name, email, operator }
}
