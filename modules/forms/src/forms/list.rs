//! The forms of a workspace, newest first.

use axum::response::Response;
use kernel::Result;
use maud::Markup;
use web::{Cx, Page, Paging, Query, Reply, Visit};

use super::{Form, json::FormJson, store, views};
use crate::{FORMS_WRITE, pages::Viewer};

/// A page of forms.
pub(crate) async fn list(cx: &Cx, paging: &Paging) -> Result<Page<Form>> {
    let limit = paging.limit()?;
    let mut tx = cx.read().await?;
    let rows = store::list_forms(&mut tx, paging.place()?, limit + 1).await?;
    Ok(Page::of(rows, limit, |form| form.id.to_string()))
}

pub(crate) async fn page(visit: Visit, Query(paging): Query<Paging>) -> Reply<Markup> {
    let page = list(&visit, &paging).await?;
    let further = paging.cursor.is_some_and(|cursor| !cursor.is_empty());
    let body = views::page(&Viewer::of(&visit, FORMS_WRITE), &page, further);
    Ok(web::shell_page(&visit, "Forms", body))
}

pub(crate) async fn api(visit: Visit, Query(paging): Query<Paging>) -> Reply<Response> {
    let page = list(&visit, &paging).await?;
    let data = page.data.iter().map(FormJson::of).collect::<Result<Vec<_>>>()?;
    Ok(web::json(&Page { data, next_cursor: page.next_cursor }))
}
