//! The log of deliveries, newest first.

use axum::response::Response;
use kernel::{Error, Result, Timestamp};
use serde::Deserialize;
use web::{Cx, Page, Paging, Query, Reply, Visit};

use super::{Delivery, json::DeliveryJson, state, store};
use crate::ids::{DeliveryId, WebhookId, first_delivery_of};

/// Which part of the log is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filter {
    pub(crate) webhook: Option<WebhookId>,
    pub(crate) state: Option<String>,
    pub(crate) r#type: Option<String>,
    pub(crate) since: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
    pub(crate) limit: Option<i64>,
    pub(crate) cursor: Option<String>,
}

impl Filter {
    fn asked(&self, place: Option<DeliveryId>) -> Result<store::Asked> {
        let state = self.state.clone().filter(|state| !state.is_empty());
        if state.as_ref().is_some_and(|state| !state::ALL.contains(&state.as_str())) {
            let message = "Ask for pending, sending, succeeded or failed.";
            return Err(Error::invalid("state", "unknown", message));
        }
        let end = self.until.map_or(Timestamp::from_micros(LAST), |until| until);
        let end = first_delivery_of(end);
        Ok(store::Asked {
            webhook: self.webhook,
            state,
            kind: self.r#type.clone().filter(|kind| !kind.is_empty()),
            from: first_delivery_of(self.since.unwrap_or_default()),
            before: place.map_or(end, |place| place.min(end)),
        })
    }
}

/// As late as an id can tell.
const LAST: i64 = ((1 << 48) - 1) * 1_000;

/// One page of the log.
pub(crate) async fn list(cx: &Cx, filter: &Filter) -> Result<Page<Delivery>> {
    let paging = Paging { limit: filter.limit, cursor: filter.cursor.clone() };
    let (limit, asked) = (paging.limit()?, filter.asked(paging.place()?)?);
    let mut tx = cx.read().await?;
    let rows = store::list_deliveries(&mut tx, &asked, limit + 1).await?;
    Ok(Page::of(rows, limit, |row| row.id.to_string()))
}

pub(crate) async fn api(visit: Visit, Query(filter): Query<Filter>) -> Reply<Response> {
    let page = list(&visit, &filter).await?;
    Ok(web::json(&page.map(DeliveryJson::of)))
}
