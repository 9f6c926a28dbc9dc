//! All SQL about forms, their versions and counters.

use std::collections::HashMap;

use db::{Json, Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};

use super::{
    FolderId, Form, FormHead, FormId, acceptance::Acceptance, changed_meanwhile,
    frozen::VersionHead,
};
use crate::protection::Protection;

pub(crate) mod drafts;
pub(crate) mod pictures;

pub(crate) async fn find_form(tx: &mut Tx, id: FormId) -> Result<Option<Form>> {
    sql("select workspace_id, id, public_id, title, definition, version, published, changed, revision,
                submission_count, processed_to, created_at, updated_at, closes_at, closes_zone, submission_limit,
                once_by, link_key, protection, folder_id, archived_at,
                coalesce((select c.held from form_counter c
                          where c.workspace_id = form.workspace_id and c.form_id = form.id), 0) as held
         from form
         where workspace_id = $1 and id = $2 and deleted_at is null")
        .bind(tx.workspace())
        .bind(id)
        .optional(tx)
        .await
}

/// How a form keeps spam apart; as usual, when it is gone.
pub(crate) async fn find_protection(tx: &mut Tx, id: FormId) -> Result<Protection> {
    let found = sql("select protection from form where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .optional::<Protection>(tx)
        .await?;
    Ok(found.unwrap_or_default())
}

/// Whether there is such a form, not deleted.
pub(crate) async fn is_there(tx: &mut Tx, id: FormId) -> Result<bool> {
    let found: Option<(i64,)> =
        sql("select version from form where workspace_id = $1 and id = $2 and deleted_at is null")
            .bind(tx.workspace())
            .bind(id)
            .optional(tx)
            .await?;
    Ok(found.is_some())
}

/// Newest first; `before` is the last id of the page before. Ids sort by birth.
pub(crate) async fn list_heads(
    tx: &mut Tx,
    (folder, archived): (Option<FolderId>, bool),
    before: Option<FormId>,
    limit: i64,
) -> Result<Vec<FormHead>> {
    sql("select workspace_id, id, public_id, title, version, published, changed, revision,
                submission_count, processed_to, created_at, updated_at, closes_at, closes_zone, submission_limit,
                once_by, link_key, protection, folder_id, archived_at,
                coalesce((select c.held from form_counter c
                          where c.workspace_id = form.workspace_id and c.form_id = form.id), 0) as held
         from form
         where workspace_id = $1 and deleted_at is null and ($2 is null or id < $2)
               and ($4 is null or folder_id = $4) and (archived_at is not null) = $5
         order by id desc
         limit $3")
    .bind(tx.workspace())
    .bind(before)
    .bind(limit)
    .bind(folder)
    .bind(archived)
    .all(tx)
    .await
}

/// The documents of some forms.
pub(crate) async fn find_documents(
    tx: &mut Tx,
    ids: impl IntoIterator<Item = FormId>,
) -> Result<HashMap<FormId, Json>> {
    let found: Vec<(FormId, Json)> =
        sql("select id, definition from form where workspace_id = $1 and id in")
            .bind(tx.workspace())
            .bind_list(ids)
            .all(tx)
            .await?;
    Ok(found.into_iter().collect())
}

/// Those whose title is like the pattern, the latest change first.
pub(crate) async fn list_titled(tx: &mut Tx, pattern: &str, limit: i64) -> Result<Vec<FormHead>> {
    sql("select workspace_id, id, public_id, title, version, published, changed, revision,
                submission_count, processed_to, created_at, updated_at, closes_at, closes_zone, submission_limit,
                once_by, link_key, protection, folder_id, archived_at,
                coalesce((select c.held from form_counter c
                          where c.workspace_id = form.workspace_id and c.form_id = form.id), 0) as held
         from form
         where workspace_id = $1 and deleted_at is null and lower(title) like lower($2) escape '\\'
         order by updated_at desc, id desc
         limit $3")
    .bind(tx.workspace())
    .bind(pattern)
    .bind(limit)
    .all(tx)
    .await
}

pub(crate) async fn insert_form(tx: &mut Tx, form: &Form) -> Result<()> {
    sql("insert into form (workspace_id, id, public_id, title, definition, version, published, changed,
                           revision, submission_count, processed_to, created_at, updated_at, closes_at,
                           submission_limit, once_by, link_key, folder_id, protection, closes_zone)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)")
        .bind(form.workspace_id)
        .bind(form.id)
        .bind(&form.public_id)
        .bind(&form.title)
        .bind(form.definition.clone())
        .bind(form.version)
        .bind(form.published)
        .bind(form.changed)
        .bind(form.revision)
        .bind(form.submission_count)
        .bind(form.processed_to)
        .bind(form.created_at)
        .bind(form.updated_at)
        .bind(form.acceptance.closes_at)
        .bind(form.acceptance.submission_limit)
        .bind(form.acceptance.once_by.clone())
        .bind(form.acceptance.link_key.clone())
        .bind(form.folder_id)
        .bind(form.protection.stored()?)
        .bind(form.acceptance.closes_zone.clone())
        .run(tx)
        .await
        .map(|_| ())
}

/// What people change; counts are left to the job that counts. 409 when someone else was faster.
pub(crate) async fn update_form(tx: &mut Tx, form: &mut Form) -> Result<()> {
    let changed = sql("update form
         set title = $3, definition = $4, version = $5, published = $6, changed = $7, updated_at = $8,
             closes_at = $9, submission_limit = $10, once_by = $11, link_key = $12, folder_id = $13,
             archived_at = $14, protection = $15, closes_zone = $16, revision = revision + 1
         where workspace_id = $1 and id = $2 and revision = $17 and deleted_at is null")
        .bind(form.workspace_id)
        .bind(form.id)
        .bind(&form.title)
        .bind(form.definition.clone())
        .bind(form.version)
        .bind(form.published)
        .bind(form.changed)
        .bind(form.updated_at)
        .bind(form.acceptance.closes_at)
        .bind(form.acceptance.submission_limit)
        .bind(form.acceptance.once_by.clone())
        .bind(form.acceptance.link_key.clone())
        .bind(form.folder_id)
        .bind(form.archived_at)
        .bind(form.protection.stored()?)
        .bind(form.acceptance.closes_zone.clone())
        .bind(form.revision)
        .run(tx)
        .await?;
    if changed == 0 {
        return Err(changed_meanwhile());
    }
    form.revision += 1;
    Ok(())
}

pub(crate) async fn mark_deleted(tx: &mut Tx, id: FormId, now: Timestamp) -> Result<()> {
    sql("update form set deleted_at = $3, published = false where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .bind(now)
        .run(tx)
        .await?;
    // Without its counter nothing more can be numbered, so nothing more can be stored.
    sql("delete from form_counter where workspace_id = $1 and form_id = $2")
        .bind(tx.workspace())
        .bind(id)
        .run(tx)
        .await
        .map(|_| ())
}

pub(crate) async fn insert_version(tx: &mut Tx, form: &Form, published_by: &str) -> Result<()> {
    sql("insert into form_version (workspace_id, form_id, version, title, definition, published_by, published_at)
         values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(form.workspace_id)
        .bind(form.id)
        .bind(form.version)
        .bind(&form.title)
        .bind(form.definition.clone())
        .bind(published_by)
        .bind(form.updated_at)
        .run(tx)
        .await
        .map(|_| ())
}

pub(crate) async fn insert_counter(tx: &mut Tx, form: &Form) -> Result<()> {
    sql("insert into form_counter (workspace_id, form_id, last_number, submission_limit) values ($1, $2, 0, $3)
         on conflict (workspace_id, form_id) do nothing")
    .bind(form.workspace_id)
    .bind(form.id)
    .bind(form.acceptance.submission_limit)
    .run(tx)
    .await
    .map(|_| ())
}

/// Tells the writer how many there may be; nothing to tell before the first publication.
pub(crate) async fn update_limit(tx: &mut Tx, form: &Form) -> Result<()> {
    sql("update form_counter set submission_limit = $3 where workspace_id = $1 and form_id = $2")
        .bind(form.workspace_id)
        .bind(form.id)
        .bind(form.acceptance.submission_limit)
        .run(tx)
        .await
        .map(|_| ())
}

/// How many places of a form are taken.
pub(crate) async fn find_held(tx: &mut Tx, id: FormId) -> Result<i64> {
    let held = sql("select held from form_counter where workspace_id = $1 and form_id = $2")
        .bind(tx.workspace())
        .bind(id)
        .optional::<(i64,)>(tx)
        .await?;
    Ok(held.map_or(0, |(held,)| held))
}

/// A version as it was frozen.
#[derive(Debug, db::FromRow)]
pub(crate) struct FrozenRow {
    pub(crate) workspace_id: WorkspaceId,
    pub(crate) form_id: FormId,
    pub(crate) public_id: String,
    pub(crate) version: i64,
    pub(crate) title: String,
    pub(crate) definition: Json,
    pub(crate) published: bool,
    #[row(flatten)]
    pub(crate) acceptance: Acceptance,
    #[row(flatten)]
    pub(crate) protection: Protection,
}

/// The newest version of a form, found by its id or its public id, whatever its workspace.
pub(crate) async fn find_newest_version(tx: &mut Tx, name: &str) -> Result<Option<FrozenRow>> {
    sql("select f.workspace_id, f.id as form_id, f.public_id, v.version, v.title, v.definition, f.published,
                f.closes_at, f.closes_zone, f.submission_limit, f.once_by, f.link_key, f.protection
         from form f
         join form_version v on v.workspace_id = f.workspace_id and v.form_id = f.id and v.version = f.version
         where f.public_id = $1 and f.deleted_at is null")
        .bind(name)
        .optional(tx)
        .await
}

/// The newest version of a form of a workspace.
pub(crate) async fn find_newest_version_of(tx: &mut Tx, id: FormId) -> Result<Option<FrozenRow>> {
    sql("select f.workspace_id, f.id as form_id, f.public_id, v.version, v.title, v.definition, f.published,
                f.closes_at, f.closes_zone, f.submission_limit, f.once_by, f.link_key, f.protection
         from form f
         join form_version v on v.workspace_id = f.workspace_id and v.form_id = f.id and v.version = f.version
         where f.workspace_id = $1 and f.id = $2 and f.deleted_at is null")
        .bind(tx.workspace())
        .bind(id)
        .optional(tx)
        .await
}

/// A version of a form as it was frozen: title and document.
pub(crate) async fn find_version(
    tx: &mut Tx,
    id: FormId,
    version: i64,
) -> Result<Option<(String, Json)>> {
    sql("select title, definition from form_version
         where workspace_id = $1 and form_id = $2 and version = $3")
    .bind(tx.workspace())
    .bind(id)
    .bind(version)
    .optional(tx)
    .await
}

/// The documents of all versions of a form, one at a time from the newest: below `before`.
pub(crate) async fn find_version_below(
    tx: &mut Tx,
    id: FormId,
    before: i64,
) -> Result<Option<(i64, Json)>> {
    sql("select version, definition from form_version
         where workspace_id = $1 and form_id = $2 and version < $3
         order by version desc
         limit 1")
    .bind(tx.workspace())
    .bind(id)
    .bind(before)
    .optional(tx)
    .await
}

/// Newest first, below `before`.
pub(crate) async fn list_versions(
    tx: &mut Tx,
    id: FormId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<VersionHead>> {
    sql("select version, title, published_by, published_at from form_version
         where workspace_id = $1 and form_id = $2 and ($3 is null or version < $3)
         order by version desc
         limit $4")
    .bind(tx.workspace())
    .bind(id)
    .bind(before)
    .bind(limit)
    .all(tx)
    .await
}

pub(crate) async fn find_version_head(
    tx: &mut Tx,
    id: FormId,
    version: i64,
) -> Result<Option<VersionHead>> {
    sql("select version, title, published_by, published_at from form_version
         where workspace_id = $1 and form_id = $2 and version = $3")
    .bind(tx.workspace())
    .bind(id)
    .bind(version)
    .optional(tx)
    .await
}

/// Locks the form, once nobody else counts its submissions: how far they are processed, and their count.
pub(crate) async fn lock_progress(tx: &mut Tx, id: FormId) -> Result<Option<(i64, i64)>> {
    sql("update form set processed_to = processed_to
         where workspace_id = $1 and id = $2 and deleted_at is null
         returning processed_to, submission_count")
    .bind(tx.workspace())
    .bind(id)
    .optional(tx)
    .await
}

/// The number up to which a form's submissions are processed; 0 when the form is gone.
pub(crate) async fn find_progress(tx: &mut Tx, id: FormId) -> Result<i64> {
    let found = sql("select processed_to from form
         where workspace_id = $1 and id = $2 and deleted_at is null")
    .bind(tx.workspace())
    .bind(id)
    .optional::<(i64,)>(tx)
    .await?;
    Ok(found.map_or(0, |(to,)| to))
}

/// How many submissions are counted.
pub(crate) async fn find_count(tx: &mut Tx, id: FormId) -> Result<i64> {
    let found = sql("select submission_count from form where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .optional::<(i64,)>(tx)
        .await?;
    Ok(found.map_or(0, |(count,)| count))
}

/// How far a form's submissions are processed.
#[derive(Debug)]
pub(crate) enum Progress {
    /// Locked for this transaction.
    At { to: i64, counted: i64 },
    /// Another transaction has the form locked.
    Locked,
    /// There is no such form.
    Gone,
}

/// Locks the form unless another has it: the submissions of a form are counted by one at a time.
pub(crate) async fn try_lock_progress(tx: &mut Tx, id: FormId) -> Result<Progress> {
    let free = sql("select processed_to, submission_count from form
         where workspace_id = $1 and id = $2 and deleted_at is null")
    .bind(tx.workspace())
    .bind(id)
    .skip_locked(tx)
    .optional(tx)
    .await?;
    if let Some((to, counted)) = free {
        return Ok(Progress::At { to, counted });
    }
    let known: Option<(i64,)> = sql(
        "select processed_to from form where workspace_id = $1 and id = $2 and deleted_at is null",
    )
    .bind(tx.workspace())
    .bind(id)
    .optional(tx)
    .await?;
    Ok(known.map_or(Progress::Gone, |_| Progress::Locked))
}

pub(crate) async fn update_progress(
    tx: &mut Tx,
    id: FormId,
    processed_to: i64,
    more: i64,
) -> Result<()> {
    sql("update form set processed_to = $3, submission_count = submission_count + $4
         where workspace_id = $1 and id = $2")
    .bind(tx.workspace())
    .bind(id)
    .bind(processed_to)
    .bind(more)
    .run(tx)
    .await
    .map(|_| ())
}

/// Forgets a deleted form for good, once its submissions are gone.
pub(crate) async fn delete_form(tx: &mut Tx, id: FormId) -> Result<()> {
    sql("delete from form_version where workspace_id = $1 and form_id = $2")
        .bind(tx.workspace())
        .bind(id)
        .run(tx)
        .await?;
    drafts::delete_up_to(tx, id, i64::MAX).await?;
    sql("delete from form where workspace_id = $1 and id = $2 and deleted_at is not null")
        .bind(tx.workspace())
        .bind(id)
        .run(tx)
        .await
        .map(|_| ())
}
