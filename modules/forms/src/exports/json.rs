//! Exports and their schedules as the API speaks them.

use kernel::{Result, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Export, ExportId, NewExport, schedule::Schedule};
use crate::{forms::FormId, ids::ExportScheduleId, paths};

/// An export.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Export)]
pub(crate) struct ExportJson {
    id: ExportId,
    form_id: FormId,
    /// `waiting`, `running`, `done`, `failed` or `cancelled`.
    status: String,
    request: NewExport,
    /// Submissions written so far.
    rows_done: i64,
    /// About how many there will be, reckoned from the form's counters; exact when it is done, null while
    /// nobody can know.
    rows_total: Option<i64>,
    /// Bytes written so far, or of the file.
    bytes: i64,
    /// Why it failed.
    error: Option<String>,
    /// The number of the last submission in it: `since` of the next incremental export. Null while it is not
    /// done, and when it holds none.
    last_number: Option<i64>,
    /// Where the file can be fetched, once it is done.
    file: Option<String>,
    /// The schedule that asked for it.
    schedule_id: Option<String>,
    created_at: Timestamp,
    finished_at: Option<Timestamp>,
    /// When it is deleted with its file.
    expires_at: Timestamp,
}

impl ExportJson {
    pub(crate) fn of(export: &Export, now: Timestamp) -> Result<Self> {
        let there = export.file_id.is_some() && export.expires_at > now;
        Ok(ExportJson {
            id: export.id,
            form_id: export.form_id,
            status: export.status.clone(),
            request: export.request()?,
            rows_done: export.rows_done,
            rows_total: export.rows_total,
            bytes: export.bytes,
            error: export.error.clone(),
            last_number: export.last_number,
            file: there.then(|| paths::api_export_file(export.id)),
            schedule_id: export.schedule_id.clone(),
            created_at: export.created_at,
            finished_at: export.finished_at,
            expires_at: export.expires_at,
        })
    }
}

/// A standing order for exports.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExportSchedule)]
pub(crate) struct ScheduleJson {
    id: ExportScheduleId,
    form_id: FormId,
    request: NewExport,
    /// `day`, `week` or `month`.
    every: String,
    /// Of the week, 1 being Monday, or of the month, whose last day is meant where it is shorter.
    on_day: i64,
    /// The time of day in `time_zone`.
    at: String,
    /// Of the IANA database.
    time_zone: String,
    /// How long each file is kept.
    kept_days: i64,
    next_at: Timestamp,
    created_at: Timestamp,
}

impl ScheduleJson {
    pub(crate) fn of(schedule: &Schedule) -> Result<Self> {
        Ok(ScheduleJson {
            id: schedule.id,
            form_id: schedule.form_id,
            request: schedule.request.read()?,
            every: schedule.every.clone(),
            on_day: schedule.on_day,
            at: schedule.at_time.clone(),
            time_zone: schedule.time_zone.clone(),
            kept_days: schedule.kept_days,
            next_at: schedule.next_at,
            created_at: schedule.created_at,
        })
    }
}
