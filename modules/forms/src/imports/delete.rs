//! Deleting an import with its file and its errors; what it stored stays.

use axum::response::Response;
use kernel::{Error, Result};
use web::{Cx, Editable, Reply, Visit};

use super::{Import, ImportId, store};
use crate::{events::ImportDeleted, paths};

async fn delete(cx: &Cx, import: &Editable<Import>) -> Result<()> {
    let mut tx = cx.begin().await?;
    if !remove(&mut tx, import.id).await? {
        return Err(Error::NotFound);
    }
    let (form_id, import_id) = (import.form_id, import.id.to_string());
    tx.record(&ImportDeleted { form_id, import_id }).await?;
    tx.commit().await
}

/// Deletes the row, and the file with the next sweep; false when it was gone already.
pub(super) async fn remove(tx: &mut db::Tx, id: ImportId) -> Result<bool> {
    let Some(file) = store::delete_import(tx, id).await? else { return Ok(false) };
    store::delete_errors(tx, id).await?;
    if let Some(file) = file {
        let workspace = tx.workspace();
        files::delete(tx, workspace, &[file], &id.to_string()).await?;
    }
    Ok(true)
}

pub(crate) async fn page(visit: Visit, import: Editable<Import>) -> Reply<Response> {
    let list = paths::imports(visit.slug(), import.form_id);
    delete(&visit, &import).await?;
    Ok(web::done(&list, "The import was deleted; what it stored stays"))
}

pub(crate) async fn api(visit: Visit, import: Editable<Import>) -> Reply<Response> {
    delete(&visit, &import).await?;
    Ok(web::no_content())
}
