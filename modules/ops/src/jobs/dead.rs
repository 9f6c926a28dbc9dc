//! Dead letters: the list, and one of them.

use ::jobs::{JobId, desk};
use axum::{extract::Path, response::Response};
use kernel::{Error, Result};
use maud::Markup;
use web::{Cx, Page, Query, Reply, Visit};

use super::{filter::Filter, json::DeadLetter, named, place::Place, views};

/// A page of dead letters, the latest first.
pub(crate) async fn list(cx: &Cx, filter: &Filter) -> Result<Page<DeadLetter>> {
    let paging = filter.paging();
    let limit = paging.limit()?;
    let before = paging.place::<Place>()?.map(|Place(died_at, id)| (died_at, id));
    let rows = u32::try_from(limit + 1).map_err(Error::internal)?;
    let mut tx = cx.db().system_read("the operator lists dead letters").await?;
    let jobs = desk::dead(&mut tx, before, rows, filter.kind()).await?;
    let letters = jobs.into_iter().map(DeadLetter::of).collect::<Result<Vec<_>>>()?;
    Ok(Page::of(letters, limit, |letter| Place::of(letter).to_string()))
}

/// One dead letter.
pub(crate) async fn find(cx: &Cx, id: JobId) -> Result<DeadLetter> {
    let mut tx = cx.db().system_read("the operator reads a dead letter").await?;
    desk::find_dead(&mut tx, id).await?.map(DeadLetter::of).ok_or(Error::NotFound)?
}

pub(crate) async fn page(visit: Visit, Path(job): Path<String>) -> Reply<Markup> {
    let letter = find(&visit, named(&job)?).await?;
    let body = views::letter_page(&letter, visit.visitor.csrf_token());
    Ok(web::shell_page(&visit, &letter.kind, body))
}

pub(crate) async fn api(visit: Visit, Query(filter): Query<Filter>) -> Reply<Response> {
    Ok(web::json(&list(&visit, &filter).await?))
}
