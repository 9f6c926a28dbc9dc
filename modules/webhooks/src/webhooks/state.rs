//! Enabling and disabling an endpoint.

use axum::response::Response;
use jobs::When;
use kernel::Result;
use serde::Deserialize;
use web::{Change, Cx, Editable, Form, Reply, Visit};

use crate::{
    endpoint::{Webhook, reason, store},
    events::{WebhookDisabled, WebhookUpdated},
    jobs::Deliver,
    paths,
};

/// A disabled endpoint gets nothing, and is not told later of what happens meanwhile; what was on its way when it
/// was disabled goes on when it is enabled again.
pub(crate) async fn set_state(
    cx: &Cx,
    tx: &mut Change,
    webhook: &mut Webhook,
    enabled: bool,
) -> Result<()> {
    if webhook.enabled == enabled {
        return Ok(());
    }
    webhook.enabled = enabled;
    webhook.disabled_reason = (!enabled).then(|| reason::BY_HAND.to_owned());
    if enabled {
        webhook.listens_since = cx.now();
        (webhook.failing_since, webhook.failures) = (None, 0);
        return tx.enqueue(&Deliver { webhook_id: webhook.id, at: None }, When::Now).await;
    }
    let (url, reason) = (webhook.url.clone(), reason::BY_HAND.to_owned());
    tx.record(&WebhookDisabled { webhook_id: webhook.id, url, reason }).await.map(|_| ())
}

/// What the page's button sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Sent {
    state: super::json::State,
}

pub(crate) async fn page(
    visit: Visit,
    webhook: Editable<Webhook>,
    Form(sent): Form<Sent>,
) -> Reply<Response> {
    let mut webhook = webhook.into_inner();
    let enabled = sent.state == super::json::State::Enabled;
    let cx: &Cx = &visit;
    let mut tx = cx.begin().await?;
    set_state(cx, &mut tx, &mut webhook, enabled).await?;
    webhook.updated_at = cx.now();
    store::update_webhook(&mut tx, &webhook).await?;
    tx.record(&WebhookUpdated { webhook_id: webhook.id, url: webhook.url.clone() }).await?;
    tx.commit().await?;
    let told = if enabled { "Enabled" } else { "Disabled: it gets nothing any more" };
    Ok(web::done(&paths::webhook(visit.slug(), webhook.id), told))
}
