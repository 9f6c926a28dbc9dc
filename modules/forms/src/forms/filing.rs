//! Laying a form into a folder, or taking it out of all.

use axum::response::Response;
use kernel::Result;
use serde::Deserialize;
use utoipa::ToSchema;
use web::{Cx, Editable, Json, Reply, Visit};

use super::{FolderId, Form, json::FormJson, store};
use crate::{events::FormFiled, folders, paths};

/// Where the form goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Filing {
    /// The folder; `null` takes it out of all.
    folder_id: Option<FolderId>,
}

/// The same from a page: nothing chosen is the empty text.
#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    folder_id: String,
}

pub(crate) async fn file(cx: &Cx, form: Editable<Form>, to: Option<FolderId>) -> Result<Form> {
    let mut form = form.into_inner();
    form.folder_id = to;
    let mut tx = cx.begin().await?;
    if let Some(folder) = to {
        folders::expect(&mut tx, folder).await?;
    }
    store::update_form(&mut tx, &mut form).await?;
    tx.record(&FormFiled { form_id: form.id, title: form.title.clone() }).await?;
    tx.commit().await?;
    Ok(form)
}

pub(crate) async fn page(
    visit: Visit,
    form: Editable<Form>,
    web::Form(input): web::Form<Chosen>,
) -> Reply<Response> {
    let to = input.folder_id.parse().ok();
    let form = file(&visit, form, to).await?;
    let text = if to.is_some() { "The form is in its folder" } else { "The form is in no folder" };
    Ok(web::done(&paths::form_part(visit.slug(), form.id, "settings"), text))
}

pub(crate) async fn api(
    visit: Visit,
    form: Editable<Form>,
    Json(input): Json<Filing>,
) -> Reply<Response> {
    Ok(web::json(&FormJson::of(&file(&visit, form, input.folder_id).await?, visit.now())?))
}
