//! The imports of a form, newest first, and the page on which another begins.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::Result;
use web::{Cx, Page, Paging, Query, Reply, Viewable, Visit};

use super::{
    Import,
    json::ImportJson,
    store,
    views::{self, Desk},
};
use crate::{
    SUBMISSIONS_WRITE,
    forms::{Form, FormId},
    pages::{Viewer, wants_part},
    submissions::expect_form,
};

/// A page of imports.
async fn list(cx: &Cx, form: FormId, paging: &Paging) -> Result<Page<Import>> {
    let limit = paging.limit()?;
    let mut tx = cx.read().await?;
    let rows = store::list_imports(&mut tx, form, paging.place()?, limit + 1).await?;
    Ok(Page::of(rows, limit, |import| import.id.to_string()))
}

pub(crate) async fn api(
    visit: Visit,
    Path(form): Path<String>,
    Query(paging): Query<Paging>,
) -> Reply<Response> {
    let form = expect_form(&visit, &form).await?;
    let page = list(&visit, form, &paging).await?;
    let data = page.data.iter().map(ImportJson::of).collect::<Result<Vec<_>>>()?;
    Ok(web::json(&Page { data, next_cursor: page.next_cursor }))
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    form: Viewable<Form>,
    Query(paging): Query<Paging>,
) -> Reply<Response> {
    let imports = list(&visit, form.id, &paging).await?;
    let first = paging.cursor.as_deref().is_none_or(str::is_empty);
    let desk = desk(&visit, &form, &imports, first, None);
    if wants_part(&headers) {
        return Ok(views::container(&desk).into_response());
    }
    Ok(web::shell_page(&visit, &form.title, views::page(&desk)).into_response())
}

fn desk<'a>(
    visit: &'a Visit,
    form: &'a Form,
    imports: &'a Page<Import>,
    first: bool,
    refusal: Option<&'a str>,
) -> Desk<'a> {
    Desk { viewer: Viewer::of(visit, SUBMISSIONS_WRITE), form, imports, first, refusal }
}

/// The page once more, with what is wrong with the file that was sent.
pub(super) async fn again(visit: &Visit, form: &Form, refusal: &str) -> Reply<Response> {
    let imports = list(visit, form.id, &Paging::default()).await?;
    let desk = desk(visit, form, &imports, true, Some(refusal));
    let page = web::shell_page(visit, &form.title, views::page(&desk));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
