//! Throwing a dead letter away.

use ::jobs::{JobId, desk};
use axum::{extract::Path, http::HeaderMap, response::Response};
use kernel::{Error, Result};
use web::{Cx, Form, Reply, Visit};

use super::{filter::Filter, named, retries::done};

/// Gone for good.
pub(crate) async fn remove(cx: &Cx, id: JobId) -> Result<()> {
    let mut tx = cx.db().system("the operator discards a dead letter").await?;
    if !desk::discard(&mut tx, id).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    tracing::info!(actor = cx.actor().name(), job = %id, "a dead letter is discarded");
    Ok(())
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    Path(job): Path<String>,
    Form(filter): Form<Filter>,
) -> Reply<Response> {
    remove(&visit, named(&job)?).await?;
    done(&visit, &headers, filter, "The dead letter is gone.").await
}

pub(crate) async fn api(visit: Visit, Path(job): Path<String>) -> Reply<Response> {
    remove(&visit, named(&job)?).await?;
    Ok(web::no_content())
}
