//! One delivery: what was sent, what came back, each time.

use axum::response::Response;
use kernel::Result;
use maud::Markup;
use web::{Cx, Reply, Viewable, Visit};

use super::{Attempt, Delivery, json::DetailJson, store, views};
use crate::{
    WEBHOOKS_WRITE,
    endpoint::{self, Webhook},
};

/// More were made by hand only.
const ATTEMPTS: i64 = 100;

async fn find(
    cx: &Cx,
    delivery: &Delivery,
) -> Result<(Option<Webhook>, Option<String>, Vec<Attempt>)> {
    let mut tx = cx.read().await?;
    let webhook = endpoint::store::find_webhook(&mut tx, delivery.webhook_id).await?;
    let payload = store::find_payload(&mut tx, delivery.message_id).await?;
    let attempts = store::list_attempts(&mut tx, delivery.id, ATTEMPTS).await?;
    Ok((webhook, payload, attempts))
}

pub(crate) async fn page(visit: Visit, delivery: Viewable<Delivery>) -> Reply<Markup> {
    let (webhook, payload, attempts) = find(&visit, &delivery).await?;
    let sheet = views::Sheet {
        slug: visit.slug(),
        delivery: &delivery,
        webhook: webhook.as_ref(),
        payload: payload.as_deref(),
        attempts: &attempts,
        may_write: visit.actor().may(WEBHOOKS_WRITE),
        csrf_token: visit.visitor.csrf_token(),
    };
    Ok(web::shell_page(&visit, &delivery.kind, sheet.page()))
}

pub(crate) async fn api(visit: Visit, delivery: Viewable<Delivery>) -> Reply<Response> {
    let (_, payload, attempts) = find(&visit, &delivery).await?;
    Ok(web::json(&DetailJson::of(delivery.into_inner(), payload, attempts)?))
}
