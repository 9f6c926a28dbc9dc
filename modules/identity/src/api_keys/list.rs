//! Which keys there are.

use axum::response::Response;
use kernel::{ApiKeyId, Fields, Permission, Result};
use maud::Markup;
use serde::Deserialize;
use web::{Cx, Page, Paging, Query, Reply, Visit};

use super::{API_KEYS_WRITE, ApiKey, Created, NewKey, json, store, views};

/// One page of the workspace's keys, newest first.
pub(crate) async fn list(cx: &Cx, paging: &Paging) -> Result<Page<ApiKey>> {
    let (limit, before) = (paging.limit()?, paging.place::<ApiKeyId>()?);
    let mut tx = cx.read().await?;
    let keys = store::list_keys(&mut tx, before, limit + 1).await?;
    Ok(Page::of(keys, limit, |key| key.id.to_string()))
}

/// The whole page, with what was entered and the key that was just made.
pub(crate) async fn render(
    visit: &Visit,
    entered: &NewKey,
    fields: &Fields,
    created: Option<&Created>,
) -> Result<Markup> {
    show(visit, &Paging::default(), entered, fields, created).await
}

async fn show(
    visit: &Visit,
    paging: &Paging,
    entered: &NewKey,
    fields: &Fields,
    created: Option<&Created>,
) -> Result<Markup> {
    let keys = list(visit, paging).await?;
    let permissions = mine(visit);
    let view = views::Keys {
        slug: visit.slug(),
        keys: &keys,
        permissions: &permissions,
        may_write: visit.actor().may(API_KEYS_WRITE),
        entered,
        fields,
        created,
        csrf_token: visit.visitor.csrf_token(),
    };
    Ok(web::shell_page(visit, "API keys", view.page()))
}

/// What the reader may hand on; the daily work first, for which most keys are made.
fn mine(visit: &Visit) -> Vec<Permission> {
    let mut mine: Vec<Permission> =
        visit.permissions().iter().filter(|one| visit.actor().may(**one)).copied().collect();
    let daily = |area: &str| matches!(area, "forms" | "submissions");
    mine.sort_by_key(|one| (!daily(views::area(one)), views::area(one)));
    mine
}

/// Which part of the list, and which scopes are ticked in the form below it.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    limit: Option<i64>,
    cursor: Option<String>,
    preset: Option<String>,
}

pub(crate) async fn page(visit: Visit, Query(asked): Query<Asked>) -> Reply<Markup> {
    let paging = Paging { limit: asked.limit, cursor: asked.cursor };
    let chosen = views::preset_scopes(asked.preset.as_deref().unwrap_or_default(), &mine(&visit));
    let entered = NewKey { scopes: chosen, ..NewKey::default() };
    Ok(show(&visit, &paging, &entered, &Fields::new(), None).await?)
}

pub(crate) async fn api(visit: Visit, Query(paging): Query<Paging>) -> Reply<Response> {
    let keys = list(&visit, &paging).await?;
    Ok(web::json(&keys.map(json::Key::of)))
}
