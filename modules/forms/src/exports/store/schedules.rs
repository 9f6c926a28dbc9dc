//! All SQL about schedules of exports.

use db::{Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};

use crate::{
    exports::schedule::{ExportScheduleId, Schedule},
    forms::FormId,
};

pub(crate) async fn find_schedule(tx: &mut Tx, id: ExportScheduleId) -> Result<Option<Schedule>> {
    sql("select s.workspace_id, s.id, s.form_id, s.request, s.origin, s.slug, s.every, s.on_day, s.at_time,
                s.time_zone, s.kept_days, s.created_by, s.created_at, s.next_at
         from form_export_schedule s
         join form f on f.workspace_id = s.workspace_id and f.id = s.form_id
         where s.workspace_id = $1 and s.id = $2 and f.deleted_at is null")
        .bind(tx.workspace())
        .bind(id)
        .optional(tx)
        .await
}

/// All of a form, the oldest first; there are few of them.
pub(crate) async fn list_of(tx: &mut Tx, form: FormId) -> Result<Vec<Schedule>> {
    sql("select workspace_id, id, form_id, request, origin, slug, every, on_day, at_time,
                time_zone, kept_days, created_by, created_at, next_at
         from form_export_schedule
         where workspace_id = $1 and form_id = $2
         order by id")
    .bind(tx.workspace())
    .bind(form)
    .all(tx)
    .await
}

pub(crate) async fn insert_schedule(tx: &mut Tx, schedule: &Schedule) -> Result<()> {
    sql("insert into form_export_schedule
             (workspace_id, id, form_id, request, origin, slug, every, on_day, at_time, time_zone, kept_days,
              created_by, created_at, next_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
        .bind(schedule.workspace_id)
        .bind(schedule.id)
        .bind(schedule.form_id)
        .bind(schedule.request.clone())
        .bind(&schedule.origin)
        .bind(&schedule.slug)
        .bind(&schedule.every)
        .bind(schedule.on_day)
        .bind(&schedule.at_time)
        .bind(&schedule.time_zone)
        .bind(schedule.kept_days)
        .bind(&schedule.created_by)
        .bind(schedule.created_at)
        .bind(schedule.next_at)
        .run(tx)
        .await
        .map(|_| ())
}

/// Whether it was there.
pub(crate) async fn delete_schedule(tx: &mut Tx, id: ExportScheduleId) -> Result<bool> {
    let gone = sql("delete from form_export_schedule where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .run(tx)
        .await?;
    Ok(gone == 1)
}

pub(crate) async fn delete_of_form(tx: &mut Tx, form: FormId) -> Result<()> {
    sql("delete from form_export_schedule where workspace_id = $1 and form_id = $2")
        .bind(tx.workspace())
        .bind(form)
        .run(tx)
        .await
        .map(|_| ())
}

/// Those of all workspaces whose time has come.
pub(crate) async fn list_due(
    tx: &mut Tx,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, ExportScheduleId)>> {
    sql("select workspace_id, id from form_export_schedule where next_at <= $1 order by next_at limit $2")
        .bind(now)
        .bind(limit)
        .all(tx)
        .await
}

/// Moves it on; false when another process has done so already.
pub(crate) async fn move_schedule(
    tx: &mut Tx,
    id: ExportScheduleId,
    from: Timestamp,
    to: Timestamp,
) -> Result<bool> {
    let moved = sql("update form_export_schedule set next_at = $4
         where workspace_id = $1 and id = $2 and next_at = $3")
    .bind(tx.workspace())
    .bind(id)
    .bind(from)
    .bind(to)
    .run(tx)
    .await?;
    Ok(moved == 1)
}
