//! All SQL about exports.

pub(crate) mod schedules;

use db::{Tx, sql};
use files::FileId;
use kernel::{Result, Timestamp, WorkspaceId};

use super::{Export, ExportId, Status};
use crate::forms::FormId;

pub(crate) async fn find_export(tx: &mut Tx, id: ExportId) -> Result<Option<Export>> {
    sql("select e.workspace_id, e.id, e.form_id, e.request, e.requested_by, e.schedule_id, e.origin, e.slug, e.status,
                e.rows_done, e.rows_total, e.bytes, e.error, e.file_id, e.last_number, e.kept_days, e.created_at,
                e.finished_at, e.expires_at
         from form_export e
         join form f on f.workspace_id = e.workspace_id and f.id = e.form_id
         where e.workspace_id = $1 and e.id = $2 and f.deleted_at is null")
        .bind(tx.workspace())
        .bind(id)
        .optional(tx)
        .await
}

/// Newest first; `before` is the last id of the page before. Ids sort by birth.
pub(crate) async fn list_exports(
    tx: &mut Tx,
    form: FormId,
    before: Option<ExportId>,
    limit: i64,
) -> Result<Vec<Export>> {
    sql("select workspace_id, id, form_id, request, requested_by, schedule_id, origin, slug, status,
                rows_done, rows_total, bytes, error, file_id, last_number, kept_days, created_at,
                finished_at, expires_at
         from form_export
         where workspace_id = $1 and form_id = $2 and ($3 is null or id < $3)
         order by id desc
         limit $4")
    .bind(tx.workspace())
    .bind(form)
    .bind(before)
    .bind(limit)
    .all(tx)
    .await
}

/// How many wait or run, counted no further than `most`.
pub(crate) async fn count_unfinished(tx: &mut Tx, most: i64) -> Result<i64> {
    let found: Vec<(ExportId,)> = sql("select id from form_export
         where workspace_id = $1 and status in ('waiting', 'running')
         limit $2")
    .bind(tx.workspace())
    .bind(most)
    .all(tx)
    .await?;
    Ok(i64::try_from(found.len()).unwrap_or(most))
}

pub(crate) async fn insert_export(tx: &mut Tx, export: &Export, format: &str) -> Result<()> {
    sql("insert into form_export
             (workspace_id, id, form_id, request, format, requested_by, schedule_id, origin, slug, status, rows_done,
              rows_total, bytes, kept_days, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)")
        .bind(export.workspace_id)
        .bind(export.id)
        .bind(export.form_id)
        .bind(export.request.clone())
        .bind(format)
        .bind(&export.requested_by)
        .bind(export.schedule_id.as_deref())
        .bind(&export.origin)
        .bind(&export.slug)
        .bind(&export.status)
        .bind(export.rows_done)
        .bind(export.rows_total)
        .bind(export.bytes)
        .bind(export.kept_days)
        .bind(export.created_at)
        .bind(export.expires_at)
        .run(tx)
        .await
        .map(|_| ())
}

/// Begins anew, whatever an attempt before has done; false when it is over.
pub(crate) async fn begin_export(tx: &mut Tx, id: ExportId, total: Option<i64>) -> Result<bool> {
    let begun = sql("update form_export
         set status = 'running', rows_done = 0, bytes = 0, rows_total = $3, error = null
         where workspace_id = $1 and id = $2 and status in ('waiting', 'running')")
    .bind(tx.workspace())
    .bind(id)
    .bind(total)
    .run(tx)
    .await?;
    Ok(begun == 1)
}

/// Notes how far it has come; false when somebody has stopped it.
pub(crate) async fn update_progress(
    tx: &mut Tx,
    id: ExportId,
    rows: i64,
    bytes: i64,
) -> Result<bool> {
    let running = sql("update form_export set rows_done = $3, bytes = $4
         where workspace_id = $1 and id = $2 and status = 'running'")
    .bind(tx.workspace())
    .bind(id)
    .bind(rows)
    .bind(bytes)
    .run(tx)
    .await?;
    Ok(running == 1)
}

/// What a finished export has.
pub(crate) struct Finished {
    pub(crate) rows: i64,
    pub(crate) bytes: i64,
    pub(crate) file: FileId,
    pub(crate) last_number: Option<i64>,
    pub(crate) at: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// False when somebody has stopped it.
pub(crate) async fn finish_export(tx: &mut Tx, id: ExportId, end: &Finished) -> Result<bool> {
    let running = sql("update form_export
         set status = 'done', rows_done = $3, rows_total = $3, bytes = $4, file_id = $5, last_number = $6,
             finished_at = $7, expires_at = $8
         where workspace_id = $1 and id = $2 and status = 'running'")
    .bind(tx.workspace())
    .bind(id)
    .bind(end.rows)
    .bind(end.bytes)
    .bind(end.file)
    .bind(end.last_number)
    .bind(end.at)
    .bind(end.expires_at)
    .run(tx)
    .await?;
    Ok(running == 1)
}

/// Ends an export that waits or runs without a file; false when it is over.
pub(crate) async fn end_export(
    tx: &mut Tx,
    id: ExportId,
    status: Status,
    error: Option<&str>,
    now: Timestamp,
) -> Result<bool> {
    let ended = sql("update form_export set status = $3, error = $4, finished_at = $5
         where workspace_id = $1 and id = $2 and status in ('waiting', 'running')")
    .bind(tx.workspace())
    .bind(id)
    .bind(status.word())
    .bind(error)
    .bind(now)
    .run(tx)
    .await?;
    Ok(ended == 1)
}

/// Gives back the file that it had, or nothing when it was gone already.
pub(crate) async fn delete_export(tx: &mut Tx, id: ExportId) -> Result<Option<Option<FileId>>> {
    let gone: Option<(Option<FileId>,)> =
        sql("delete from form_export where workspace_id = $1 and id = $2 returning file_id")
            .bind(tx.workspace())
            .bind(id)
            .optional(tx)
            .await?;
    Ok(gone.map(|(file,)| file))
}

/// Those of a form that ended since a moment with a file, and those that have not ended.
pub(crate) async fn list_since(
    tx: &mut Tx,
    form: FormId,
    since: Timestamp,
) -> Result<Vec<(ExportId,)>> {
    sql("select id from form_export
         where workspace_id = $1 and form_id = $2
           and (status in ('waiting', 'running') or (file_id is not null and finished_at >= $3))
         order by id")
    .bind(tx.workspace())
    .bind(form)
    .bind(since)
    .all(tx)
    .await
}

/// Some of a deleted form's exports.
pub(crate) async fn list_some_of(
    tx: &mut Tx,
    form: FormId,
    limit: i64,
) -> Result<Vec<(ExportId,)>> {
    sql("select id from form_export where workspace_id = $1 and form_id = $2 limit $3")
        .bind(tx.workspace())
        .bind(form)
        .bind(limit)
        .all(tx)
        .await
}

/// Those of all workspaces that have had their time.
pub(crate) async fn list_expired(
    tx: &mut Tx,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, ExportId)>> {
    sql("select workspace_id, id from form_export where expires_at <= $1 order by expires_at limit $2")
        .bind(now)
        .bind(limit)
        .all(tx)
        .await
}
