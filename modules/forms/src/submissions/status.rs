//! The status of a submission.

use axum::{http::HeaderMap, response::Response};
use kernel::Result;
use serde::Deserialize;
use web::{Cx, Editable, Form, Query, Reply, Visit};

use super::{
    place::Place,
    state::change::Step,
    statuses,
    work::{self, Case, work},
};

/// Which status is picked.
#[derive(Debug, Deserialize)]
pub(crate) struct Picked {
    status: String,
}

async fn set(cx: &Cx, case: &Editable<Case>, status: String) -> Result<()> {
    statuses::expect(&mut cx.read().await?, case.0.form_id, &status).await?;
    work(cx, case, Step::SetStatus { status }).await
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    case: Editable<Case>,
    Query(place): Query<Vec<(String, String)>>,
    Form(picked): Form<Picked>,
) -> Reply<Response> {
    let place = Place::read(&place)?;
    set(&visit, &case, picked.status).await?;
    work::shown(&visit, &headers, &case.0, &place, "Status saved").await
}
