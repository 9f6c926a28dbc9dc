//! Who was erased, newest first, and the page on which another search begins.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::{Fields, Result};
use web::{Cx, Page, Paging, Query, Reply, Visit};

use super::{
    Erasure,
    json::ErasureJson,
    store,
    views::{self, Desk},
};
use crate::{
    Forms, SUBMISSIONS_DELETE,
    pages::{Viewer, wants_part},
};

async fn list(cx: &Cx, paging: &Paging) -> Result<Page<Erasure>> {
    let limit = paging.limit()?;
    let mut tx = cx.read().await?;
    let rows = store::list_erasures(&mut tx, paging.place()?, limit + 1).await?;
    Ok(Page::of(rows, limit, |erasure| erasure.id.to_string()))
}

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    Query(paging): Query<Paging>,
) -> Reply<Response> {
    let page = list(&visit, &paging).await?;
    let mut data = Vec::with_capacity(page.data.len());
    for erasure in &page.data {
        data.push(ErasureJson::find(&forms, &visit, erasure).await?);
    }
    Ok(web::json(&Page { data, next_cursor: page.next_cursor }))
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    Query(paging): Query<Paging>,
) -> Reply<Response> {
    let (erasures, people) = (list(&visit, &paging).await?, people(&visit).await?);
    let problems = Fields::new();
    let desk = Desk {
        viewer: Viewer::of(&visit, SUBMISSIONS_DELETE),
        workspace: visit.workspace(),
        erasures: &erasures,
        people: &people,
        first: paging.cursor.as_deref().is_none_or(str::is_empty),
        entered: &[],
        problems: &problems,
    };
    if wants_part(&headers) {
        return Ok(views::container(&desk).into_response());
    }
    Ok(web::shell_page(&visit, views::TITLE, views::page(&desk)).into_response())
}

/// The page once more, with what was entered and what is wrong with it.
pub(super) async fn again(
    visit: &Visit,
    pairs: &[(String, String)],
    problems: &Fields,
) -> Reply<Response> {
    let (erasures, people) = (list(visit, &Paging::default()).await?, people(visit).await?);
    let desk = Desk {
        viewer: Viewer::of(visit, SUBMISSIONS_DELETE),
        workspace: visit.workspace(),
        erasures: &erasures,
        people: &people,
        first: true,
        entered: pairs,
        problems,
    };
    let page = web::shell_page(visit, views::TITLE, views::page(&desk));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Those who may have asked, by their ids.
pub(super) async fn people(cx: &Cx) -> Result<Vec<(String, String)>> {
    let people = workspaces::people(&mut cx.read().await?).await?;
    Ok(people.into_iter().map(|person| (person.id.to_string(), person.name)).collect())
}
