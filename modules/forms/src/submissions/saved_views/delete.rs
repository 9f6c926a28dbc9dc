//! Deleting a view; what it showed stays.

use axum::response::Response;
use kernel::{Error, Result};
use web::{Change, Cx, Editable, Reply, Visit};

use super::{SavedView, store};
use crate::{events::SavedViewDeleted, ids::SavedViewId};

pub(crate) async fn delete(cx: &Cx, view: &SavedView) -> Result<()> {
    let mut tx = cx.begin().await?;
    if !remove(&mut tx, view.id, None).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await
}

/// False when it was gone already. `told`: what it is called in the log, where its name may not be kept.
pub(crate) async fn remove(tx: &mut Change, id: SavedViewId, told: Option<&str>) -> Result<bool> {
    let Some(view) = store::find_view(tx, id).await? else { return Ok(false) };
    if !store::delete_view(tx, &view).await? {
        return Ok(false);
    }
    let (form_id, view_id) = (view.form_id, view.id.to_string());
    let name = told.map_or(view.name, str::to_owned);
    tx.record(&SavedViewDeleted { form_id, view_id, name }).await?;
    Ok(true)
}

pub(crate) async fn api(visit: Visit, view: Editable<SavedView>) -> Reply<Response> {
    delete(&visit, &view).await?;
    Ok(web::no_content())
}
