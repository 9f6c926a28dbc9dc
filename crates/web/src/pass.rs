//! The right to a long answer, asked for again while it lasts: who was removed or signed out hears no more.

use std::sync::Arc;

use axum::http::{HeaderMap, Request, header, request::Parts};
use kernel::{Actor, Error, Permission, Result, WorkspaceId};

use crate::{Visit, gate::Credential, shared::Shared};

/// What a visitor showed at the door, to be looked at again.
pub struct Pass {
    shared: Arc<Shared>,
    credentials: Parts,
    /// Whether the address belongs to the API, where other credentials count than on pages.
    api: bool,
    workspace: WorkspaceId,
    permission: Permission,
}

impl Pass {
    /// The pass of a visit of a workspace that needed this permission.
    pub fn of(visit: &Visit, headers: &HeaderMap, permission: Permission) -> Self {
        let (mut credentials, ()) = Request::new(()).into_parts();
        for name in [header::AUTHORIZATION, header::COOKIE] {
            for value in headers.get_all(&name) {
                credentials.headers.append(&name, value.clone());
            }
        }
        Pass {
            shared: visit.shared.clone(),
            credentials,
            api: visit.path.starts_with("/api/"),
            workspace: visit.workspace(),
            permission,
        }
    }

    /// Who the visitor is by now; an error when they may not be here any more.
    pub async fn renew(&self) -> Result<Actor> {
        let visitor = self.shared.gate.identify(&self.credentials, self.api).await?;
        let actor = match visitor.credential {
            None => return Err(Error::Unauthorized("Sign in again.")),
            Some(Credential::ApiKey { id, tenant, scopes }) if tenant.id == self.workspace => {
                Actor::ApiKey { id, scopes }
            }
            Some(Credential::ApiKey { .. }) => return Err(Error::NotFound),
            Some(Credential::Session { person, .. } | Credential::Token { person }) => {
                let memberships = self.shared.gate.memberships(person.id).await?;
                let here = memberships.into_iter().find(|(tenant, _)| tenant.id == self.workspace);
                let (_, role) = here.ok_or(Error::NotFound)?;
                Actor::User { id: person.id, role: Some(role), operator: person.operator }
            }
        };
        if actor.may(self.permission) {
            return Ok(actor);
        }
        Err(Error::Forbidden("You may do this no more.".into()))
    }
}
