//! How long a form keeps its submissions.

use axum::response::Response;
use kernel::{Error, Permission, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Cx, Editable, Json, Reply, Viewable, Visit};

use super::expiry::store;
use crate::{SUBMISSIONS_DELETE, events::FormRetentionChanged, forms::Form};

/// Ten years.
const LONGEST: i64 = 3_650;
/// Whoever sets this lets submissions be deleted.
const NEEDED: Permission = SUBMISSIONS_DELETE;

/// How long submissions are kept.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retention {
    /// Days after which a submission is deleted for good, every night; null for never.
    #[schema(minimum = 1, maximum = 3650, required)]
    #[serde(deserialize_with = "Option::deserialize")]
    pub(crate) days: Option<i64>,
}

pub(crate) async fn keep(cx: &Cx, form: &Editable<Form>, retention: &Retention) -> Result<()> {
    cx.require(NEEDED)?;
    if retention.days.is_some_and(|days| !(1..=LONGEST).contains(&days)) {
        return Err(Error::invalid("days", "out_of_range", "Use 1 to 3,650 days, or null."));
    }
    let mut tx = cx.begin().await?;
    store::save_retention(&mut tx, form.id, retention.days).await?;
    tx.record(&FormRetentionChanged { form_id: form.id, days: retention.days }).await?;
    tx.commit().await
}

pub(crate) async fn api_show(visit: Visit, form: Viewable<Form>) -> Reply<Response> {
    let days = store::find_retention(&mut visit.read().await?, form.id).await?;
    Ok(web::json(&Retention { days }))
}

pub(crate) async fn api_keep(
    visit: Visit,
    form: Editable<Form>,
    Json(retention): Json<Retention>,
) -> Reply<Response> {
    keep(&visit, &form, &retention).await?;
    Ok(web::json(&retention))
}
