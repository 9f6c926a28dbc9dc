//! What this system leaves for later.

use ::jobs::Job;
use db::Json;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::WebhookId;

/// Sends what is due to an endpoint.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Deliver {
    pub(crate) webhook_id: WebhookId,
    /// The moment it is for, when it is for later.
    pub(crate) at: Option<Timestamp>,
}

impl Job for Deliver {
    const KIND: &'static str = "webhooks.deliver";
    const QUEUE: &'static str = "webhooks";

    /// One that waits for later must not stand for one that is wanted now.
    fn unique_key(&self) -> Option<String> {
        Some(match self.at {
            Some(at) => format!("{}@{}", self.webhook_id, at.micros() / 1_000_000),
            None => self.webhook_id.to_string(),
        })
    }
}

/// Tells the endpoints that listen for it of something that happened.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Announce {
    pub(crate) seq: i64,
    pub(crate) kind: String,
    pub(crate) subject: String,
    pub(crate) at: Timestamp,
    pub(crate) data: String,
}

impl Announce {
    /// Of an event as the log holds it; its payload is the message's data.
    pub fn of(event: &events::Recorded) -> Self {
        let Json(data) = event.payload.clone();
        let (kind, subject) = (event.kind.clone(), event.subject.clone());
        Announce { seq: event.seq, kind, subject, at: event.at, data }
    }
}

impl Job for Announce {
    const KIND: &'static str = "webhooks.announce";
    const QUEUE: &'static str = "deliveries";
}

/// Sends again all that failed within a time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Redeliver {
    pub(crate) webhook_id: WebhookId,
    pub(crate) since: Timestamp,
    pub(crate) until: Timestamp,
}

impl Job for Redeliver {
    const KIND: &'static str = "webhooks.redeliver";
    const QUEUE: &'static str = "bulk";
}

/// Removes the log of a deleted endpoint.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SweepWebhook {
    pub(crate) webhook_id: WebhookId,
}

impl Job for SweepWebhook {
    const KIND: &'static str = "webhooks.sweep";
    const QUEUE: &'static str = "bulk";
}

/// Removes what is older than the log is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SweepOld {}

impl Job for SweepOld {
    const KIND: &'static str = "webhooks.sweep_old";
    const QUEUE: &'static str = "bulk";
}

/// Looks for deliveries that nobody minds: of a process that died, or whose job was missed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FindOverdue {}

impl Job for FindOverdue {
    const KIND: &'static str = "webhooks.find_overdue";
    const QUEUE: &'static str = "deliveries";
}
