//! What whoever looks for a person reads, a little at a time.

use db::{Json, Tx, sql};
use kernel::{Result, Timestamp};

use crate::ids::{
    BulkActionId, ExportId, ExportScheduleId, FormId, ImportId, SavedViewId, SubmissionId,
};

/// A form, also one that is put away or deleted.
#[derive(Debug, Clone, Copy, db::FromRow)]
pub(crate) struct FormRow {
    pub(crate) id: FormId,
}

/// The first form behind an id.
pub(crate) async fn find_form_after(tx: &mut Tx, after: &str) -> Result<Option<FormRow>> {
    sql("select id from form where workspace_id = $1 and id > $2 order by id limit 1")
        .bind(tx.workspace())
        .bind(after)
        .optional(tx)
        .await
}

pub(crate) async fn find_form(tx: &mut Tx, id: &str) -> Result<Option<FormRow>> {
    sql("select id from form where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .optional(tx)
        .await
}

/// The titles of some forms, and whether they are deleted.
pub(crate) async fn list_titles(
    tx: &mut Tx,
    ids: impl IntoIterator<Item = FormId>,
) -> Result<Vec<(FormId, String, bool)>> {
    sql("select id, title, deleted_at is not null from form where workspace_id = $1 and id in")
        .bind(tx.workspace())
        .bind_list(ids)
        .all(tx)
        .await
}

/// About how many submissions the workspace has.
pub(crate) async fn count_submissions(tx: &mut Tx) -> Result<i64> {
    let (count,) =
        sql("select cast(coalesce(sum(submission_count), 0) as bigint) from form where workspace_id = $1")
            .bind(tx.workspace())
            .one::<(i64,)>(tx)
            .await?;
    Ok(count)
}

/// What may name a person in a submission.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct LookedRow {
    pub(crate) id: SubmissionId,
    pub(crate) number: i64,
    pub(crate) form_version: i64,
    pub(crate) answers: Json,
    pub(crate) metadata: Option<Json>,
    /// From where they came.
    pub(crate) visit: Option<Json>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) received_at: Timestamp,
}

/// The next ones of a form, oldest first.
pub(crate) async fn list_rows(
    tx: &mut Tx,
    form: FormId,
    after: i64,
    limit: i64,
) -> Result<Vec<LookedRow>> {
    sql("select id, number, form_version, answers, metadata, visit, idempotency_key, received_at
         from submission
         where workspace_id = $1 and form_id = $2 and number > $3
         order by number
         limit $4")
    .bind(tx.workspace())
    .bind(form)
    .bind(after)
    .bind(limit)
    .all(tx)
    .await
}

pub(crate) async fn count_comments(tx: &mut Tx, ids: &[SubmissionId]) -> Result<i64> {
    let (count,) = sql("select count(*) from submission_comment
         where workspace_id = $1 and submission_id in")
    .bind(tx.workspace())
    .bind_list(ids.iter().copied())
    .one::<(i64,)>(tx)
    .await?;
    Ok(count)
}

/// The next imports of any form.
pub(crate) async fn list_imports_after(
    tx: &mut Tx,
    after: &str,
    limit: i64,
) -> Result<Vec<(ImportId,)>> {
    sql("select id from form_import where workspace_id = $1 and id > $2 order by id limit $3")
        .bind(tx.workspace())
        .bind(after)
        .bind(limit)
        .all(tx)
        .await
}

/// The next bulk actions: to whom, and what.
pub(crate) async fn list_bulk_actions(
    tx: &mut Tx,
    after: &str,
    limit: i64,
) -> Result<Vec<(BulkActionId, Json, Json)>> {
    sql("select id, selection, action from bulk_action
         where workspace_id = $1 and id > $2
         order by id
         limit $3")
    .bind(tx.workspace())
    .bind(after)
    .bind(limit)
    .all(tx)
    .await
}

/// One that is at work stops by it.
pub(crate) async fn delete_bulk_action(tx: &mut Tx, id: BulkActionId) -> Result<()> {
    sql("delete from bulk_action where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .run(tx)
        .await
        .map(|_| ())
}

/// What the next exports were asked for.
pub(crate) async fn list_export_requests(
    tx: &mut Tx,
    after: &str,
    limit: i64,
) -> Result<Vec<(ExportId, FormId, Json)>> {
    sql("select id, form_id, request from form_export where workspace_id = $1 and id > $2 order by id limit $3")
        .bind(tx.workspace())
        .bind(after)
        .bind(limit)
        .all(tx)
        .await
}

/// What the next schedules ask for.
pub(crate) async fn list_schedule_requests(
    tx: &mut Tx,
    after: &str,
    limit: i64,
) -> Result<Vec<(ExportScheduleId, FormId, Json)>> {
    sql("select id, form_id, request from form_export_schedule
         where workspace_id = $1 and id > $2
         order by id
         limit $3")
    .bind(tx.workspace())
    .bind(after)
    .bind(limit)
    .all(tx)
    .await
}

/// The next views: what they are called, and what they show.
pub(crate) async fn list_saved_views(
    tx: &mut Tx,
    after: &str,
    limit: i64,
) -> Result<Vec<(SavedViewId, String, String)>> {
    sql("select id, name, filter from saved_view where workspace_id = $1 and id > $2 order by id limit $3")
        .bind(tx.workspace())
        .bind(after)
        .bind(limit)
        .all(tx)
        .await
}
