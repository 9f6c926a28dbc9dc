//! Which endpoints there are.

use axum::response::Response;
use kernel::{Fields, Result};
use maud::Markup;
use serde::Deserialize;
use web::{Cx, Page, Paging, Query, Reply, Visit};

use super::{NewWebhook, json::WebhookJson, views};
use crate::{
    WEBHOOKS_WRITE,
    endpoint::{Webhook, store},
    ids::WebhookId,
};

/// One page of the workspace's endpoints, newest first.
pub(crate) async fn list(cx: &Cx, paging: &Paging) -> Result<Page<Webhook>> {
    let (limit, before) = (paging.limit()?, paging.place::<WebhookId>()?);
    let mut tx = cx.read().await?;
    let rows = store::list_webhooks(&mut tx, before, limit + 1).await?;
    Ok(Page::of(rows, limit, |row| row.id.to_string()))
}

/// The whole page, with what was entered for a new one.
pub(crate) async fn render(visit: &Visit, entered: &NewWebhook, fields: &Fields) -> Result<Markup> {
    // There are never more than fit on one page.
    let paging = Paging { limit: Some(200), cursor: None };
    let webhooks = list(visit, &paging).await?;
    let bound = webhooks.data.iter().filter_map(|webhook| webhook.subject.as_deref());
    let bound: Vec<&str> = bound.chain(entered.subject.as_deref()).collect();
    let subjects = visit.subjects(&bound).await?;
    let view = views::List {
        slug: visit.slug(),
        subjects: &subjects,
        webhooks: &webhooks.data,
        may_write: visit.actor().may(WEBHOOKS_WRITE),
        entered,
        fields,
        csrf_token: visit.visitor.csrf_token(),
    };
    Ok(web::shell_page(visit, "Webhooks", view.page()))
}

/// What is filled in already, such as by a link from a form.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    subject: Option<String>,
}

pub(crate) async fn page(visit: Visit, Query(asked): Query<Asked>) -> Reply<Markup> {
    let event_types = vec!["submission.received".to_owned()];
    let entered = NewWebhook { subject: asked.subject, event_types, ..NewWebhook::default() };
    Ok(render(&visit, &entered, &Fields::new()).await?)
}

pub(crate) async fn api(visit: Visit, Query(paging): Query<Paging>) -> Reply<Response> {
    let page = list(&visit, &paging).await?;
    Ok(web::json(&page.map(WebhookJson::of)))
}
