//! Stopping an import that waits or runs; what is stored by then stays.

use axum::response::Response;
use kernel::{Error, Result};
use web::{Cx, Editable, Reply, Visit};

use super::{Import, Status, json::ImportJson, store};
use crate::{events::ImportCancelled, paths};

/// The job hears of it with its next rows. 409 when it is over already.
async fn cancel(cx: &Cx, import: &Editable<Import>) -> Result<Import> {
    let mut tx = cx.begin().await?;
    if !store::end(&mut tx, import.id, Status::Cancelled, None, cx.now()).await? {
        return Err(Error::conflict(
            "import_ended",
            "This import is not at work; there is nothing to stop.",
        ));
    }
    let (form_id, import_id) = (import.form_id, import.id.to_string());
    tx.record(&ImportCancelled { form_id, import_id }).await?;
    let ended = store::find_import(&mut tx, import.id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(ended)
}

pub(crate) async fn page(visit: Visit, import: Editable<Import>) -> Reply<Response> {
    let here = paths::import(visit.slug(), import.id);
    match cancel(&visit, &import).await {
        Ok(_) => Ok(web::done(&here, "The import was stopped")),
        Err(error @ Error::Conflict { .. }) => Ok(web::refused(&here, &error.to_string())),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn api(visit: Visit, import: Editable<Import>) -> Reply<Response> {
    let ended = cancel(&visit, &import).await?;
    Ok(web::json(&ImportJson::told(&ended, &visit)?))
}
