//! New tokens for a refresh token.

use axum::{extract::State, response::Response};
use kernel::{Result, UserId};
use serde::Deserialize;
use web::{Json, Reply};

use super::json::SignedIn;
use crate::{Workspaces, workspaces::Summary};

/// A refresh token.
#[derive(Deserialize, utoipa::ToSchema)]
pub(crate) struct Refresh {
    pub(crate) refresh_token: String,
}

impl Workspaces {
    /// The home of a person.
    pub(crate) async fn first_workspace(&self, user: UserId) -> Result<Option<Summary>> {
        let memberships = self.0.doorkeeper.memberships_of(user).await?;
        Ok(memberships.first().map(|(tenant, _)| tenant.clone().into()))
    }
}

pub(crate) async fn api(
    State(workspaces): State<Workspaces>,
    Json(refresh): Json<Refresh>,
) -> Reply<Response> {
    let (user, tokens) = workspaces.0.identity.refresh(&refresh.refresh_token).await?;
    let workspace = workspaces.first_workspace(user.id).await?;
    Ok(web::json(&SignedIn::of(tokens, &user, workspace)))
}
