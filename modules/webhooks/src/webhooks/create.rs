//! Making an endpoint.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use web::{Json, Pairs, Reply, Visit};

use super::{
    NewWebhook, Parts, check,
    json::{CreatedJson, WebhookJson},
    list, secret,
};
use crate::{
    Webhooks,
    endpoint::{Webhook, store},
    events::WebhookCreated,
    ids::WebhookId,
    messages::MOST_WEBHOOKS,
    paths,
};

/// Makes an endpoint; it is told of what happens from this moment on.
pub(crate) async fn create(
    webhooks: &Webhooks,
    visit: &Visit,
    new: &NewWebhook,
) -> Result<(Webhook, String)> {
    let cx = visit.cx();
    let parts = Parts {
        url: &new.url,
        description: &new.description,
        event_types: &new.event_types,
        subject: new.subject.as_deref(),
        known_subject: None,
    };
    let checked = check(webhooks.outbound(), visit, &parts).await?;
    let secret = secret::chosen(cx, new.secret.as_deref())?;
    let webhook = Webhook {
        id: WebhookId::new(cx.now(), cx.chance()),
        url: checked.url,
        description: checked.description,
        event_types: checked.event_types,
        subject: checked.subject,
        enabled: true,
        disabled_reason: None,
        listens_since: cx.now(),
        failing_since: None,
        failures: 0,
        created_by: cx.actor().name(),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    let mut tx = cx.begin().await?;
    if store::count_webhooks(&mut tx).await? >= MOST_WEBHOOKS {
        let message =
            format!("A workspace has at most {MOST_WEBHOOKS} endpoints. Delete one first.");
        return Err(Error::conflict("too_many_webhooks", message));
    }
    store::insert_webhook(&mut tx, &webhook).await?;
    webhooks.keep_secret(cx, &mut tx, webhook.id, &secret).await?;
    tx.record(&WebhookCreated { webhook_id: webhook.id, url: webhook.url.clone() }).await?;
    tx.commit().await?;
    Ok((webhook, secret.as_str().to_owned()))
}

pub(crate) async fn page(
    State(webhooks): State<Webhooks>,
    visit: Visit,
    Pairs(pairs): Pairs,
) -> Reply {
    let new = from_pairs(pairs);
    match create(&webhooks, &visit, &new).await {
        Ok((webhook, _)) => {
            let path = paths::part(visit.slug(), webhook.id, "secret");
            Ok(web::done(&path, "The endpoint is there. Give its secret to your program"))
        }
        Err(Error::Invalid(fields)) => {
            let page = list::render(&visit, &new, &fields).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(Error::Conflict { message, .. }) => {
            Ok(web::refused(&paths::webhooks(visit.slug()), &message))
        }
        Err(error) => Err(error.into()),
    }
}

/// As the page's form sends it.
pub(crate) fn from_pairs(pairs: Vec<(String, String)>) -> NewWebhook {
    let mut new = NewWebhook::default();
    for (name, value) in pairs {
        match name.as_str() {
            "url" => new.url = value,
            "description" => new.description = value,
            "event_types" => new.event_types.push(value),
            "subject" => new.subject = Some(value),
            _ => {}
        }
    }
    new
}

pub(crate) async fn api(
    State(webhooks): State<Webhooks>,
    visit: Visit,
    Json(new): Json<NewWebhook>,
) -> Reply<Response> {
    let (webhook, secret) = create(&webhooks, &visit, &new).await?;
    let location = paths::api_webhook(webhook.id);
    Ok(web::created(&location, &CreatedJson { webhook: WebhookJson::of(webhook), secret }))
}
