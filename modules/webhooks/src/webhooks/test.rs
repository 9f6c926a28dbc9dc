//! Sending a test message, whatever the endpoint listens for.

use axum::{http::StatusCode, response::Response};
use kernel::{Error, Result};
use serde_json::value::to_raw_value;
use web::{Cx, Editable, Reply, Visit};

use super::json::TestJson;
use crate::{
    endpoint::{TEST, Webhook},
    ids::DeliveryId,
    messages::{self, NewMessage},
    paths,
};

/// Sends a test; its outcome is in the log a moment later.
pub(crate) async fn send(cx: &Cx, webhook: &Editable<Webhook>) -> Result<DeliveryId> {
    if !webhook.enabled {
        return Err(Error::conflict("disabled", "Enable the endpoint first."));
    }
    let data = serde_json::json!({
        "webhook_id": webhook.id,
        "text": "It works: this is a test message.",
    });
    let message = NewMessage {
        source: format!("test {}", kernel::short_id(cx.chance())),
        kind: TEST,
        subject: webhook.id.to_string(),
        at: cx.now(),
        data: to_raw_value(&data).map_err(Error::internal)?,
    };
    let mut tx = cx.begin().await?;
    let delivery = messages::tell_one(&mut tx, webhook, message, cx.chance()).await?;
    tx.commit().await?;
    Ok(delivery)
}

pub(crate) async fn page(visit: Visit, webhook: Editable<Webhook>) -> Reply<Response> {
    match send(&visit, &webhook).await {
        Ok(delivery) => {
            Ok(web::done(&paths::delivery(visit.slug(), delivery), "A test is on its way"))
        }
        Err(Error::Conflict { message, .. }) => {
            Ok(web::refused(&paths::webhook(visit.slug(), webhook.id), &message))
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn api(visit: Visit, webhook: Editable<Webhook>) -> Reply<Response> {
    let delivery_id = send(&visit, &webhook).await?;
    Ok(web::with_status(StatusCode::ACCEPTED, &TestJson { delivery_id }))
}
