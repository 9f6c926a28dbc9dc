//! Views on the page: they are saved from what one looks at, and each change leads back to it.

use axum::{extract::Path, response::Response};
use kernel::{Error, Result};
use serde::Deserialize;
use web::{Editable, Form, Reply, Visit};

use super::{
    SavedView,
    change::{keep, rename, reposition},
    create::create,
    delete::delete,
};
use crate::{
    forms::FormId,
    paths,
    submissions::{expect_form, place::Place},
};

/// A name, and the query of the list that one looks at.
#[derive(Debug, Deserialize)]
pub(crate) struct Looked {
    #[serde(default)]
    name: String,
    #[serde(default)]
    place: String,
}

impl Looked {
    fn place(&self) -> Result<Place> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&self.place)
            .map_err(|error| Error::Malformed(format!("The list cannot be read: {error}.")))?;
        Place::seen_by_people(&pairs)
    }
}

/// Where to a view goes among the others.
#[derive(Debug, Deserialize)]
pub(crate) struct Position {
    position: i64,
}

/// To the view as it is now, or back with what was wrong.
fn told(
    visit: &Visit,
    form: FormId,
    from: Place,
    outcome: Result<SavedView>,
    done: &str,
) -> Reply<Response> {
    let list = paths::submissions(visit.slug(), form);
    match outcome {
        Ok(view) => Ok(web::done(&Place::of_view(view.id).on(&list), done)),
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) => {
            Ok(web::refused(&from.on(&list), &error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn page_create(
    visit: Visit,
    Path((_, form)): Path<(String, String)>,
    Form(looked): Form<Looked>,
) -> Reply<Response> {
    let form = expect_form(&visit, &form).await?;
    let place = looked.place()?;
    let made = create(&visit, form, &looked.name, &place).await;
    told(&visit, form, place, made, "View saved")
}

pub(crate) async fn page_keep(
    visit: Visit,
    view: Editable<SavedView>,
    Form(looked): Form<Looked>,
) -> Reply<Response> {
    let place = looked.place()?;
    let kept = keep(&visit, &view, &place).await;
    told(&visit, view.form_id, place, kept, "View saved")
}

pub(crate) async fn page_rename(
    visit: Visit,
    view: Editable<SavedView>,
    Form(looked): Form<Looked>,
) -> Reply<Response> {
    let renamed = rename(&visit, &view, &looked.name).await;
    told(&visit, view.form_id, Place::of_view(view.id), renamed, "View renamed")
}

pub(crate) async fn page_reposition(
    visit: Visit,
    view: Editable<SavedView>,
    Form(to): Form<Position>,
) -> Reply<Response> {
    let moved = reposition(&visit, &view, to.position).await;
    told(&visit, view.form_id, Place::of_view(view.id), moved, "View moved")
}

pub(crate) async fn page_delete(visit: Visit, view: Editable<SavedView>) -> Reply<Response> {
    delete(&visit, &view).await?;
    let list = paths::submissions(visit.slug(), view.form_id);
    Ok(web::done(&list, &format!("View “{}” deleted; its submissions are here", view.name)))
}
