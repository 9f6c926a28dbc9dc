//! The exports of a form, newest first, and the page of all that belongs to them.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::{Fields, Result};
use web::{Cx, Page, Paging, Query, Reply, Viewable, Visit};

use super::{
    Export,
    json::ExportJson,
    schedule::Schedule,
    store,
    views::{self, Attempt, Desk, LISTED},
};
use crate::{
    FORMS_WRITE, SUBMISSIONS_READ,
    forms::{Form, FormId},
    pages::{Viewer, sent, wants_part},
    submissions::{
        self,
        column::{self, Column, Shown},
        expect_form,
        filter::Filter,
        place::Place,
        views::words,
    },
};

/// A page of exports.
async fn list(cx: &Cx, form: FormId, paging: &Paging) -> Result<Page<Export>> {
    let limit = paging.limit()?;
    let mut tx = cx.read().await?;
    let rows = store::list_exports(&mut tx, form, paging.place()?, limit + 1).await?;
    Ok(Page::of(rows, limit, |export| export.id.to_string()))
}

/// What the page shows: the first exports, and all schedules.
async fn both(cx: &Cx, form: FormId) -> Result<(Page<Export>, Vec<Schedule>)> {
    Ok((
        list(cx, form, &Paging::default()).await?,
        store::schedules::list_of(&mut cx.read().await?, form).await?,
    ))
}

pub(crate) async fn api(
    visit: Visit,
    Path(form): Path<String>,
    Query(paging): Query<Paging>,
) -> Reply<Response> {
    let form = expect_form(&visit, &form).await?;
    let page = list(&visit, form, &paging).await?;
    let now = visit.now();
    let data = page.data.iter().map(|export| ExportJson::of(export, now));
    let data = data.collect::<Result<Vec<_>>>()?;
    Ok(web::json(&Page { data, next_cursor: page.next_cursor }))
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    form: Viewable<Form>,
    Query(paging): Query<Paging>,
    Query(wanted): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let exports = list(&visit, form.id, &paging).await?;
    let schedules = store::schedules::list_of(&mut visit.read().await?, form.id).await?;
    let place = Place::read(&wanted)?;
    let columns = shown(&visit, &form, place.columns.as_deref()).await?;
    let (pairs, problems) = (brought(&place, &columns), Fields::new());
    let only = in_words(&visit, &form, &place.filter).await?;
    let attempt = Attempt { pairs: &pairs, problems: &problems, schedule: false };
    let mut desk = desk(&visit, &form, &exports, &schedules, &attempt);
    (desk.only, desk.columns) = (&only, &columns);
    desk.first = paging.cursor.as_deref().is_none_or(str::is_empty);
    if wants_part(&headers) {
        return Ok(views::container(&desk).into_response());
    }
    Ok(web::shell_page(&visit, &form.title, views::page(&desk)).into_response())
}

/// What the form begins with: the words searched for, whatever else the list was narrowed by, and its columns.
fn brought(place: &Place, columns: &[Shown]) -> Vec<(String, String)> {
    let filter = Filter { words: None, ..place.filter.clone() };
    let mut pairs = vec![("q".to_owned(), place.words().to_owned())];
    if filter != Filter::default() {
        pairs.push(("filter".to_owned(), Place::default().with(filter).query()));
    }
    if !columns.is_empty() {
        let words: Vec<String> = columns.iter().map(|it| it.column.to_string()).collect();
        pairs.extend(["columns", LISTED].map(|name| (name.to_owned(), words.join(","))));
    }
    pairs
}

/// The columns that the list has shown, when somebody has chosen them.
async fn shown(cx: &Cx, form: &Form, columns: Option<&[Column]>) -> Result<Vec<Shown>> {
    if columns.is_none() {
        return Ok(Vec::new());
    }
    let (mut tx, definition) = (cx.read().await?, form.definition()?);
    column::laid_out(&mut tx, form.id, &definition, columns).await
}

/// A filter as people say it, but for its words.
async fn in_words(cx: &Cx, form: &Form, filter: &Filter) -> Result<Vec<String>> {
    let pairs = Filter { words: None, ..filter.clone() }.pairs();
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let (desk, definition) = (submissions::desk::Desk::of(cx, form.id).await?, form.definition()?);
    Ok(pairs.iter().map(|(name, value)| words(&desk, &definition, name, value)).collect())
}

fn desk<'a>(
    visit: &'a Visit,
    form: &'a Form,
    exports: &'a Page<Export>,
    schedules: &'a [Schedule],
    attempt: &'a Attempt<'a>,
) -> Desk<'a> {
    Desk {
        viewer: Viewer::of(visit, SUBMISSIONS_READ),
        form,
        may_schedule: visit.actor().may(FORMS_WRITE),
        exports,
        schedules,
        first: true,
        attempt,
        only: &[],
        columns: &[],
        now: visit.now(),
    }
}

/// The page once more, with what was sent and what is wrong with it.
pub(crate) async fn again(visit: &Visit, form: &Form, attempt: &Attempt<'_>) -> Reply<Response> {
    let (exports, schedules) = both(visit, form.id).await?;
    let filter = sent(attempt.pairs, "filter").unwrap_or_default();
    let place = Place::of_query(filter).unwrap_or_default();
    let only = in_words(visit, form, &place.filter).await?;
    let listed = sent(attempt.pairs, LISTED).map(|words| ("columns".to_owned(), words.to_owned()));
    let listed = Place::read(listed.as_slice()).unwrap_or_default().columns;
    let columns = shown(visit, form, listed.as_deref()).await?;
    let mut desk = desk(visit, form, &exports, &schedules, attempt);
    (desk.only, desk.columns) = (&only, &columns);
    let page = web::shell_page(visit, &form.title, views::page(&desk));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
