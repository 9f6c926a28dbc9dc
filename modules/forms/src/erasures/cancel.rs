//! Forgetting a search: nothing is erased, and the address is kept no longer.

use axum::{extract::State, response::Response};
use kernel::{Error, Result};
use web::{Cx, Editable, Reply, Visit};

use super::{Erasure, Status, json::ErasureJson, store};
use crate::{Forms, events::ErasureCancelled, paths};

/// 409 when it is being erased, or is over.
async fn cancel(cx: &Cx, erasure: &Editable<Erasure>) -> Result<Erasure> {
    let mut tx = cx.begin().await?;
    let step = (&[Status::Searching, Status::Found][..], Status::Cancelled);
    if !store::end(&mut tx, erasure.id, step, None, cx.now()).await? {
        let now = store::find_erasure(&mut tx, erasure.id).await?.ok_or(Error::NotFound)?;
        return Err(now.out_of_turn());
    }
    let (workspace_id, erasure_id) = (cx.workspace(), erasure.id.to_string());
    tx.record(&ErasureCancelled { workspace_id, erasure_id }).await?;
    let ended = store::find_erasure(&mut tx, erasure.id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(ended)
}

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    erasure: Editable<Erasure>,
) -> Reply<Response> {
    let ended = cancel(&visit, &erasure).await?;
    Ok(web::json(&ErasureJson::find(&forms, &visit, &ended).await?))
}

pub(crate) async fn page(visit: Visit, erasure: Editable<Erasure>) -> Reply<Response> {
    let here = paths::erasure(visit.slug(), erasure.id);
    match cancel(&visit, &erasure).await {
        Ok(_) => Ok(web::done(
            &paths::erasures(visit.slug()),
            "The search and its address are forgotten",
        )),
        Err(error @ Error::Conflict { .. }) => Ok(web::refused(&here, &error.to_string())),
        Err(error) => Err(error.into()),
    }
}
