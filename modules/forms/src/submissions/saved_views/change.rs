//! Changing a view: its name, what it shows, and its place among the others.

use axum::response::Response;
use kernel::{Error, Result};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use web::{Change, Cx, Editable, Json, Reply, Visit};

use super::{Content, SavedView, SavedViewJson, checked_name, expect_asked, store, taken};
use crate::{events::SavedViewChanged, ids::SavedViewId, submissions::place::Place};

/// What is to be different; what is absent stays as it is.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ViewChange {
    #[schema(example = "Waiting in Germany")]
    name: Option<String>,
    /// What it lists, as the query of the list.
    #[schema(example = "status=new&answers.country=DE")]
    filter: Option<String>,
    /// `newest` or `oldest`.
    order: Option<String>,
    /// What of it is shown, in this order; null for the usual columns.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Vec<String>>)]
    columns: Option<Option<Vec<String>>>,
    /// Its place among the form's views, from 1.
    position: Option<i64>,
}

/// Null is a value here, and not the same as nothing.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<Vec<String>>>, D::Error> {
    Option::<Vec<String>>::deserialize(from).map(Some)
}

impl ViewChange {
    /// What the view shows when this is changed.
    fn place(&self, view: &SavedView) -> Result<Place> {
        let or = |new: &Option<String>, old: &String| new.as_ref().unwrap_or(old).clone();
        let columns = match &self.columns {
            Some(columns) => columns.clone(),
            None => view.columns()?,
        };
        let (filter, order) = (or(&self.filter, &view.filter), or(&self.order, &view.sort_order));
        Content { filter, order, columns }.read()
    }

    fn shows(&self) -> bool {
        self.filter.is_some() || self.order.is_some() || self.columns.is_some()
    }
}

async fn change(cx: &Cx, view: &SavedView, change: ViewChange) -> Result<SavedView> {
    let mut tx = cx.begin().await?;
    let mut view = store::find_view(&mut tx, view.id).await?.ok_or(Error::NotFound)?;
    if let Some(name) = &change.name {
        view.name = checked_name(name)?;
    }
    if change.shows() {
        let place = change.place(&view)?;
        expect_asked(&mut tx, view.form_id, &place).await?;
        view = view.showing(&place)?;
    }
    if let Some(position) = change.position {
        view.position = put(&mut tx, &view, position).await?;
    }
    save(cx, tx, view).await
}

async fn save(cx: &Cx, mut tx: Change, mut view: SavedView) -> Result<SavedView> {
    view.updated_at = cx.now();
    if !store::update_view(&mut tx, &view).await? {
        return Err(taken());
    }
    let (form_id, view_id) = (view.form_id, view.id.to_string());
    tx.record(&SavedViewChanged { form_id, view_id, name: view.name.clone() }).await?;
    tx.commit().await?;
    Ok(view)
}

/// Puts it to a place among the others; beyond the last is last.
async fn put(tx: &mut Change, view: &SavedView, position: i64) -> Result<i64> {
    if position < 1 {
        return Err(Error::invalid("position", "out_of_range", "Places begin with 1."));
    }
    let views = store::list_views(tx, view.form_id).await?;
    let mut ids: Vec<SavedViewId> = views.iter().map(|it| it.id).collect();
    ids.retain(|id| *id != view.id);
    let index = usize::try_from(position - 1).unwrap_or(usize::MAX).min(ids.len());
    ids.insert(index, view.id);
    for (position, id) in (1..).zip(ids) {
        if !views.iter().any(|it| it.id == id && it.position == position) {
            store::update_position(tx, id, position).await?;
        }
    }
    i64::try_from(index + 1).map_err(Error::internal)
}

pub(crate) async fn rename(cx: &Cx, view: &SavedView, name: &str) -> Result<SavedView> {
    change(cx, view, ViewChange { name: Some(name.to_owned()), ..ViewChange::default() }).await
}

pub(crate) async fn reposition(cx: &Cx, view: &SavedView, position: i64) -> Result<SavedView> {
    change(cx, view, ViewChange { position: Some(position), ..ViewChange::default() }).await
}

/// Keeps what someone has made of it on the page.
pub(crate) async fn keep(cx: &Cx, view: &SavedView, place: &Place) -> Result<SavedView> {
    let mut tx = cx.begin().await?;
    let view = store::find_view(&mut tx, view.id).await?.ok_or(Error::NotFound)?;
    expect_asked(&mut tx, view.form_id, place).await?;
    let view = view.showing(place)?;
    save(cx, tx, view).await
}

pub(crate) async fn api(
    visit: Visit,
    view: Editable<SavedView>,
    Json(input): Json<ViewChange>,
) -> Reply<Response> {
    Ok(web::json(&SavedViewJson::of(&change(&visit, &view, input).await?)?))
}
