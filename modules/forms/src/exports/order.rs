//! An export that is ordered, by somebody or by a schedule: its row, its event and its job.

use std::time::Duration;

use axum::http::HeaderMap;
use db::Json;
use jobs::When;
use kernel::Result;
use web::{Change, Cx, Visit, origin};

use super::{Export, ExportId, NewExport, Status, store};
use crate::{events::ExportRequested, forms::FormId, ids::ExportScheduleId, jobs::RunExport};

/// Where the links of an export lead: scheme and host, and the workspace's name.
pub(crate) struct Place {
    pub(crate) origin: String,
    pub(crate) slug: String,
}

impl Place {
    pub(crate) fn of(visit: &Visit, headers: &HeaderMap) -> Self {
        Place { origin: origin(headers), slug: visit.slug().to_owned() }
    }
}

/// What is ordered besides the request.
pub(crate) struct Order {
    pub(crate) form: FormId,
    pub(crate) kept_days: i64,
    pub(crate) schedule: Option<ExportScheduleId>,
    pub(crate) place: Place,
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Days as a span of time.
pub(crate) fn days(count: i64) -> Duration {
    DAY * u32::try_from(count).unwrap_or(1).max(1)
}

/// The row, its event and its job.
pub(crate) async fn insert(
    cx: &Cx,
    tx: &mut Change,
    request: &NewExport,
    order: Order,
) -> Result<Export> {
    let now = cx.now();
    let export = Export {
        workspace_id: cx.workspace(),
        id: ExportId::new(now, cx.chance()),
        form_id: order.form,
        request: Json::of(request)?,
        requested_by: cx.actor().name(),
        schedule_id: order.schedule.map(|id| id.to_string()),
        origin: order.place.origin,
        slug: order.place.slug,
        status: Status::Waiting.word().to_owned(),
        rows_done: 0,
        rows_total: None,
        bytes: 0,
        error: None,
        file_id: None,
        last_number: None,
        kept_days: order.kept_days,
        created_at: now,
        finished_at: None,
        expires_at: now.plus(days(order.kept_days)),
    };
    let format = request.format.word();
    store::insert_export(tx, &export, format).await?;
    let export_id = export.id.to_string();
    tx.record(&ExportRequested { form_id: order.form, export_id, format }).await?;
    tx.enqueue(&RunExport { export_id: export.id }, When::Now).await?;
    Ok(export)
}
