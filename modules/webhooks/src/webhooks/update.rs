//! Changing an endpoint.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use web::{Editable, Json, Pairs, Reply, Visit};

use super::{
    NewWebhook, Parts, check, create,
    json::{State as Wanted, WebhookChange, WebhookJson},
    show,
    state::set_state,
};
use crate::{
    Webhooks,
    endpoint::{Webhook, store},
    events::WebhookUpdated,
    paths,
};

/// Changes what is named; another address has to prove itself anew.
pub(crate) async fn update(
    webhooks: &Webhooks,
    visit: &Visit,
    webhook: Editable<Webhook>,
    change: &WebhookChange,
) -> Result<Webhook> {
    let mut webhook = webhook.into_inner();
    let kept: Vec<String> = webhook.types().map(str::to_owned).collect();
    let cx = visit.cx();
    let parts = Parts {
        url: change.url.as_deref().unwrap_or(&webhook.url),
        description: change.description.as_deref().unwrap_or(&webhook.description),
        event_types: change.event_types.as_deref().unwrap_or(&kept),
        subject: change.subject.as_deref().or(webhook.subject.as_deref()),
        known_subject: webhook.subject.as_deref(),
    };
    let checked = check(webhooks.outbound(), visit, &parts).await?;
    if checked.url != webhook.url {
        (webhook.failing_since, webhook.failures) = (None, 0);
    }
    webhook.url = checked.url;
    webhook.description = checked.description;
    webhook.event_types = checked.event_types;
    webhook.subject = checked.subject;
    webhook.updated_at = cx.now();
    let mut tx = cx.begin().await?;
    if let Some(state) = change.state {
        set_state(cx, &mut tx, &mut webhook, state == Wanted::Enabled).await?;
    }
    store::update_webhook(&mut tx, &webhook).await?;
    tx.record(&WebhookUpdated { webhook_id: webhook.id, url: webhook.url.clone() }).await?;
    tx.commit().await?;
    Ok(webhook)
}

pub(crate) async fn page(
    State(webhooks): State<Webhooks>,
    visit: Visit,
    webhook: Editable<Webhook>,
    Pairs(pairs): Pairs,
) -> Reply {
    let (entered, path) = (create::from_pairs(pairs), paths::webhook(visit.slug(), webhook.id));
    match update(&webhooks, &visit, webhook.clone(), &as_change(&entered)).await {
        Ok(_) => Ok(web::done(&path, "Changed")),
        Err(Error::Invalid(fields)) => {
            let part = show::Part { entered: Some((&entered, &fields)), ..show::Part::default() };
            let page = show::render(&visit, &webhook, &part).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn as_change(entered: &NewWebhook) -> WebhookChange {
    WebhookChange {
        url: Some(entered.url.clone()),
        description: Some(entered.description.clone()),
        event_types: Some(entered.event_types.clone()),
        subject: Some(entered.subject.clone().unwrap_or_default()),
        state: None,
    }
}

pub(crate) async fn api(
    State(webhooks): State<Webhooks>,
    visit: Visit,
    webhook: Editable<Webhook>,
    Json(change): Json<WebhookChange>,
) -> Reply<Response> {
    let webhook = update(&webhooks, &visit, webhook, &change).await?;
    Ok(web::json(&WebhookJson::of(webhook)))
}
