//! Deliveries as programs see them.

use kernel::{Error, Result, Timestamp};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{Attempt, Delivery};
use crate::ids::{DeliveryId, MessageId, WebhookId};

/// A message on its way to one endpoint.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookDelivery)]
pub(crate) struct DeliveryJson {
    id: DeliveryId,
    webhook_id: WebhookId,
    /// The header `webhook-id`: the same for all endpoints and attempts.
    message_id: MessageId,
    #[schema(example = "submission.received")]
    r#type: String,
    /// `pending`, `sending`, `succeeded` or `failed`.
    state: String,
    attempts: i64,
    next_attempt_at: Option<Timestamp>,
    /// The status of the latest answer.
    last_status: Option<i64>,
    last_error: Option<String>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl DeliveryJson {
    pub(crate) fn of(delivery: Delivery) -> Self {
        let waits = delivery.state == super::state::PENDING;
        DeliveryJson {
            id: delivery.id,
            webhook_id: delivery.webhook_id,
            message_id: delivery.message_id,
            r#type: delivery.kind,
            state: delivery.state,
            attempts: delivery.attempts,
            next_attempt_at: delivery.due_at.filter(|_| waits),
            last_status: delivery.last_status,
            last_error: delivery.last_error,
            created_at: delivery.created_at,
            updated_at: delivery.updated_at,
        }
    }
}

/// A page of deliveries.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookDeliveryList)]
pub(crate) struct DeliveryList {
    data: Vec<DeliveryJson>,
    next_cursor: Option<String>,
}

/// One attempt.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookAttempt)]
pub(crate) struct AttemptJson {
    number: i64,
    at: Timestamp,
    /// Milliseconds.
    duration: f64,
    /// `succeeded`, `refused` (an answer other than 2xx), `not_sent`, or `unknown`: sent, but whether it was taken
    /// is not known.
    outcome: String,
    status: Option<i64>,
    #[schema(value_type = Object)]
    request_headers: Box<RawValue>,
    #[schema(value_type = Option<Object>)]
    response_headers: Option<Box<RawValue>>,
    /// At most 64 KiB of it.
    response_body: Option<String>,
    error: Option<String>,
}

impl AttemptJson {
    fn of(attempt: Attempt) -> Result<Self> {
        Ok(AttemptJson {
            number: attempt.number,
            at: attempt.at,
            duration: attempt.duration as f64 / 1_000.0,
            outcome: attempt.outcome,
            status: attempt.status,
            request_headers: raw(attempt.request_headers.0)?,
            response_headers: attempt.response_headers.map(|headers| raw(headers.0)).transpose()?,
            response_body: attempt.response_body,
            error: attempt.error,
        })
    }
}

fn raw(json: String) -> Result<Box<RawValue>> {
    RawValue::from_string(json).map_err(Error::internal)
}

/// A delivery with what was sent and what came back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookDeliveryDetail)]
pub(crate) struct DetailJson {
    delivery: DeliveryJson,
    /// The body of every attempt, as it is signed.
    #[schema(value_type = Option<Object>)]
    payload: Option<Box<RawValue>>,
    /// The latest first, at most 100.
    attempts: Vec<AttemptJson>,
}

impl DetailJson {
    pub(crate) fn of(
        delivery: Delivery,
        payload: Option<String>,
        attempts: Vec<Attempt>,
    ) -> Result<Self> {
        Ok(DetailJson {
            delivery: DeliveryJson::of(delivery),
            payload: payload.map(raw).transpose()?,
            attempts: attempts.into_iter().map(AttemptJson::of).collect::<Result<_>>()?,
        })
    }
}

/// Which failed deliveries are sent again.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookRedeliveries)]
pub(crate) struct Redeliveries {
    /// Those of messages from this moment on.
    #[schema(value_type = String, format = "date-time")]
    pub(crate) since: Timestamp,
    /// And before this one; now when absent.
    #[schema(value_type = Option<String>, format = "date-time")]
    pub(crate) until: Option<Timestamp>,
}
