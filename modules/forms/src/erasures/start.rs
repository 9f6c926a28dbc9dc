//! The word on what was found: it is erased, by a job.

use axum::{extract::State, http::StatusCode, response::Response};
use jobs::When;
use kernel::{Error, Result};
use web::{Cx, Editable, Reply, Visit};

use super::{Erasure, KEPT_AT_WORK, json::ErasureJson, steps::Step, store};
use crate::{Forms, events::ErasureStarted, jobs::RunErasure, paths};

/// 409 while the search goes on, and when it is over.
async fn start(cx: &Cx, erasure: &Editable<Erasure>) -> Result<Erasure> {
    let mut tx = cx.begin().await?;
    let (now, until) = (cx.now(), cx.now().plus(KEPT_AT_WORK));
    if !store::start(&mut tx, erasure.id, Step::FIRST.word(), (now, until)).await? {
        let now = store::find_erasure(&mut tx, erasure.id).await?.ok_or(Error::NotFound)?;
        return Err(now.out_of_turn());
    }
    let (workspace_id, erasure_id) = (cx.workspace(), erasure.id.to_string());
    tx.record(&ErasureStarted { workspace_id, erasure_id }).await?;
    tx.enqueue(&RunErasure { erasure_id: erasure.id }, When::Now).await?;
    let started = store::find_erasure(&mut tx, erasure.id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(started)
}

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    erasure: Editable<Erasure>,
) -> Reply<Response> {
    let started = start(&visit, &erasure).await?;
    let json = ErasureJson::find(&forms, &visit, &started).await?;
    Ok(web::with_status(StatusCode::ACCEPTED, &json))
}

pub(crate) async fn page(visit: Visit, erasure: Editable<Erasure>) -> Reply<Response> {
    let here = paths::erasure(visit.slug(), erasure.id);
    match start(&visit, &erasure).await {
        Ok(_) => Ok(web::done(&here, "It is being erased")),
        Err(error @ Error::Conflict { .. }) => Ok(web::refused(&here, &error.to_string())),
        Err(error) => Err(error.into()),
    }
}
