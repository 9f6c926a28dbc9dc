//! Saved views on the page: they are made from what one looks at, and each change leads back to it.

use axum::response::Response;
use kernel::{Error, Result};
use serde::Deserialize;
use web::{Editable, Reply, Viewable, Visit};

use super::{
    place::Place,
    saved_views::{
        SavedView,
        change::{keep, rename, reposition},
        create::create,
        delete::delete,
    },
    views::Refused,
};
use crate::{
    forms::{Form, FormId},
    paths,
};

/// A name, and the query of the list that one looks at.
#[derive(Debug, Deserialize)]
pub(crate) struct Looked {
    #[serde(default)]
    name: String,
    #[serde(default)]
    place: String,
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

/// As [`told`], where a name was written: it stands in the address of the list, so that nothing typed is lost
/// and one may load the list again. What is wrong with the name itself is told at its field.
fn told_of_name(
    visit: &Visit,
    form: FormId,
    (from, name, new): (Place, &str, bool),
    outcome: Result<SavedView>,
    done: &str,
) -> Reply<Response> {
    let again = Refused::on(&from, &paths::submissions(visit.slug(), form), name, new);
    match outcome {
        Err(Error::Invalid(problems)) if problems.of("name").is_some() => {
            Ok(web::see_other(&again))
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) => {
            Ok(web::refused(&again, &error.to_string()))
        }
        outcome => told(visit, form, from, outcome, done),
    }
}

pub(crate) async fn page_create(
    visit: Visit,
    form: Viewable<Form>,
    web::Form(looked): web::Form<Looked>,
) -> Reply<Response> {
    let place = Place::seen_in(&looked.place)?;
    let made = create(&visit, form.id, &looked.name, &place).await;
    let written = (place, looked.name.as_str(), true);
    told_of_name(&visit, form.id, written, made, "View saved")
}

pub(crate) async fn page_keep(
    visit: Visit,
    view: Editable<SavedView>,
    web::Form(looked): web::Form<Looked>,
) -> Reply<Response> {
    let place = Place::seen_in(&looked.place)?;
    let kept = keep(&visit, &view, &place).await;
    told(&visit, view.form_id, place, kept, "View saved")
}

pub(crate) async fn page_rename(
    visit: Visit,
    view: Editable<SavedView>,
    web::Form(looked): web::Form<Looked>,
) -> Reply<Response> {
    let renamed = rename(&visit, &view, &looked.name).await;
    let written = (Place::of_view(view.id), looked.name.as_str(), false);
    told_of_name(&visit, view.form_id, written, renamed, "View renamed")
}

pub(crate) async fn page_reposition(
    visit: Visit,
    view: Editable<SavedView>,
    web::Form(to): web::Form<Position>,
) -> Reply<Response> {
    let moved = reposition(&visit, &view, to.position).await;
    told(&visit, view.form_id, Place::of_view(view.id), moved, "View moved")
}

pub(crate) async fn page_delete(visit: Visit, view: Editable<SavedView>) -> Reply<Response> {
    delete(&visit, &view).await?;
    let list = paths::submissions(visit.slug(), view.form_id);
    Ok(web::done(&list, &format!("View “{}” deleted; its submissions are here", view.name)))
}
