//! Spam: submissions put apart with a reason, never lost, and released again.

use axum::{http::HeaderMap, response::Response};
use kernel::{Error, Result};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{Cx, Editable, Json, Query, Reply, Visit};

use super::{
    place::Place,
    state::{
        Scene,
        change::{Step, mark_spam},
    },
    tray::Tray,
    work::{self, Case, work},
};
use crate::limits::NUL_MESSAGE;

/// Letters of a reason.
const LONGEST: usize = 200;

/// Why it is spam.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct SpamMark {
    #[schema(max_length = 200)]
    reason: Option<String>,
}

/// Puts it apart, and says why.
async fn mark(cx: &Cx, case: &Editable<Case>, mark: SpamMark) -> Result<()> {
    let reason = mark.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if reason.is_some_and(|reason| reason.chars().count() > LONGEST) {
        return Err(Error::invalid("reason", "too_long", "Use at most 200 characters."));
    }
    if reason.is_some_and(|reason| reason.contains('\0')) {
        return Err(Error::invalid("reason", "nul_character", NUL_MESSAGE));
    }
    let (actor, form) = (cx.actor().name(), case.0.form_id);
    let scene = Scene { form, actor: &actor, now: cx.now(), bulk_action: None };
    let mut tx = cx.begin().await?;
    mark_spam(&mut tx, &scene, &[case.0.number], reason).await?;
    tx.commit().await
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    case: Editable<Case>,
    Query(place): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let place = Place::read(&place)?;
    mark(&visit, &case, SpamMark::default()).await?;
    work::shown(&visit, &headers, &case.0, &place, "Put into spam").await
}

pub(crate) async fn api_mark(
    visit: Visit,
    case: Editable<Case>,
    Json(given): Json<SpamMark>,
) -> Reply<Response> {
    mark(&visit, &case, given).await?;
    work::answer(&visit, &case.0).await
}

pub(crate) async fn api_release(visit: Visit, case: Editable<Case>) -> Reply<Response> {
    if work::entry(&visit, &case.0).await?.state.tray == Tray::Spam {
        work(&visit, &case, Step::Restore).await?;
    }
    work::answer(&visit, &case.0).await
}
