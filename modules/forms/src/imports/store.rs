//! All SQL about imports.

mod errors;

use db::{Json, Tx, sql};
use files::FileId;
use kernel::{Result, Timestamp, WorkspaceId};

use super::{Import, ImportId, Status, Task};
use crate::forms::FormId;

pub(crate) use errors::{ErrorRow, delete_errors, insert_errors, list_errors};

pub(crate) async fn find_import(tx: &mut Tx, id: ImportId) -> Result<Option<Import>> {
    sql("select i.workspace_id, i.id, i.form_id, i.name, i.format, i.file_id, i.bytes, i.columns, i.mapping,
                i.options, i.created_by, i.task, i.status, i.bytes_done, i.rows_done, i.rows_stored, i.rows_refused,
                i.errors_kept, i.reached, i.rows_removed, i.error, i.created_at, i.finished_at, i.expires_at
         from form_import i
         join form f on f.workspace_id = i.workspace_id and f.id = i.form_id
         where i.workspace_id = $1 and i.id = $2 and f.deleted_at is null")
        .bind(tx.workspace())
        .bind(id)
        .optional(tx)
        .await
}

/// The same, also when its form is deleted.
pub(crate) async fn find_import_of_any(tx: &mut Tx, id: ImportId) -> Result<Option<Import>> {
    sql("select workspace_id, id, form_id, name, format, file_id, bytes, columns, mapping, options, created_by,
                task, status, bytes_done, rows_done, rows_stored, rows_refused, errors_kept, reached, rows_removed,
                error, created_at, finished_at, expires_at
         from form_import
         where workspace_id = $1 and id = $2")
    .bind(tx.workspace())
    .bind(id)
    .optional(tx)
    .await
}

/// Newest first; `before` is the last id of the page before. Ids sort by birth.
pub(crate) async fn list_imports(
    tx: &mut Tx,
    form: FormId,
    before: Option<ImportId>,
    limit: i64,
) -> Result<Vec<Import>> {
    sql("select workspace_id, id, form_id, name, format, file_id, bytes, columns, mapping, options, created_by,
                task, status, bytes_done, rows_done, rows_stored, rows_refused, errors_kept, reached, rows_removed,
                error, created_at, finished_at, expires_at
         from form_import
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
    let found: Vec<(ImportId,)> = sql("select id from form_import
         where workspace_id = $1 and status in ('waiting', 'running')
         limit $2")
    .bind(tx.workspace())
    .bind(most)
    .all(tx)
    .await?;
    Ok(i64::try_from(found.len()).unwrap_or(most))
}

pub(crate) async fn insert_import(tx: &mut Tx, import: &Import) -> Result<()> {
    sql("insert into form_import
             (workspace_id, id, form_id, name, format, file_id, bytes, columns, mapping, options, created_by, task,
              status, bytes_done, rows_done, rows_stored, rows_refused, errors_kept, reached, rows_removed,
              created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0, 0, 0, 0, 0, 0, $14, $15)")
        .bind(import.workspace_id)
        .bind(import.id)
        .bind(import.form_id)
        .bind(&import.name)
        .bind(&import.format)
        .bind(import.file_id)
        .bind(import.bytes)
        .bind(import.columns.clone())
        .bind(import.mapping.clone())
        .bind(import.options.clone())
        .bind(&import.created_by)
        .bind(&import.task)
        .bind(&import.status)
        .bind(import.created_at)
        .bind(import.expires_at)
        .run(tx)
        .await
        .map(|_| ())
}

/// Says where columns go; what was found out before counts no longer. False while it is at work, or when rows
/// of it are stored.
pub(crate) async fn update_mapping(tx: &mut Tx, import: &Import) -> Result<bool> {
    let updated = sql("update form_import
         set columns = $3, mapping = $4, options = $5, task = 'check', status = 'draft', bytes_done = 0,
             rows_done = 0, rows_stored = 0, rows_refused = 0, errors_kept = 0, rows_removed = 0, error = null,
             finished_at = null
         where workspace_id = $1 and id = $2 and status not in ('waiting', 'running') and reached = 0")
    .bind(tx.workspace())
    .bind(import.id)
    .bind(import.columns.clone())
    .bind(import.mapping.clone())
    .bind(import.options.clone())
    .run(tx)
    .await?;
    Ok(updated == 1)
}

/// Lets a task wait for its turn, from the beginning; false while another is at work.
pub(crate) async fn start(tx: &mut Tx, id: ImportId, task: Task) -> Result<bool> {
    let started = sql("update form_import
         set task = $3, status = 'waiting', bytes_done = 0, rows_done = 0, rows_stored = 0, rows_refused = 0,
             errors_kept = 0, rows_removed = 0, error = null, finished_at = null
         where workspace_id = $1 and id = $2 and status not in ('waiting', 'running') and reached = 0")
    .bind(tx.workspace())
    .bind(id)
    .bind(task.word())
    .run(tx)
    .await?;
    Ok(started == 1)
}

/// Lets a run that was stopped go on where it stopped, or a removal begin; false while another is at work.
pub(crate) async fn go_on(tx: &mut Tx, id: ImportId, task: Task) -> Result<bool> {
    let started = sql("update form_import
         set task = $3, status = 'waiting', error = null, finished_at = null
         where workspace_id = $1 and id = $2 and status not in ('waiting', 'running')")
    .bind(tx.workspace())
    .bind(id)
    .bind(task.word())
    .run(tx)
    .await?;
    Ok(started == 1)
}

/// Begins, or goes on after an attempt that died; false when it is over. `reached`: how far rows may be
/// stored before the next progress is noted.
pub(crate) async fn begin(tx: &mut Tx, id: ImportId, reached: i64) -> Result<bool> {
    let begun = sql("update form_import
         set status = 'running', reached = case when reached < $3 then $3 else reached end
         where workspace_id = $1 and id = $2 and status in ('waiting', 'running')")
    .bind(tx.workspace())
    .bind(id)
    .bind(reached)
    .run(tx)
    .await?;
    Ok(begun == 1)
}

/// What is noted after each chunk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) bytes: i64,
    pub(crate) rows: i64,
    pub(crate) stored: i64,
    pub(crate) refused: i64,
    pub(crate) errors: i64,
    /// How far rows may be stored before the next progress is noted.
    pub(crate) reached: i64,
}

/// Notes how far it has come after so many rows; false when somebody has stopped it, or another worker was
/// faster.
pub(crate) async fn update_progress(
    tx: &mut Tx,
    id: ImportId,
    after: i64,
    to: &Progress,
) -> Result<bool> {
    let running = sql("update form_import
         set bytes_done = $4, rows_done = $5, rows_stored = $6, rows_refused = $7, errors_kept = $8, reached = $9
         where workspace_id = $1 and id = $2 and status = 'running' and rows_done = $3")
    .bind(tx.workspace())
    .bind(id)
    .bind(after)
    .bind(to.bytes)
    .bind(to.rows)
    .bind(to.stored)
    .bind(to.refused)
    .bind(to.errors)
    .bind(to.reached)
    .run(tx)
    .await?;
    Ok(running == 1)
}

/// Notes that no row behind `to` is stored any more; false when somebody has stopped it, or another worker
/// was faster.
pub(crate) async fn update_removal(
    tx: &mut Tx,
    id: ImportId,
    from: i64,
    to: i64,
    removed: i64,
) -> Result<bool> {
    let running = sql("update form_import set reached = $4, rows_removed = rows_removed + $5
         where workspace_id = $1 and id = $2 and status = 'running' and reached = $3")
    .bind(tx.workspace())
    .bind(id)
    .bind(from)
    .bind(to)
    .bind(removed)
    .run(tx)
    .await?;
    Ok(running == 1)
}

/// Ends a task that waits or runs; false when it is over.
pub(crate) async fn end(
    tx: &mut Tx,
    id: ImportId,
    status: Status,
    error: Option<&str>,
    now: Timestamp,
) -> Result<bool> {
    let ended = sql("update form_import set status = $3, error = $4, finished_at = $5
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
pub(crate) async fn delete_import(tx: &mut Tx, id: ImportId) -> Result<Option<Option<FileId>>> {
    let gone: Option<(Option<FileId>,)> =
        sql("delete from form_import where workspace_id = $1 and id = $2 returning file_id")
            .bind(tx.workspace())
            .bind(id)
            .optional(tx)
            .await?;
    Ok(gone.map(|(file,)| file))
}

/// Lets go of the file alone, so that what was stored can still be taken back; gives the file.
pub(crate) async fn forget_file(tx: &mut Tx, id: ImportId) -> Result<Option<FileId>> {
    let file: Option<(Option<FileId>,)> =
        sql("select file_id from form_import where workspace_id = $1 and id = $2")
            .bind(tx.workspace())
            .bind(id)
            .optional(tx)
            .await?;
    sql("update form_import set file_id = null, expires_at = null, errors_kept = 0
         where workspace_id = $1 and id = $2")
    .bind(tx.workspace())
    .bind(id)
    .run(tx)
    .await?;
    Ok(file.and_then(|(file,)| file))
}

/// Forgets what stood in its columns, and calls it otherwise.
pub(crate) async fn forget_columns(
    tx: &mut Tx,
    id: ImportId,
    name: &str,
    columns: &Json,
    mapping: &Json,
) -> Result<()> {
    sql("update form_import set name = $3, columns = $4, mapping = $5 where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .bind(name)
        .bind(columns.clone())
        .bind(mapping.clone())
        .run(tx)
        .await
        .map(|_| ())
}

/// Some of a deleted form's imports.
pub(crate) async fn list_some_of(
    tx: &mut Tx,
    form: FormId,
    limit: i64,
) -> Result<Vec<(ImportId,)>> {
    sql("select id from form_import where workspace_id = $1 and form_id = $2 limit $3")
        .bind(tx.workspace())
        .bind(form)
        .bind(limit)
        .all(tx)
        .await
}

/// Those of all workspaces that have had their time and rest, with how far their rows are stored.
pub(crate) async fn list_expired(
    tx: &mut Tx,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, ImportId, i64)>> {
    sql("select workspace_id, id, reached from form_import
         where expires_at is not null and expires_at <= $1 and status not in ('waiting', 'running')
         order by expires_at
         limit $2")
    .bind(now)
    .bind(limit)
    .all(tx)
    .await
}

/// Forms, numbers and keys of what is stored under these hashes. By the hash alone, as its index has them.
pub(crate) async fn list_keyed(tx: &mut Tx, hashes: &[i64]) -> Result<Vec<(FormId, i64, String)>> {
    sql("select form_id, number, idempotency_key from submission where key_hash in")
        .bind_list(hashes.iter().copied())
        .all(tx)
        .await
}
