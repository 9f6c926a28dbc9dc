//! The submissions of a form that a filter means, a part at a time.

use axum::{
    extract::Path,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use web::{Page, Query, Reply, Viewable, Visit};

use super::{
    desk::Desk,
    json::SubmissionJson,
    part::list,
    place::Place,
    views::{self, List},
};
use crate::{
    SUBMISSIONS_MANAGE,
    forms::{self, Form, FormId},
    pages::{Viewer, origin, wants_part},
};

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    form: Viewable<Form>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let place = Place::seen_by_people(&pairs)?;
    let part = list(&visit, form.id, &place).await?;
    let desk = Desk::of(&visit, form.id).await?;
    let (definition, origin) = (form.definition()?, origin(&headers));
    let list = List {
        viewer: Viewer::of(&visit, SUBMISSIONS_MANAGE),
        form: &form,
        definition: &definition,
        origin: &origin,
        part: &part,
        place: &place,
        desk: &desk,
    };
    if wants_part(&headers) {
        return Ok(views::container(&list).into_response());
    }
    Ok(web::shell_page(&visit, &form.title, views::page(&list)).into_response())
}

/// Whoever may read the answers need not be able to see the form.
pub(crate) async fn api(
    visit: Visit,
    Path(form): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let form: FormId = form.parse().map_err(|_| Error::NotFound)?;
    if !forms::store::is_there(&mut visit.read().await?, form).await? {
        return Err(Error::NotFound.into());
    }
    let mut place = Place::read(&pairs)?;
    place.after = None;
    let part = list(&visit, form, &place).await?;
    let data = part.entries.into_iter().map(SubmissionJson::of).collect::<Result<Vec<_>>>()?;
    let next_cursor = part.next.map(|number| number.to_string());
    Ok(web::json(&Page { data, next_cursor }))
}
