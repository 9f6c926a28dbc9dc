//! The event log of a workspace as server-sent events (WHATWG HTML, section 9.2).

use std::{convert::Infallible, time::Duration};

use axum::{
    http::HeaderMap,
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::StreamExt;
use kernel::{Permission, Role};
use live::Frame;
use serde::Deserialize;
use serde_json::json;

use crate::{Access, Operation, Query, Reply, Routes, Visit};

/// Following what happens in a workspace.
pub(crate) const FOLLOW: Permission =
    Permission { key: "events:read", label: "follow what happens", from: Role::Viewer };

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
             A `reset` event means that too much was missed: read the lists anew.",
        )
        .query("after", "The number of the event seen last.", json!({"type": "integer", "minimum": 0}))
        .text_reply(200, "A stream that does not end.", "text/event-stream");
    Routes::new()
        .page(axum::http::Method::GET, "/w/{workspace}/live", Access::Workspace(FOLLOW), stream)
        .api(axum::http::Method::GET, "/api/events", Access::Workspace(FOLLOW), stream, operation)
}

async fn stream(visit: Visit, headers: HeaderMap, Query(query): Query<After>) -> Reply {
    let header = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let frames = visit.shared.live.follow(visit.workspace(), header.or(query.after)).await?;
    let shutdown = visit.shared.shutdown.clone();
    let events = frames
        .map(|frame| Ok::<_, Infallible>(to_event(frame)))
        .take_until(shutdown.cancelled_owned());
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(15));
    let headers = [("x-accel-buffering", "no")];
    Ok((headers, Sse::new(events).keep_alive(keep_alive)).into_response())
}

fn to_event(frame: Frame) -> Event {
    match frame {
        Frame::Ready(seq) => {
            Event::default().event("ready").id(seq.to_string()).data(seq.to_string())
        }
        Frame::Reset(seq) => {
            Event::default().event("reset").id(seq.to_string()).data(seq.to_string())
        }
        Frame::Event(event) => {
            let document = json!({
                "seq": event.seq,
                "kind": event.kind,
                "subject": event.subject,
                "actor": event.actor,
                "payload": serde_json::from_str::<serde_json::Value>(&event.payload.0).unwrap_or_default(),
                "at": event.at,
            });
            Event::default()
                .event(event.kind.clone())
                .id(event.seq.to_string())
                .data(document.to_string())
        }
    }
}
