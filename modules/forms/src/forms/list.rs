//! The forms of a workspace, newest first.

use axum::response::Response;
use kernel::{Error, Result};
use maud::Markup;
use web::{Cx, Page, Paging, Query, Reply, Visit};

use super::{Form, FormHead, json::FormJson, store, views};
use crate::{FORMS_WRITE, pages::Viewer};

/// Bytes of documents on one page: more make it end early.
const PAGE_BYTES: usize = 4 * 1024 * 1024;
/// Documents read at a time, whose size is not known before.
const DOCUMENTS: usize = 8;

/// A page of forms without their documents.
pub(crate) async fn list(cx: &Cx, paging: &Paging) -> Result<Page<FormHead>> {
    let limit = paging.limit()?;
    let mut tx = cx.read().await?;
    let rows = store::list_heads(&mut tx, paging.place()?, limit + 1).await?;
    Ok(Page::of(rows, limit, |form| form.id.to_string()))
}

/// A page of whole forms, and no more bytes of them than a page may have.
async fn list_whole(cx: &Cx, paging: &Paging) -> Result<Page<Form>> {
    let limit = paging.limit()?;
    let mut tx = cx.read().await?;
    let heads = store::list_heads(&mut tx, paging.place()?, limit + 1).await?;
    let (mut rows, mut bytes, mut room) = (Vec::with_capacity(heads.len()), 0, limit);
    for some in heads.chunks(DOCUMENTS) {
        let mut documents = store::find_documents(&mut tx, some.iter().map(|head| head.id)).await?;
        for head in some {
            let definition = documents.remove(&head.id).ok_or(Error::NotFound)?;
            bytes += definition.0.len();
            if bytes > PAGE_BYTES && !rows.is_empty() {
                room = room.min(i64::try_from(rows.len()).map_err(Error::internal)?);
            }
            rows.push(Form { head: head.clone(), definition });
        }
        if bytes > PAGE_BYTES {
            break;
        }
    }
    Ok(Page::of(rows, room, |form| form.id.to_string()))
}

pub(crate) async fn page(visit: Visit, Query(paging): Query<Paging>) -> Reply<Markup> {
    let page = list(&visit, &paging).await?;
    let further = paging.cursor.is_some_and(|cursor| !cursor.is_empty());
    let body = views::page(&Viewer::of(&visit, FORMS_WRITE), &page, further);
    Ok(web::shell_page(&visit, "Forms", body))
}

pub(crate) async fn api(visit: Visit, Query(paging): Query<Paging>) -> Reply<Response> {
    let page = list_whole(&visit, &paging).await?;
    let data = page.data.iter().map(FormJson::of).collect::<Result<Vec<_>>>()?;
    Ok(web::json(&Page { data, next_cursor: page.next_cursor }))
}
