//! By whose days a workspace counts.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::tz::TimeZone;
use jobs::When;
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Cx, Editable, Json, Pairs, Reply, Visit};

use super::{asked::Asked, report::report, views};
use crate::{
    FORMS_WRITE,
    events::InsightZoneChanged,
    forms::Form,
    jobs::LookForUncounted,
    pages::{Viewer, sent},
    paths,
    submissions::counts::store::{self, zone_of},
};

/// How a workspace counts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InsightSettings {
    /// Of the IANA database.
    #[schema(example = "Europe/Berlin")]
    pub(crate) time_zone: String,
}

/// From now on days begin elsewhere: what is counted is counted anew, by a job.
async fn keep(cx: &Cx, settings: &InsightSettings) -> Result<()> {
    let zone = settings.time_zone.trim();
    TimeZone::get(zone).map_err(|_| {
        let message = "Name a time zone of the IANA database, such as Europe/Berlin.";
        Error::invalid("time_zone", "unknown", message)
    })?;
    let mut tx = cx.begin().await?;
    if zone_of(&mut tx).await? == zone {
        return Ok(());
    }
    store::save_zone(&mut tx, zone).await?;
    let workspace_id = cx.workspace();
    tx.record(&InsightZoneChanged { workspace_id, time_zone: zone.to_owned() }).await?;
    tx.enqueue(&LookForUncounted {}, When::Now).await?;
    tx.commit().await
}

pub(crate) async fn api_show(visit: Visit) -> Reply<Response> {
    let time_zone = zone_of(&mut visit.read().await?).await?;
    Ok(web::json(&InsightSettings { time_zone }))
}

pub(crate) async fn api_keep(
    visit: Visit,
    Json(settings): Json<InsightSettings>,
) -> Reply<Response> {
    keep(&visit, &settings).await?;
    Ok(web::json(&settings))
}

pub(crate) async fn page(
    visit: Visit,
    form: Editable<Form>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let time_zone = sent(&pairs, "time_zone").unwrap_or_default().to_owned();
    match keep(&visit, &InsightSettings { time_zone: time_zone.clone() }).await {
        Ok(()) => {
            let here = paths::insights(visit.slug(), form.id);
            Ok(web::done(&here, "Time zone saved; the figures are counted anew"))
        }
        Err(Error::Invalid(problems)) => {
            let asked = Asked::read(&[])?;
            let report = report(&mut visit.read().await?, &form, &asked, visit.now()).await?;
            let page = views::Page {
                viewer: Viewer::of(&visit, FORMS_WRITE),
                form: &form,
                asked: &asked,
                report: &report,
                pairs: &[],
                refused: problems.of("time_zone").map(|message| (time_zone.as_str(), message)),
            };
            let body = web::shell_page(&visit, &form.title, views::page(&page));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
