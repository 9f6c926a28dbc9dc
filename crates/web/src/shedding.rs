//! What is more than the house can carry is refused at once, before it takes up memory.

use std::sync::Arc;

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::Error;
use tokio::sync::Semaphore;

use crate::Failure;

/// Refuses with 503 while all places are taken. A place is free again when the answer begins, so that
/// live streams do not hold any; watchers of the house's health need none.
pub(crate) async fn shed(places: Arc<Semaphore>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/health/") || path == "/metrics" {
        return next.run(request).await;
    }
    let Ok(_place) = places.try_acquire() else {
        metrics::counter!("mewayz_http_shed_total").increment(1);
        return Failure(Error::unavailable("too many requests in flight")).into_response();
    };
    next.run(request).await
}
