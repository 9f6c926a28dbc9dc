//! Putting dead letters back into their queues: one, or all of a kind.

use ::jobs::{JobId, desk};
use axum::{
    extract::Path,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Cx, Form, Json, Reply, Visit};

use super::{filter::Filter, named, overview, views};
use crate::{paths, text::figure};

/// Which dead letters to retry.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RetryAll {
    /// Only those of this kind; all when left out.
    kind: Option<String>,
}

/// What went back into its queue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Retried {
    retried: u64,
}

/// One, with all its attempts.
pub(crate) async fn retry(cx: &Cx, id: JobId) -> Result<()> {
    let mut tx = cx.db().system("the operator retries a dead letter").await?;
    if !desk::retry(&mut tx, id, cx.now()).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    tracing::info!(actor = cx.actor().name(), job = %id, "a dead letter is retried");
    Ok(())
}

/// All, or all of a kind; tells how many.
pub(crate) async fn retry_all(cx: &Cx, kind: Option<&str>) -> Result<u64> {
    let mut tx = cx.db().system("the operator retries dead letters").await?;
    let count = desk::retry_all(&mut tx, kind, cx.now()).await?;
    tx.commit().await?;
    tracing::info!(actor = cx.actor().name(), kind, count, "dead letters are retried");
    Ok(count)
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    Path(job): Path<String>,
    Form(filter): Form<Filter>,
) -> Reply<Response> {
    retry(&visit, named(&job)?).await?;
    done(&visit, &headers, filter, "It waits in its queue again.").await
}

pub(crate) async fn page_all(
    visit: Visit,
    headers: HeaderMap,
    Form(filter): Form<Filter>,
) -> Reply<Response> {
    let count = retry_all(&visit, filter.kind()).await?;
    let text = format!("{} went back into their queues.", figure(count));
    done(&visit, &headers, filter, &text).await
}

/// The desk as it is now, where it was asked for; otherwise the way there.
pub(super) async fn done(
    visit: &Visit,
    headers: &HeaderMap,
    filter: Filter,
    text: &str,
) -> Reply<Response> {
    if !headers.contains_key("hx-request") {
        return Ok(web::done(&paths::jobs(filter.kind(), None), text));
    }
    let desk = overview::desk(visit, filter).await?;
    Ok(views::container_with_toast(&desk, text).into_response())
}

pub(crate) async fn api(visit: Visit, Path(job): Path<String>) -> Reply<Response> {
    retry(&visit, named(&job)?).await?;
    Ok(web::json(&Retried { retried: 1 }))
}

pub(crate) async fn api_all(visit: Visit, Json(input): Json<RetryAll>) -> Reply<Response> {
    let retried = retry_all(&visit, input.kind.as_deref()).await?;
    Ok(web::json(&Retried { retried }))
}
