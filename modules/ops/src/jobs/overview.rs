//! The queue at a glance.

use ::jobs::desk;
use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kernel::Result;
use web::{Cx, Page, Query, Reply, Visit};

use super::{
    dead::list,
    filter::Filter,
    json::{DeadLetter, Overview, Queue, Running},
    views::{self, Desk},
};
use crate::paths;

/// Running jobs that are shown.
const RUNNING: u32 = 50;

/// Queues and what runs, on all workers.
pub(crate) async fn look(cx: &Cx) -> Result<Overview> {
    let mut tx = cx.db().system_read("the operator looks at the queues").await?;
    let queues = desk::queues(&mut tx, cx.now()).await?.into_iter().map(Queue::of).collect();
    let running = desk::running(&mut tx, RUNNING).await?.into_iter().map(Running::of).collect();
    Ok(Overview { queues, running })
}

/// Dead letters by kind.
async fn kinds(cx: &Cx) -> Result<Vec<(String, u64)>> {
    let mut tx = cx.db().system_read("the operator looks at the dead letters").await?;
    desk::dead_kinds(&mut tx).await
}

/// Everything that the page shows.
pub(crate) async fn desk(visit: &Visit, filter: Filter) -> Result<Desk> {
    let dead: Page<DeadLetter> = list(visit, &filter).await?;
    Ok(Desk {
        overview: look(visit).await?,
        kinds: kinds(visit).await?,
        dead,
        filter,
        csrf_token: visit.visitor.csrf_token().to_owned(),
    })
}

pub(crate) async fn entrance() -> Response {
    web::see_other(paths::JOBS)
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    Query(filter): Query<Filter>,
) -> Reply<Response> {
    let desk = desk(&visit, filter).await?;
    if headers.contains_key("hx-request") {
        return Ok(views::container(&desk).into_response());
    }
    Ok(web::shell_page(&visit, "Jobs", views::page(&desk)).into_response())
}

pub(crate) async fn api(visit: Visit) -> Reply<Response> {
    Ok(web::json(&look(&visit).await?))
}
