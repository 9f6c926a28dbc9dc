//! What no request may exceed: a place among those worked on, the time it takes, the pauses of its body.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{Request, State},
    http::header::CONTENT_TYPE,
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use kernel::Error;
use tokio::sync::Semaphore;
use tower_http::timeout::TimeoutBody;

use crate::{
    Failure,
    origin::names_one_host,
    render::{self, Seldom},
    shared::ServerSettings,
};

/// The bounds of all requests together and of each.
#[derive(Clone)]
pub(crate) struct Bounds {
    places: Arc<Semaphore>,
    request: Duration,
    body: Duration,
    seldom: Arc<Seldom>,
}

impl Bounds {
    pub(crate) fn of(settings: &ServerSettings) -> Self {
        Bounds {
            places: Arc::new(Semaphore::new(settings.max_in_flight.min(Semaphore::MAX_PERMITS))),
            request: settings.request_timeout,
            body: settings.body_timeout,
            seldom: Arc::default(),
        }
    }
}

/// Keeps the request within its bounds, and gives whatever failed its body.
pub(crate) async fn bound(State(bounds): State<Bounds>, request: Request, next: Next) -> Response {
    let seldom = bounds.seldom.clone();
    render::render(&seldom, request, |request| shed(bounds, request, next)).await
}

/// Refuses with 503 while all places are taken, before the request takes up memory. A place is free
/// again when the answer begins, so that live streams do not hold any; watchers of the house's health
/// need none.
async fn shed(bounds: Bounds, request: Request, next: Next) -> Response {
    if !names_one_host(&request) {
        let message = "A request names its host once, in the header Host.";
        return Failure(Error::Malformed(message.into())).into_response();
    }
    let path = request.uri().path();
    if path.starts_with("/api/health/") || path == "/metrics" {
        return limit(&bounds, request, next).await;
    }
    let Ok(_place) = bounds.places.try_acquire() else {
        metrics::counter!("mewayz_http_shed_total").increment(1);
        return Failure(Error::unavailable("too many requests in flight")).into_response();
    };
    limit(&bounds, request, next).await
}

/// Cuts off what takes too long; streams, bulk bodies and files watch their own progress.
async fn limit(bounds: &Bounds, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let endless = path.ends_with("/live")
        || path == "/api/events"
        || path.ends_with("/bulk")
        || path.ends_with("/imports")
        || (path.starts_with("/f/") && (is_multipart(&request) || is_part(&request)));
    let request = request.map(|body| Body::new(TimeoutBody::new(bounds.body, body)));
    let answer = answer(request, next);
    if endless {
        return answer.await;
    }
    match tokio::time::timeout(bounds.request, answer).await {
        Ok(response) => response,
        Err(_) => Failure(Error::unavailable("the request took too long")).into_response(),
    }
}

fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.trim_start().starts_with("multipart/form-data"))
}

/// A part of an upload: tus sends it with PATCH, or with POST where that does not pass.
fn is_part(request: &Request) -> bool {
    request.headers().contains_key("upload-offset")
}

/// A handler that panics fails its own request alone.
async fn answer(request: Request, next: Next) -> Response {
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => Failure(Error::internal("a handler panicked")).into_response(),
    }
}
