//! Deleting an export with its file; one that still runs is stopped by it.

use axum::response::Response;
use kernel::{Error, Result};
use web::{Cx, Editable, Reply, Visit};

use super::{Export, ExportId, store};
use crate::{events::ExportDeleted, paths};

async fn delete(cx: &Cx, export: &Editable<Export>) -> Result<()> {
    let mut tx = cx.begin().await?;
    if !remove(&mut tx, export.id).await? {
        return Err(Error::NotFound);
    }
    let (form_id, export_id) = (export.form_id, export.id.to_string());
    tx.record(&ExportDeleted { form_id, export_id }).await?;
    tx.commit().await
}

/// Deletes the row, and the file with the next sweep; false when it was gone already.
pub(crate) async fn remove(tx: &mut db::Tx, id: ExportId) -> Result<bool> {
    let Some(file) = store::delete_export(tx, id).await? else { return Ok(false) };
    if let Some(file) = file {
        let workspace = tx.workspace();
        files::delete(tx, workspace, &[file], &id.to_string()).await?;
    }
    Ok(true)
}

pub(crate) async fn page(visit: Visit, export: Editable<Export>) -> Reply<Response> {
    let list = paths::exports(visit.slug(), export.form_id);
    delete(&visit, &export).await?;
    Ok(web::done(&list, "The export was deleted"))
}

pub(crate) async fn api(visit: Visit, export: Editable<Export>) -> Reply<Response> {
    delete(&visit, &export).await?;
    Ok(web::no_content())
}
