//! The submissions of a form, newest first, searched or not.

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use db::Tx;
use kernel::{Error, Result, Timestamp};
use serde::Deserialize;
use web::{Cx, Page, Paging, Query, Reply, Viewable, Visit};

use super::{
    Submission,
    json::SubmissionJson,
    store,
    views::{self, List},
};
use crate::{
    SUBMISSIONS_WRITE,
    forms::{Form, FormId},
    pages::{Viewer, origin, wants_part},
};

/// What is listed.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filter {
    pub(crate) limit: Option<i64>,
    pub(crate) cursor: Option<String>,
    /// Only those received at or after this time.
    pub(crate) since: Option<Timestamp>,
    /// Only those with all these words.
    pub(crate) q: Option<String>,
}

/// Characters of a search.
const LONGEST_QUERY: usize = 500;
/// Numbers follow the time of reception but for what waits in queues; this much disorder is allowed for.
const DISORDER: std::time::Duration = std::time::Duration::from_secs(120);

/// A page of submissions.
pub(crate) async fn list(cx: &Cx, form: FormId, filter: &Filter) -> Result<Page<Submission>> {
    let paging = Paging { limit: filter.limit, cursor: filter.cursor.clone() };
    let (limit, before) = (paging.limit()?, paging.place::<i64>()?);
    let query = filter.q.as_deref().map(str::trim).filter(|query| !query.is_empty());
    if query.is_some_and(|query| query.chars().count() > LONGEST_QUERY) {
        return Err(Error::invalid("q", "too_long", "Search for at most 500 characters."));
    }
    let mut tx = cx.read().await?;
    let from = match filter.since {
        Some(since) => first_since(&mut tx, form, since.minus(DISORDER)).await?,
        None => 0,
    };
    let mut rows = match query {
        Some(query) => found(&mut tx, cx, form, query, before, limit + 1).await?,
        None => store::list_submissions(&mut tx, form, before, from, limit + 1).await?,
    };
    if let Some(since) = filter.since {
        rows.retain(|row| row.received_at >= since);
    }
    Ok(Page::of(rows, limit, |submission| submission.number.to_string()))
}

async fn found(
    tx: &mut Tx,
    cx: &Cx,
    form: FormId,
    query: &str,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Submission>> {
    let hits = search::find(tx, cx.workspace(), &form.to_string(), query, before, limit).await?;
    let numbers: Vec<i64> = hits.iter().map(|hit| hit.position).collect();
    store::list_numbered(tx, form, &numbers).await
}

/// The first number received at or after a moment, found by halving: numbers grow with time.
async fn first_since(tx: &mut Tx, form: FormId, since: Timestamp) -> Result<i64> {
    let (mut low, mut high) = (1, store::find_last_number(tx, form).await? + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        match store::find_at_or_above(tx, form, middle).await? {
            Some((number, at)) if at < since => low = number + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    form: Viewable<Form>,
    Query(filter): Query<Filter>,
) -> Reply<Response> {
    let page = list(&visit, form.id, &filter).await?;
    let (definition, origin) = (form.definition()?, origin(&headers));
    let list = List {
        viewer: Viewer::of(&visit, SUBMISSIONS_WRITE),
        form: &form,
        definition: &definition,
        origin: &origin,
        page: &page,
        query: filter.q.as_deref().unwrap_or_default().trim(),
        further: filter.cursor.is_some_and(|cursor| !cursor.is_empty()),
    };
    if wants_part(&headers) {
        return Ok(views::container(&list).into_response());
    }
    Ok(web::shell_page(&visit, &form.title, views::page(&list)).into_response())
}

pub(crate) async fn api(
    visit: Visit,
    form: Viewable<Form>,
    Query(filter): Query<Filter>,
) -> Reply<Response> {
    let page = list(&visit, form.id, &filter).await?;
    let data = page.data.into_iter().map(SubmissionJson::of).collect::<Result<Vec<_>>>()?;
    Ok(web::json(&Page { data, next_cursor: page.next_cursor }))
}
