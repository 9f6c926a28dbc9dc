//! The submissions of a form, newest first, searched or not.

use axum::{
    extract::Path,
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
    place::Place,
    store,
    views::{self, List},
    walk::{From, Walk},
};
use crate::{
    SUBMISSIONS_DELETE,
    forms::{self, Form, FormId},
    pages::{Viewer, origin, wants_part},
};

/// What is listed.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filter {
    pub(crate) limit: Option<i64>,
    pub(crate) cursor: Option<String>,
    /// The newer neighbours of this number in place of the older ones of `cursor`; on pages alone.
    pub(crate) after: Option<i64>,
    /// Only those received at or after this time.
    pub(crate) since: Option<Timestamp>,
    /// Only those with all these words, or of this number.
    pub(crate) q: Option<String>,
}

impl Filter {
    fn place(&self) -> Place {
        Place::new(self.q.as_deref(), self.cursor.as_deref(), self.after)
    }
}

/// Numbers follow the time of reception but for what waits in queues; this much disorder is allowed for.
const DISORDER: std::time::Duration = std::time::Duration::from_secs(120);

/// A part of the list, newest first.
pub(crate) struct Part {
    pub(crate) page: Page<Submission>,
    /// The number that the newer part comes after; nothing on the first.
    pub(crate) newer: Option<i64>,
}

/// A part of a form's submissions.
pub(crate) async fn list(cx: &Cx, form: FormId, filter: &Filter) -> Result<Part> {
    let paging = Paging { limit: filter.limit, cursor: filter.cursor.clone() };
    let (limit, before) = (paging.limit()?, paging.place::<i64>()?);
    let mut walk = Walk::of(form, filter.q.as_deref())?;
    let mut tx = cx.read().await?;
    if let Some(since) = filter.since {
        walk.least = first_about(&mut tx, form, since).await?;
    }
    if let Some(after) = filter.after {
        let (mut rows, more) = walk.page(&mut tx, From::After(after), limit).await?;
        rows.reverse();
        // Fewer than a page lie above: the first part shows them, and with them what arrives.
        if more {
            let next_cursor = rows.last().map(|row| row.number.to_string());
            let newer = rows.first().map(|row| row.number);
            return Ok(Part { page: Page { data: rows, next_cursor }, newer });
        }
    }
    let before = before.filter(|_| filter.after.is_none());
    let from = before.map_or(From::TOP, From::Before);
    let (mut rows, more) = walk.page(&mut tx, from, limit).await?;
    let next_cursor = rows.last().filter(|_| more).map(|row| row.number.to_string());
    let newer = before.map(|before| rows.first().map_or(before - 1, |row| row.number));
    if let Some(since) = filter.since {
        rows.retain(|row| row.received_at >= since);
    }
    Ok(Part { page: Page { data: rows, next_cursor }, newer })
}

/// No number below this one was received at or after a moment.
pub(crate) async fn first_about(tx: &mut Tx, form: FormId, since: Timestamp) -> Result<i64> {
    first_since(tx, form, since.minus(DISORDER)).await
}

/// No number at or above this one was received before a moment.
pub(crate) async fn first_surely_after(tx: &mut Tx, form: FormId, to: Timestamp) -> Result<i64> {
    first_since(tx, form, to.plus(DISORDER)).await
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
    let part = list(&visit, form.id, &filter).await?;
    let (definition, origin) = (form.definition()?, origin(&headers));
    let place = filter.place();
    let list = List {
        viewer: Viewer::of(&visit, SUBMISSIONS_DELETE),
        form: &form,
        definition: &definition,
        origin: &origin,
        page: &part.page,
        newer: part.newer,
        place: &place,
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
    Query(filter): Query<Filter>,
) -> Reply<Response> {
    let form: FormId = form.parse().map_err(|_| Error::NotFound)?;
    if !forms::store::is_there(&mut visit.read().await?, form).await? {
        return Err(Error::NotFound.into());
    }
    let filter = Filter { after: None, ..filter };
    let Part { page, .. } = list(&visit, form, &filter).await?;
    let data = page.data.into_iter().map(SubmissionJson::of).collect::<Result<Vec<_>>>()?;
    Ok(web::json(&Page { data, next_cursor: page.next_cursor }))
}
