//! Stopping an export that waits or runs; what it has written goes.

use axum::response::Response;
use kernel::{Error, Result};
use web::{Cx, Editable, Reply, Visit};

use super::{Export, Status, json::ExportJson, store};
use crate::{events::ExportCancelled, paths};

/// The job hears of it within a second of work. 409 when it is over already.
async fn cancel(cx: &Cx, export: &Editable<Export>) -> Result<Export> {
    let mut tx = cx.begin().await?;
    if !store::end_export(&mut tx, export.id, Status::Cancelled, None, cx.now()).await? {
        return Err(Error::conflict(
            "export_ended",
            "This export is over; there is nothing to stop.",
        ));
    }
    let (form_id, export_id) = (export.form_id, export.id.to_string());
    tx.record(&ExportCancelled { form_id, export_id }).await?;
    let ended = store::find_export(&mut tx, export.id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(ended)
}

pub(crate) async fn page(visit: Visit, export: Editable<Export>) -> Reply<Response> {
    let list = paths::exports(visit.slug(), export.form_id);
    match cancel(&visit, &export).await {
        Ok(_) => Ok(web::done(&list, "The export was stopped")),
        Err(error @ Error::Conflict { .. }) => Ok(web::refused(&list, &error.to_string())),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn api(visit: Visit, export: Editable<Export>) -> Reply<Response> {
    let ended = cancel(&visit, &export).await?;
    Ok(web::json(&ExportJson::of(&ended, visit.now())?))
}
