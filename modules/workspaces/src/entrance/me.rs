//! Who asks.

use axum::{extract::State, response::Response};
use kernel::Error;
use web::{Reply, Visit};

use super::json::{Me, Who};
use crate::{Workspaces, workspaces::List};

pub(crate) async fn api(State(workspaces): State<Workspaces>, visit: Visit) -> Reply<Response> {
    let id = visit.person()?.id;
    let mut tx = visit.db().system_read("who asks").await?;
    let user = identity::find_user(&mut tx, id).await?.ok_or(Error::NotFound)?;
    drop(tx);
    let memberships = workspaces.0.doorkeeper.memberships_of(id).await?;
    Ok(web::json(&Me { user: Who::of(&user), workspaces: List::of(&memberships) }))
}
