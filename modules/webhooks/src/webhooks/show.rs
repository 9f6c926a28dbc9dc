//! One endpoint: what it listens for, its secret, and the log of what it was sent.

use axum::response::Response;
use kernel::{Fields, Result};
use maud::Markup;
use web::{Query, Reply, Viewable, Visit};

use super::{
    NewWebhook,
    json::{SecretsJson, WebhookJson},
    views,
};
use crate::{
    WEBHOOKS_WRITE,
    deliveries::list::{self, Filter},
    endpoint::Webhook,
};

/// What a page shows beside the endpoint itself.
#[derive(Default)]
pub(crate) struct Part<'a> {
    pub(crate) secrets: Option<&'a SecretsJson>,
    /// What was entered and refused.
    pub(crate) entered: Option<(&'a NewWebhook, &'a Fields)>,
    pub(crate) filter: Filter,
}

/// Rows of the log on the page.
const ROWS: i64 = 20;

pub(crate) async fn render(visit: &Visit, webhook: &Webhook, part: &Part<'_>) -> Result<Markup> {
    let filter = Filter { webhook: Some(webhook.id), limit: Some(ROWS), ..part.filter.clone() };
    let deliveries = list::list(visit, &filter).await?;
    let (kept, fine) = (as_entered(webhook), Fields::new());
    let (entered, fields) = part.entered.unwrap_or((&kept, &fine));
    let bound: Vec<&str> = webhook.subject.as_deref().into_iter().collect();
    let subjects = visit.subjects(&bound).await?;
    let view = views::Sheet {
        slug: visit.slug(),
        subjects: &subjects,
        webhook,
        secrets: part.secrets,
        entered,
        fields,
        deliveries: &deliveries,
        filter: &filter,
        may_write: visit.actor().may(WEBHOOKS_WRITE),
        csrf_token: visit.visitor.csrf_token(),
    };
    Ok(web::shell_page(visit, "Webhook", view.page()))
}

fn as_entered(webhook: &Webhook) -> NewWebhook {
    NewWebhook {
        url: webhook.url.clone(),
        description: webhook.description.clone(),
        event_types: webhook.types().map(str::to_owned).collect(),
        subject: webhook.subject.clone(),
        secret: None,
    }
}

pub(crate) async fn page(
    visit: Visit,
    webhook: Viewable<Webhook>,
    Query(filter): Query<Filter>,
) -> Reply<Markup> {
    Ok(render(&visit, &webhook, &Part { filter, ..Part::default() }).await?)
}

pub(crate) async fn api(webhook: Viewable<Webhook>) -> Reply<Response> {
    Ok(web::json(&WebhookJson::of(webhook.into_inner())))
}
