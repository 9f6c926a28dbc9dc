//! One follower: what they may see of the log, for as long as they may see it.

use std::{collections::HashMap, convert::Infallible, sync::Arc, time::Duration};

use axum::response::sse::Event;
use futures::{Stream, StreamExt, stream::BoxStream};
use kernel::{Actor, Place};
use live::Frame;
use serde_json::json;
use tokio::time::{Instant, sleep_until};

use crate::{EventRule, Visit, pass::Pass};

/// How long a quiet stream goes on without asking whether it still may.
const RECHECK: Duration = Duration::from_secs(10);
/// How long it may have been since then when there is something to tell.
const FRESH: Duration = Duration::from_secs(1);
/// Whoever is here so long comes back with the last number.
const LIFETIME: Duration = Duration::from_secs(3600);

pub(super) struct Following {
    frames: BoxStream<'static, Frame>,
    rules: Arc<HashMap<&'static str, EventRule>>,
    pass: Pass,
    actor: Actor,
    checked: Instant,
    ends: Instant,
    over: bool,
    _place: Place<String>,
}

impl Following {
    pub(super) fn new(
        visit: &Visit,
        place: Place<String>,
        pass: Pass,
        frames: BoxStream<'static, Frame>,
    ) -> Self {
        let now = Instant::now();
        Following {
            frames,
            rules: visit.shared.event_rules.clone(),
            pass,
            actor: visit.actor().clone(),
            checked: now,
            ends: now + LIFETIME,
            over: false,
            _place: place,
        }
    }

    pub(super) fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        futures::stream::unfold(self, Self::next)
    }

    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        while !self.over {
            let frame = tokio::select! {
                frame = self.frames.next() => Some(frame?),
                () = sleep_until(self.ends.min(self.checked + RECHECK)) => None,
            };
            if Instant::now() >= self.ends {
                break;
            }
            let patience = if frame.is_some() { FRESH } else { RECHECK };
            if self.checked.elapsed() >= patience {
                // Also when nobody can be asked at the moment: whoever may still follow comes back.
                self.actor = self.pass.renew().await.ok()?;
                self.checked = Instant::now();
            }
            if let Some(frame) = frame {
                let event = self.tell(frame);
                return Some((Ok(event), self));
            }
        }
        None
    }

    fn tell(&mut self, frame: Frame) -> Event {
        let Frame::Event(event) = &frame else { return written(&frame) };
        let Some(rule) = self.rules.get(event.kind.as_str()) else { return written(&frame) };
        // The log itself says, in order, from where on the follower has other rights or none.
        self.over = rule.turns_subject && event.subject == self.actor.name();
        if self.actor.may(rule.permission) {
            return written(&frame);
        }
        // The number alone: whoever comes back with it does not begin before it.
        Event::default().id(event.seq.to_string())
    }
}

fn written(frame: &Frame) -> Event {
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
