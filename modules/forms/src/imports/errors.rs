//! What is wrong with the rows of an import, in the order of the file.

use axum::response::Response;
use kernel::Result;
use web::{Cx, Page, Paging, Query, Reply, Viewable, Visit};

use super::{
    Import,
    json::ErrorJson,
    store::{self, ErrorRow},
};

/// A page of errors.
pub(super) async fn list(cx: &Cx, import: &Import, paging: &Paging) -> Result<Page<ErrorRow>> {
    let (limit, after) = (paging.limit()?, paging.place::<i64>()?.unwrap_or(0));
    let mut tx = cx.read().await?;
    let rows = store::list_errors(&mut tx, import.id, after, limit + 1).await?;
    Ok(Page::of(rows, limit, |error| error.position.to_string()))
}

pub(crate) async fn api(
    visit: Visit,
    import: Viewable<Import>,
    Query(paging): Query<Paging>,
) -> Reply<Response> {
    let Page { data, next_cursor } = list(&visit, &import, &paging).await?;
    let data = data.into_iter().map(ErrorJson::of).collect();
    Ok(web::json(&Page { data, next_cursor }))
}
