//! Saved views on the page: they are made from what one looks at, and each change leads back to it.

use axum::{http::HeaderMap, response::Response};
use kernel::{Error, Result};
use serde::Deserialize;
use web::{Editable, Reply, Viewable, Visit};

use super::{
    list,
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

/// As [`told`], where a name was written: what is wrong is told at its field, and nothing typed is lost.
async fn told_of_name(
    visit: &Visit,
    headers: &HeaderMap,
    form: &Form,
    (from, name, new): (Place, &str, bool),
    outcome: Result<SavedView>,
    done: &str,
) -> Reply<Response> {
    let wrong = match &outcome {
        Err(Error::Invalid(problems)) => problems.iter().next().map(|it| it.message.clone()),
        Err(error @ Error::Conflict { .. }) => Some(error.to_string()),
        _ => None,
    };
    match wrong {
        None => told(visit, form.id, from, outcome, done),
        Some(told) => {
            let refused = Refused { name, told: &told, new };
            list::shown(visit, headers, form, from, Some(&refused)).await
        }
    }
}

pub(crate) async fn page_create(
    visit: Visit,
    headers: HeaderMap,
    form: Viewable<Form>,
    web::Form(looked): web::Form<Looked>,
) -> Reply<Response> {
    let place = looked.place()?;
    let made = create(&visit, form.id, &looked.name, &place).await;
    let written = (place, looked.name.as_str(), true);
    told_of_name(&visit, &headers, &form, written, made, "View saved").await
}

pub(crate) async fn page_keep(
    visit: Visit,
    view: Editable<SavedView>,
    web::Form(looked): web::Form<Looked>,
) -> Reply<Response> {
    let place = looked.place()?;
    let kept = keep(&visit, &view, &place).await;
    told(&visit, view.form_id, place, kept, "View saved")
}

pub(crate) async fn page_rename(
    visit: Visit,
    headers: HeaderMap,
    view: Editable<SavedView>,
    web::Form(looked): web::Form<Looked>,
) -> Reply<Response> {
    let form = Viewable::<Form>::load(&visit, view.form_id).await?;
    let renamed = rename(&visit, &view, &looked.name).await;
    let written = (Place::of_view(view.id), looked.name.as_str(), false);
    told_of_name(&visit, &headers, &form, written, renamed, "View renamed").await
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
