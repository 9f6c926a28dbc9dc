//! The history of a submission: who did what with it, and when.

pub(crate) mod store;

use axum::response::Response;
use db::Json;
use kernel::{Result, Timestamp};
use serde::Serialize;
use serde_json::{Value, value::RawValue};
use utoipa::ToSchema;
use web::{Page, Paging, Query, Reply, Viewable, Visit};

use super::Submission;

/// Something that was done.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Activity {
    pub(crate) seq: i64,
    pub(crate) kind: String,
    pub(crate) actor: String,
    pub(crate) detail: Json,
    pub(crate) at: Timestamp,
}

impl Activity {
    /// What a part was and what it became.
    pub(crate) fn change(&self, part: &str) -> Option<(Value, Value)> {
        let detail: Value = self.detail.read().ok()?;
        let pair = detail.get(part)?.as_array()?;
        Some((pair.first()?.clone(), pair.get(1)?.clone()))
    }
}

/// Something that was done with a submission.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActivityJson {
    /// The number of the event that told of it.
    seq: i64,
    /// Such as `status_changed`, `assigned`, `tagged`, `archived`, `marked_spam`, `deleted`, `restored`.
    kind: String,
    /// A person's or a key's id, or `system`.
    actor: String,
    /// By the name of each part that changed, what it was and what it is.
    #[schema(value_type = Object)]
    detail: Box<RawValue>,
    at: Timestamp,
}

impl ActivityJson {
    fn of(activity: Activity) -> Result<Self> {
        let Activity { seq, kind, actor, detail, at } = activity;
        let detail = RawValue::from_string(detail.0).map_err(kernel::Error::internal)?;
        Ok(ActivityJson { seq, kind, actor, detail, at })
    }
}

/// Newest first.
pub(crate) async fn api(
    visit: Visit,
    submission: Viewable<Submission>,
    Query(paging): Query<Paging>,
) -> Reply<Response> {
    let (limit, before) = (paging.limit()?, paging.place::<i64>()?);
    let mut tx = visit.read().await?;
    let rows = store::list_activity(&mut tx, submission.id, before, limit + 1).await?;
    let page = Page::of(rows, limit, |row| row.seq.to_string());
    let data = page.data.into_iter().map(ActivityJson::of).collect::<Result<Vec<_>>>()?;
    Ok(web::json(&Page { data, next_cursor: page.next_cursor }))
}
