//! Deleting a view; what it showed stays.

use axum::response::Response;
use kernel::{Error, Result};
use web::{Cx, Editable, Reply, Visit};

use super::{SavedView, store};
use crate::events::SavedViewDeleted;

pub(super) async fn delete(cx: &Cx, view: &SavedView) -> Result<()> {
    let mut tx = cx.begin().await?;
    let view = store::find_view(&mut tx, view.id).await?.ok_or(Error::NotFound)?;
    if !store::delete_view(&mut tx, &view).await? {
        return Err(Error::NotFound);
    }
    let (form_id, view_id) = (view.form_id, view.id.to_string());
    tx.record(&SavedViewDeleted { form_id, view_id, name: view.name }).await?;
    tx.commit().await
}

pub(crate) async fn api(visit: Visit, view: Editable<SavedView>) -> Reply<Response> {
    delete(&visit, &view).await?;
    Ok(web::no_content())
}
