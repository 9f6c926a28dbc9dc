//! The delivery: one message on its way to one endpoint, and every attempt at it.

pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod redelivery;
pub(crate) mod show;
pub(crate) mod store;
pub(crate) mod views;

use db::Tx;
use kernel::{Id, Permission, Result, Timestamp};
use web::Entity;

use crate::{
    WEBHOOKS_READ, WEBHOOKS_WRITE,
    ids::{DeliveryId, DeliveryKind, MessageId, WebhookId},
};

/// Where a delivery is on its way.
pub(crate) mod state {
    /// Waits for its first or its next attempt.
    pub(crate) const PENDING: &str = "pending";
    /// On the wire at this moment.
    pub(crate) const SENDING: &str = "sending";
    pub(crate) const SUCCEEDED: &str = "succeeded";
    /// Given up.
    pub(crate) const FAILED: &str = "failed";
    pub(crate) const ALL: [&str; 4] = [PENDING, SENDING, SUCCEEDED, FAILED];
}

/// A delivery without its payload.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Delivery {
    pub(crate) id: DeliveryId,
    pub(crate) webhook_id: WebhookId,
    pub(crate) message_id: MessageId,
    #[row(rename = "type")]
    pub(crate) kind: String,
    /// Of [`state`].
    pub(crate) state: String,
    pub(crate) attempts: i64,
    pub(crate) due_at: Option<Timestamp>,
    pub(crate) last_status: Option<i64>,
    pub(crate) last_error: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl Entity for Delivery {
    type Kind = DeliveryKind;
    const PARAMETER: &'static str = "delivery";
    const VIEW: Permission = WEBHOOKS_READ;
    const EDIT: Permission = WEBHOOKS_WRITE;

    async fn find(tx: &mut Tx, id: Id<DeliveryKind>) -> Result<Option<Self>> {
        store::find_delivery(tx, id).await
    }
}

/// One attempt.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Attempt {
    /// 1 for the first.
    pub(crate) number: i64,
    pub(crate) at: Timestamp,
    /// Microseconds.
    pub(crate) duration: i64,
    /// Of [`outcome`].
    pub(crate) outcome: String,
    pub(crate) status: Option<i64>,
    pub(crate) request_headers: db::Json,
    pub(crate) response_headers: Option<db::Json>,
    pub(crate) response_body: Option<String>,
    pub(crate) error: Option<String>,
}

/// How an attempt ended.
pub(crate) mod outcome {
    pub(crate) const SUCCEEDED: &str = "succeeded";
    /// Answered with something other than 2xx.
    pub(crate) const REFUSED: &str = "refused";
    /// Nothing was sent.
    pub(crate) const NOT_SENT: &str = "not_sent";
    /// Sent, but nobody knows whether it was taken.
    pub(crate) const UNKNOWN: &str = "unknown";
}
