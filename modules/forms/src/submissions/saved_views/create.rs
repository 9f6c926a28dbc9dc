//! Saving a view.

use axum::{body::Bytes, extract::Path, response::Response};
use kernel::{Error, Result};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{Cx, Reply, Visit};

use super::{Content, MOST, SavedView, SavedViewJson, checked_name, expect_asked, store, taken};
use crate::{
    events::SavedViewCreated,
    forms::FormId,
    ids::SavedViewId,
    paths,
    submissions::{expect_form, place::Place},
};

/// A view to be saved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewView {
    /// 1 to 60 letters, and no other view's of this form.
    #[schema(example = "Waiting in Germany")]
    name: String,
    /// What it lists, as the query of the list; without it, all that are open or archived.
    #[schema(example = "status=new&answers.country=DE")]
    #[serde(default)]
    filter: String,
    /// `newest` or `oldest` first; `newest` when absent.
    order: Option<String>,
    /// What of it is shown, in this order: keys of fields of any version, `status`, `assignee`, `tags`,
    /// `received_at`, `submitted_at`, `number`, `tray`, `source`, `version`, `comments`, `metadata`, `id`, or
    /// `answers.KEY` for a key that is one of those words. The usual columns when absent.
    columns: Option<Vec<String>>,
}

impl NewView {
    fn place(&self) -> Result<Place> {
        let order = self.order.clone().unwrap_or_else(|| "newest".to_owned());
        Content { filter: self.filter.clone(), order, columns: self.columns.clone() }.read()
    }
}

/// The last of the form's views, until it is moved.
pub(crate) async fn create(cx: &Cx, form: FormId, name: &str, place: &Place) -> Result<SavedView> {
    let name = checked_name(name)?;
    let mut tx = cx.begin().await?;
    expect_asked(&mut tx, form, place).await?;
    let known = store::list_views(&mut tx, form).await?.len();
    if known >= MOST {
        return Err(Error::conflict("too_many", "The form has 50 views already; delete some."));
    }
    let view = SavedView {
        id: SavedViewId::new(cx.now(), cx.chance()),
        form_id: form,
        name,
        filter: String::new(),
        sort_order: String::new(),
        columns: None,
        position: i64::try_from(known + 1).map_err(Error::internal)?,
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    let view = view.showing(place)?;
    if !store::insert_view(&mut tx, &view, &cx.actor().name()).await? {
        return Err(taken());
    }
    let (view_id, name) = (view.id.to_string(), view.name.clone());
    tx.record(&SavedViewCreated { form_id: form, view_id, name }).await?;
    tx.commit().await?;
    Ok(view)
}

pub(crate) async fn api(visit: Visit, Path(form): Path<String>, body: Bytes) -> Reply<Response> {
    // First the form: of one that is another workspace's nothing is told, not even what is wrong with the body.
    let form = expect_form(&visit, &form).await?;
    let new: NewView = web::from_json(&body)?;
    let view = create(&visit, form, &new.name, &new.place()?).await?;
    Ok(web::created(&paths::api_view(view.id), &SavedViewJson::of(&view)?))
}
