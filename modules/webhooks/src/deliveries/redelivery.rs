//! Sending again: one, or all that failed within a time.

use axum::{http::StatusCode, response::Response};
use jobs::{JobContext, When};
use kernel::{Error, Result, Timestamp};
use web::{Cx, Editable, Json, Reply, Visit};

use super::{
    Delivery,
    json::{DeliveryJson, Redeliveries},
    store,
};
use crate::{
    endpoint::{self, Webhook},
    ids::{WebhookId, first_delivery_of},
    jobs::{Deliver, Redeliver},
    paths,
};

/// Starts a delivery over, with all its attempts before it.
pub(crate) async fn redeliver(cx: &Cx, delivery: Editable<Delivery>) -> Result<Delivery> {
    let delivery = delivery.into_inner();
    let mut tx = cx.begin().await?;
    expect_enabled(endpoint::store::find_webhook(&mut tx, delivery.webhook_id).await?.as_ref())?;
    if !store::restart(&mut tx, delivery.id, cx.now()).await? {
        return Err(Error::conflict("sending", "It is being sent at this moment."));
    }
    tx.enqueue(&Deliver { webhook_id: delivery.webhook_id, at: None }, When::Now).await?;
    let delivery = store::find_delivery(&mut tx, delivery.id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(delivery)
}

fn expect_enabled(webhook: Option<&Webhook>) -> Result<()> {
    match webhook {
        Some(webhook) if webhook.enabled => Ok(()),
        Some(_) => Err(Error::conflict("disabled", "Enable the endpoint first.")),
        None => Err(Error::conflict("deleted", "The endpoint was deleted.")),
    }
}

/// Has all sent again that failed within a time, by a job.
pub(crate) async fn redeliver_failed(
    cx: &Cx,
    webhook: Editable<Webhook>,
    since: Timestamp,
    until: Option<Timestamp>,
) -> Result<()> {
    expect_enabled(Some(&webhook))?;
    let until = until.unwrap_or(cx.now());
    if until < since {
        return Err(Error::invalid("until", "before_since", "Name a moment after `since`."));
    }
    let mut tx = cx.begin().await?;
    tx.enqueue(&Redeliver { webhook_id: webhook.id, since, until }, When::Now).await?;
    tx.commit().await
}

/// Rows of one transaction.
const CHUNK: i64 = 500;

/// The job: chunk by chunk; what is started over is not failed any more, so twice is once.
pub(crate) async fn work(job: &JobContext, cx: &Cx, asked: Redeliver) -> Result<()> {
    // A message is told a little after it happened.
    let end = first_delivery_of(asked.until.plus(std::time::Duration::from_millis(1)));
    let mut after = first_delivery_of(asked.since);
    loop {
        let mut tx = cx.begin().await?;
        let some = store::list_failed(&mut tx, asked.webhook_id, after, end, CHUNK).await?;
        match some.last() {
            Some((last,)) => after = *last,
            None => {
                job.finish(&mut tx).await?;
                return tx.commit().await;
            }
        }
        let ids = some.into_iter().map(|(id,)| id);
        store::restart_failed(&mut tx, asked.webhook_id, ids, cx.now()).await?;
        send(&mut tx, asked.webhook_id).await?;
        tx.commit().await?;
    }
}

async fn send(tx: &mut web::Change, webhook_id: WebhookId) -> Result<()> {
    tx.enqueue(&Deliver { webhook_id, at: None }, When::Now).await
}

pub(crate) async fn page(visit: Visit, delivery: Editable<Delivery>) -> Reply<Response> {
    let path = paths::delivery(visit.slug(), delivery.id);
    match redeliver(&visit, delivery).await {
        Ok(_) => Ok(web::done(&path, "It is sent again")),
        Err(Error::Conflict { message, .. }) => Ok(web::refused(&path, &message)),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn api(visit: Visit, delivery: Editable<Delivery>) -> Reply<Response> {
    let delivery = redeliver(&visit, delivery).await?;
    Ok(web::with_status(StatusCode::ACCEPTED, &DeliveryJson::of(delivery)))
}

pub(crate) async fn page_many(visit: Visit, webhook: Editable<Webhook>) -> Reply<Response> {
    let path = paths::webhook(visit.slug(), webhook.id);
    match redeliver_failed(&visit, webhook, Timestamp::default(), None).await {
        Ok(()) => Ok(web::done(&path, "All that failed is sent again")),
        Err(Error::Conflict { message, .. }) => Ok(web::refused(&path, &message)),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn api_many(
    visit: Visit,
    webhook: Editable<Webhook>,
    Json(asked): Json<Redeliveries>,
) -> Reply<Response> {
    redeliver_failed(&visit, webhook, asked.since, asked.until).await?;
    Ok(web::with_status(StatusCode::ACCEPTED, &serde_json::json!({"status": "queued"})))
}
