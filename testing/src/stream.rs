//! A live stream, read event by event (WHATWG HTML, section 9.2).

use std::time::Duration;

use axum::body::Body;
use futures::StreamExt;

/// How long a test waits for something that should come at once.
const PATIENCE: Duration = Duration::from_secs(5);

/// One event of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamEvent {
    pub event: String,
    pub id: String,
    pub data: String,
}

/// An open stream.
pub struct Stream {
    body: axum::body::BodyDataStream,
    text: String,
}

impl Stream {
    pub(crate) fn of(body: Body) -> Self {
        Stream { body: body.into_data_stream(), text: String::new() }
    }

    /// The next event; fails when none comes in time.
    pub async fn next(&mut self) -> StreamEvent {
        let next = tokio::time::timeout(PATIENCE, self.read()).await;
        next.expect("an event comes in time").expect("the stream goes on")
    }

    /// Whether nothing comes for so long.
    pub async fn is_quiet(&mut self, duration: Duration) -> bool {
        tokio::time::timeout(duration, self.read()).await.is_err()
    }

    /// The next event; `None` at the end of the stream.
    pub async fn read(&mut self) -> Option<StreamEvent> {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (parse(block), rest.to_owned());
                self.text = rest;
                if let Some(event) = event {
                    return Some(event);
                }
            }
            let bytes = self.body.next().await?.ok()?;
            self.text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
}

/// Comments, which keep the connection open, are no events.
fn parse(block: &str) -> Option<StreamEvent> {
    let field = |name: &str| {
        let lines = block.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        lines.map(str::trim_start).collect::<Vec<_>>().join("\n")
    };
    let event = StreamEvent { event: field("event"), id: field("id"), data: field("data") };
    (!event.event.is_empty() || !event.data.is_empty()).then_some(event)
}
