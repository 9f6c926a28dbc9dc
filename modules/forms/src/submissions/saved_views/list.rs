//! The views of a form, and one of them.

use axum::{extract::Path, response::Response};
use kernel::Result;
use serde::Serialize;
use utoipa::ToSchema;
use web::{Reply, Viewable, Visit};

use super::{SavedView, SavedViewJson, store};
use crate::submissions::expect_form;

/// All views of a form.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SavedViews {
    data: Vec<SavedViewJson>,
}

pub(crate) async fn api(visit: Visit, Path(form): Path<String>) -> Reply<Response> {
    let form = expect_form(&visit, &form).await?;
    let views = store::list_views(&mut visit.read().await?, form).await?;
    let data = views.iter().map(SavedViewJson::of).collect::<Result<Vec<_>>>()?;
    Ok(web::json(&SavedViews { data }))
}

pub(crate) async fn api_show(view: Viewable<SavedView>) -> Reply<Response> {
    Ok(web::json(&SavedViewJson::of(&view)?))
}
