//! The event log of a workspace as server-sent events (WHATWG HTML, section 9.2).

mod following;

use std::time::Duration;

use axum::{
    http::HeaderMap,
    response::{
        IntoResponse,
        sse::{KeepAlive, Sse},
    },
};
use futures::StreamExt;
use kernel::{Error, Permission, Role};
use serde::Deserialize;
use serde_json::json;

use self::following::Following;
use crate::{Access, Operation, Query, Reply, Routes, Visit, pass::Pass};

/// Following what happens in a workspace.
pub(crate) const FOLLOW: Permission =
    Permission { key: "events:read", label: "follow what happens", from: Role::Viewer };

/// Streams that one person or key may have open at once.
const STREAMS: usize = 50;
/// When whoever has that many may ask again.
const FULL: Error = Error::Limited { retry_after: Duration::from_secs(30) };

#[derive(Debug, Deserialize)]
struct After {
    /// The seq seen last, for clients that cannot send `Last-Event-ID` on a fresh connection.
    after: Option<i64>,
}

pub(crate) fn routes() -> Routes {
    let operation = Operation::new("Events", "Follow the events of the workspace")
        .describe(
            "Server-sent events: `id` is the event's number in the workspace, `event` its kind, `data` a JSON \
             document with `seq`, `kind`, `subject`, `actor`, `payload`, `at`. After a lost connection send the \
             last number as `Last-Event-ID` (or `after`): what was missed comes first, without gap or duplicate. \
             A `reset` event means that too much was missed: read the lists anew. Of what you have no right to \
             see only the number comes. The stream ends after an hour, and as soon as your rights change or \
             end: come back with the last number. At most 50 streams at once.",
        )
        .query("after", "The number of the event seen last.", json!({"type": "integer", "minimum": 0}))
        .text_reply(200, "A stream that does not end.", "text/event-stream");
    Routes::new()
        .page(axum::http::Method::GET, "/w/{workspace}/live", Access::Workspace(FOLLOW), stream)
        .api(axum::http::Method::GET, "/api/events", Access::Workspace(FOLLOW), stream, operation)
}

async fn stream(visit: Visit, headers: HeaderMap, Query(query): Query<After>) -> Reply {
    let place = visit.shared.streams.enter(visit.actor().name(), STREAMS).ok_or(FULL)?;
    let header = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let frames = visit.shared.live.follow(visit.workspace(), header.or(query.after)).await?;
    let (pass, shutdown) = (Pass::of(&visit, &headers, FOLLOW), visit.shared.shutdown.clone());
    let following = Following::new(&visit, place, pass, frames.boxed());
    let events = following.events().take_until(shutdown.cancelled_owned());
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(15));
    let headers = [("x-accel-buffering", "no")];
    Ok((headers, Sse::new(events).keep_alive(keep_alive)).into_response())
}
