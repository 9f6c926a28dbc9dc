//! The forms of a workspace, newest first.

use axum::response::Response;
use kernel::Result;
use web::{Cx, Page, Paging, Query, Reply, Visit};

use super::{Form, json::FormJson, store};

/// A page of forms.
pub(crate) async fn list(cx: &Cx, paging: &Paging) -> Result<Page<Form>> {
    let limit = paging.limit()?;
    let mut tx = cx.read().await?;
    let rows = store::list_forms(&mut tx, paging.place()?, limit + 1).await?;
    Ok(Page::of(rows, limit, |form| form.id.to_string()))
}

pub(crate) async fn api(visit: Visit, Query(paging): Query<Paging>) -> Reply<Response> {
    let page = list(&visit, &paging).await?;
    let data = page.data.iter().map(FormJson::of).collect::<Result<Vec<_>>>()?;
    Ok(web::json(&Page { data, next_cursor: page.next_cursor }))
}
