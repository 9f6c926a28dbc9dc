//! Whose submission it is.

use axum::{http::HeaderMap, response::Response};
use db::Tx;
use kernel::{Error, Result, UserId};
use serde::Deserialize;
use web::{Editable, Form, Query, Reply, Visit};

use super::{
    place::Place,
    state::change::Step,
    work::{self, Case, work},
};

/// The step that gives it to a member, or to nobody.
pub(crate) async fn step(tx: &mut Tx, assignee: Option<UserId>) -> Result<Step> {
    if let Some(id) = assignee
        && workspaces::person(tx, id).await?.is_none()
    {
        let message = "This person is no member of the workspace.";
        return Err(Error::invalid("assignee", "not_a_member", message));
    }
    Ok(Step::Assign { assignee })
}

/// Who is picked; empty for nobody.
#[derive(Debug, Deserialize)]
pub(crate) struct Picked {
    assignee: String,
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    case: Editable<Case>,
    Query(place): Query<Vec<(String, String)>>,
    Form(picked): Form<Picked>,
) -> Reply<Response> {
    let place = Place::read(&place)?;
    let picked = Some(picked.assignee).filter(|text| !text.is_empty());
    let id = picked.as_deref().map(str::parse).transpose();
    let id = id.map_err(|_| Error::invalid("assignee", "invalid", "Pick a member."))?;
    let step = step(&mut visit.read().await?, id).await?;
    work(&visit, &case, step).await?;
    let text = if id.is_some() { "Assigned" } else { "Given back" };
    work::shown(&visit, &headers, &case.0, &place, text).await
}
