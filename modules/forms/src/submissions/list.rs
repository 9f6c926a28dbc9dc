//! The submissions of a form that a filter means, a part at a time.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use db::Tx;
use kernel::{Error, Result};
use web::{Page, Query, Reply, Viewable, Visit};

use super::{
    column,
    desk::Desk,
    expect_form,
    json::SubmissionJson,
    part::{Part, list},
    place::Place,
    questions, saved_views,
    views::{self, List, Refused},
};
use crate::{
    SUBMISSIONS_DELETE, SUBMISSIONS_MANAGE,
    definition::Definition,
    forms::{self, Form, FormId},
    pages::{Viewer, origin, wants_part},
    paths,
};

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    form: Viewable<Form>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    shown(&visit, &headers, &form, &pairs).await
}

async fn shown(
    visit: &Visit,
    headers: &HeaderMap,
    form: &Form,
    pairs: &[(String, String)],
) -> Reply<Response> {
    let mut place = Place::seen_by_people(pairs)?;
    let definition = form.definition()?;
    let mut tx = visit.read().await?;
    let views = saved_views::store::list_views(&mut tx, form.id).await?;
    let view = views.iter().find(|view| Some(view.id) == place.view);
    match view {
        Some(view) => place.follow(view.place()?),
        None if place.view.is_some() => {
            let list = place.without_view().on(&paths::submissions(visit.slug(), form.id));
            return Ok(web::refused(&list, "That view was deleted"));
        }
        None => {}
    }
    let refused = Refused::read(pairs, view.map(|view| view.id), &views);
    let left_out = leave_out(&mut tx, form, &definition, &mut place).await?;
    let chosen = place.columns.as_deref();
    let columns = column::laid_out(&mut tx, form.id, &definition, chosen).await?;
    let unknown = questions::unknown(&mut tx, form.id, &definition, &place.filter).await?;
    drop(tx);
    let part = if unknown.is_empty() { list(visit, form.id, &place).await? } else { Part::empty() };
    let desk = Desk::of(visit, form.id).await?;
    let origin = origin(headers);
    let list = List {
        viewer: Viewer::of(visit, SUBMISSIONS_MANAGE),
        form,
        definition: &definition,
        origin: &origin,
        part: &part,
        place: &place,
        desk: &desk,
        views: &views,
        view,
        columns: &columns,
        unknown: &unknown,
        left_out: &left_out,
        refused: refused.as_ref(),
        deletes: visit.actor().may(SUBMISSIONS_DELETE),
    };
    if wants_part(headers) {
        return Ok(views::container(&list).into_response());
    }
    let status = if unknown.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, web::shell_page(visit, &form.title, views::page(&list))).into_response())
}

/// Takes off what names no column of the form, and says which words those were. What a view holds stays: a
/// question of a draft comes and goes.
async fn leave_out(
    tx: &mut Tx,
    form: &Form,
    definition: &Definition,
    place: &mut Place,
) -> Result<Vec<String>> {
    let mut words = std::mem::take(&mut place.strange);
    let Some(columns) = place.columns.as_mut().filter(|_| place.says) else { return Ok(words) };
    for index in column::never_asked(tx, form.id, definition, columns).await?.into_iter().rev() {
        words.push(columns.remove(index).to_string());
    }
    if columns.is_empty() {
        place.columns = None;
    }
    Ok(words)
}

/// A view stands for its filter and order; whoever names one says nothing else of what is listed.
async fn follow(tx: &mut Tx, form: FormId, place: &mut Place) -> Result<()> {
    let Some(id) = place.view else { return Ok(()) };
    if place.says {
        let message = "Name either a view, or filters, order and columns of your own.";
        return Err(Error::invalid("view", "contradiction", message));
    }
    let views = saved_views::store::list_views(tx, form).await?;
    let view = views.iter().find(|view| view.id == id);
    let view = view.ok_or_else(|| {
        Error::invalid("view", "not_found", "The form has no such view; it may be deleted.")
    })?;
    place.follow(view.place()?);
    Ok(())
}

/// Whoever may read the answers need not be able to see the form.
pub(crate) async fn api(
    visit: Visit,
    Path(form): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let form = expect_form(&visit, &form).await?;
    let mut place = Place::read(&pairs)?;
    place.after = None;
    let mut tx = visit.read().await?;
    follow(&mut tx, form, &mut place).await?;
    questions::expect(&mut tx, form, &place.filter, "").await?;
    if let Some(columns) = place.columns.as_ref().filter(|_| place.says) {
        let whole = forms::store::find_form(&mut tx, form).await?.ok_or(Error::NotFound)?;
        let named = |_| "columns".to_owned();
        column::expect(&mut tx, form, &whole.definition()?, columns, named).await?;
    }
    drop(tx);
    let part = list(&visit, form, &place).await?;
    let data = part.entries.into_iter().map(SubmissionJson::of).collect::<Result<Vec<_>>>()?;
    let next_cursor = part.next.map(|number| number.to_string());
    Ok(web::json(&Page { data, next_cursor }))
}
