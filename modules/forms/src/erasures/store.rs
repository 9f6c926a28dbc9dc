//! All SQL about erasures.

mod histories;
mod looking;

use db::{Json, Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};

use super::{Erasure, ErasureId, Status};

pub(crate) use histories::{delete_tag, list_histories, rewrite_history};
pub(crate) use looking::{
    FormRow, LookedRow, count_comments, count_submissions, delete_bulk_action, find_form,
    find_form_after, list_bulk_actions, list_export_requests, list_imports_after, list_rows,
    list_saved_views, list_schedule_requests, list_titles,
};

const ERASURE: &str =
    "select workspace_id, id, address_hash, sealed, requested_by, status, step, place, looked, total, found,
                erased, error, created_at, started_at, finished_at, expires_at
         from erasure
         where workspace_id = $1";

pub(crate) async fn find_erasure(tx: &mut Tx, id: ErasureId) -> Result<Option<Erasure>> {
    sql(ERASURE).push(" and id = $2").bind(tx.workspace()).bind(id).optional(tx).await
}

/// Newest first; `before` is the last id of the page before. Ids sort by birth.
pub(crate) async fn list_erasures(
    tx: &mut Tx,
    before: Option<ErasureId>,
    limit: i64,
) -> Result<Vec<Erasure>> {
    sql(ERASURE)
        .push(" and ($2 is null or id < $2) order by id desc limit $3")
        .bind(tx.workspace())
        .bind(before)
        .bind(limit)
        .all(tx)
        .await
}

/// Those of the same person that are done, but for this one; newest first.
pub(crate) async fn list_earlier(
    tx: &mut Tx,
    hash: &str,
    but: ErasureId,
    limit: i64,
) -> Result<Vec<Erasure>> {
    sql(ERASURE)
        .push(" and address_hash = $2 and id <> $3 and status = $4 order by id desc limit $5")
        .bind(tx.workspace())
        .bind(hash)
        .bind(but)
        .bind(Status::Done.word())
        .bind(limit)
        .all(tx)
        .await
}

/// The one of this person that is not over.
pub(crate) async fn find_unfinished(tx: &mut Tx, hash: &str) -> Result<Option<ErasureId>> {
    let found: Option<(ErasureId,)> = sql("select id from erasure
         where workspace_id = $1 and address_hash = $2 and sealed is not null")
    .bind(tx.workspace())
    .bind(hash)
    .optional(tx)
    .await?;
    Ok(found.map(|(id,)| id))
}

/// False when there is one of this person that is not over.
pub(crate) async fn insert_erasure(tx: &mut Tx, erasure: &Erasure) -> Result<bool> {
    let inserted = sql("insert into erasure (workspace_id, id, address_hash, sealed, requested_by, status, step, place,
                              looked, total, found, erased, created_at, started_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict do nothing")
    .bind(erasure.workspace_id)
    .bind(erasure.id)
    .bind(&erasure.address_hash)
    .bind(erasure.sealed.clone())
    .bind(&erasure.requested_by)
    .bind(&erasure.status)
    .bind(&erasure.step)
    .bind(&erasure.place)
    .bind(erasure.looked)
    .bind(erasure.total)
    .bind(erasure.found.clone())
    .bind(erasure.erased.clone())
    .bind(erasure.created_at)
    .bind(erasure.started_at)
    .bind(erasure.expires_at)
    .run(tx)
    .await?;
    Ok(inserted == 1)
}

/// Locks it until the commit; false when another worker has gone on, or it is over.
pub(crate) async fn hold(tx: &mut Tx, erasure: &Erasure) -> Result<bool> {
    let held = sql("update erasure set looked = looked
         where workspace_id = $1 and id = $2 and status = $3 and step = $4 and place = $5")
    .bind(tx.workspace())
    .bind(erasure.id)
    .bind(&erasure.status)
    .bind(&erasure.step)
    .bind(&erasure.place)
    .run(tx)
    .await?;
    Ok(held == 1)
}

/// Where it is, and what it has counted; the row is held.
pub(crate) async fn update_progress(tx: &mut Tx, erasure: &Erasure) -> Result<()> {
    sql("update erasure
         set step = $3, place = $4, looked = $5, total = $6, found = $7, erased = $8
         where workspace_id = $1 and id = $2")
    .bind(tx.workspace())
    .bind(erasure.id)
    .bind(&erasure.step)
    .bind(&erasure.place)
    .bind(erasure.looked)
    .bind(erasure.total)
    .bind(erasure.found.clone())
    .bind(erasure.erased.clone())
    .run(tx)
    .await
    .map(|_| ())
}

/// The search is over: what it has found waits for a word until then.
pub(crate) async fn update_found(tx: &mut Tx, id: ErasureId, expires_at: Timestamp) -> Result<()> {
    sql("update erasure set status = $3, step = '', place = '', expires_at = $4
         where workspace_id = $1 and id = $2")
    .bind(tx.workspace())
    .bind(id)
    .bind(Status::Found.word())
    .bind(expires_at)
    .run(tx)
    .await
    .map(|_| ())
}

/// Begins to erase what was found; false when it has not been found yet, or somebody was faster.
pub(crate) async fn start(
    tx: &mut Tx,
    id: ErasureId,
    step: &str,
    (now, until): (Timestamp, Timestamp),
) -> Result<bool> {
    let started = sql("update erasure
         set status = $3, step = $4, place = '', looked = 0, started_at = $5, expires_at = $7
         where workspace_id = $1 and id = $2 and status = $6")
    .bind(tx.workspace())
    .bind(id)
    .bind(Status::Erasing.word())
    .bind(step)
    .bind(now)
    .bind(Status::Found.word())
    .bind(until)
    .run(tx)
    .await?;
    Ok(started == 1)
}

/// Ends it, and forgets the address; false when it is over already, or is not in this state.
pub(crate) async fn end(
    tx: &mut Tx,
    id: ErasureId,
    (from, to): (&[Status], Status),
    error: Option<&str>,
    now: Timestamp,
) -> Result<bool> {
    let ended = sql("update erasure
         set status = $3, sealed = null, step = '', place = '', error = $4, finished_at = $5, expires_at = null
         where workspace_id = $1 and id = $2 and status in")
    .bind(tx.workspace())
    .bind(id)
    .bind(to.word())
    .bind(error)
    .bind(now)
    .bind_list(from.iter().map(|status| status.word()))
    .run(tx)
    .await?;
    Ok(ended == 1)
}

/// Searches of all workspaces that nobody has acted on.
pub(crate) async fn list_expired(
    tx: &mut Tx,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, ErasureId)>> {
    sql("select workspace_id, id from erasure
         where expires_at is not null and expires_at <= $1
         order by expires_at
         limit $2")
    .bind(now)
    .bind(limit)
    .all(tx)
    .await
}

/// No counts.
pub(crate) fn nothing() -> Json {
    Json("{}".to_owned())
}
