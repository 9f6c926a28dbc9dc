//! The forms of a workspace, newest first.

use axum::response::Response;
use kernel::{Error, Result};
use maud::Markup;
use serde::Deserialize;
use web::{Cx, Page, Paging, Query, Reply, Visit};

use super::{FolderId, Form, FormHead, json::FormJson, store, views};
use crate::{FORMS_WRITE, SUBMISSIONS_DELETE, folders, pages::Viewer};

/// Bytes of documents on one page: more make it end early.
const PAGE_BYTES: usize = 4 * 1024 * 1024;
/// Documents read at a time, whose size is not known before.
const DOCUMENTS: usize = 8;

/// Which forms are wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    limit: Option<i64>,
    cursor: Option<String>,
    /// Those in this folder; without it all of them.
    folder: Option<FolderId>,
    /// Those put away instead of the others.
    #[serde(default)]
    archived: bool,
}

impl Wanted {
    fn paging(&self) -> Paging {
        Paging { limit: self.limit, cursor: self.cursor.clone() }
    }

    fn shelf(&self) -> (Option<FolderId>, bool) {
        (self.folder, self.archived)
    }
}

/// A page of forms without their documents.
pub(crate) async fn list(cx: &Cx, wanted: &Wanted) -> Result<Page<FormHead>> {
    let paging = wanted.paging();
    let limit = paging.limit()?;
    let mut tx = cx.read().await?;
    let rows = store::list_heads(&mut tx, wanted.shelf(), paging.place()?, limit + 1).await?;
    Ok(Page::of(rows, limit, |form| form.id.to_string()))
}

/// A page of whole forms, and no more bytes of them than a page may have.
async fn list_whole(cx: &Cx, wanted: &Wanted) -> Result<Page<Form>> {
    let paging = wanted.paging();
    let limit = paging.limit()?;
    let mut tx = cx.read().await?;
    let heads = store::list_heads(&mut tx, wanted.shelf(), paging.place()?, limit + 1).await?;
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

pub(crate) async fn page(visit: Visit, Query(wanted): Query<Wanted>) -> Reply<Markup> {
    let page = list(&visit, &wanted).await?;
    let folders = folders::list::list(&visit).await?;
    let body = views::page(&views::List {
        viewer: Viewer::of(&visit, FORMS_WRITE),
        forms: &page,
        folders: &folders,
        folder: wanted.folder,
        archived: wanted.archived,
        further: wanted.cursor.is_some_and(|cursor| !cursor.is_empty()),
        erases: visit.actor().may(SUBMISSIONS_DELETE),
    });
    Ok(web::shell_page(&visit, "Forms", body))
}

pub(crate) async fn api(visit: Visit, Query(wanted): Query<Wanted>) -> Reply<Response> {
    let page = list_whole(&visit, &wanted).await?;
    let data =
        page.data.iter().map(|form| FormJson::of(form, visit.now())).collect::<Result<Vec<_>>>()?;
    Ok(web::json(&Page { data, next_cursor: page.next_cursor }))
}
