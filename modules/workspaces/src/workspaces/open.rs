//! Going into a workspace, and choosing one.

use axum::{extract::State, response::Response};
use web::{Reply, Visit};

use super::json::List;
use crate::{Workspaces, paths};

pub(crate) async fn page(visit: Visit) -> Response {
    web::see_other(&paths::start(visit.slug()))
}

pub(crate) async fn api(State(workspaces): State<Workspaces>, visit: Visit) -> Reply {
    let memberships = workspaces.0.doorkeeper.memberships_of(visit.person()?.id).await?;
    Ok(web::json(&List::of(&memberships)))
}
