//! Deleting an endpoint, and by a job its log.

use axum::response::Response;
use jobs::When;
use kernel::Result;
use web::{Cx, Editable, Reply, Visit};

use crate::{
    endpoint::{Webhook, store},
    events::WebhookDeleted,
    jobs::SweepWebhook,
    paths,
};

pub(crate) async fn delete(cx: &Cx, webhook: Editable<Webhook>) -> Result<()> {
    let webhook = webhook.into_inner();
    let mut tx = cx.begin().await?;
    store::delete_webhook(&mut tx, webhook.id).await?;
    tx.record(&WebhookDeleted { webhook_id: webhook.id, url: webhook.url }).await?;
    tx.enqueue(&SweepWebhook { webhook_id: webhook.id }, When::Now).await?;
    tx.commit().await
}

pub(crate) async fn page(visit: Visit, webhook: Editable<Webhook>) -> Reply<Response> {
    delete(&visit, webhook).await?;
    Ok(web::done(&paths::webhooks(visit.slug()), "The endpoint was deleted"))
}

pub(crate) async fn api(visit: Visit, webhook: Editable<Webhook>) -> Reply<Response> {
    delete(&visit, webhook).await?;
    Ok(web::no_content())
}
