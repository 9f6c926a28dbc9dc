//! The rows of files and of debris.

pub(crate) mod uploads;

use db::{Insert, ToValue, Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};

use crate::{FileId, StoredFile};

/// How debris is dated that the next sweep may remove.
pub(crate) const AT_ONCE: Timestamp = Timestamp::from_micros(0);

/// Rows that one step of a sweep takes.
const STEP: i64 = 500;

const DEBRIS: Insert<3> = Insert {
    table: "file_debris",
    columns: ["workspace_id", "id", "since"],
    suffix: "on conflict (workspace_id, id) do nothing",
};

pub(crate) async fn find_file(
    tx: &mut Tx,
    workspace: WorkspaceId,
    id: FileId,
) -> Result<Option<StoredFile>> {
    sql("select id, collection, place, name, size, content_type, sha256, created_at, owner
         from file
         where workspace_id = $1 and id = $2")
    .bind(workspace)
    .bind(id)
    .optional(tx)
    .await
}

pub(crate) async fn insert_file(
    tx: &mut Tx,
    workspace: WorkspaceId,
    file: &StoredFile,
) -> Result<()> {
    sql("insert into file
             (workspace_id, id, collection, place, name, size, content_type, sha256, created_at, owner)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(workspace)
    .bind(file.id)
    .bind(&file.collection)
    .bind(file.place.as_deref())
    .bind(&file.name)
    .bind(file.size)
    .bind(&file.content_type)
    .bind(&file.sha256)
    .bind(file.created_at)
    .bind(file.owner.as_deref())
    .run(tx)
    .await
    .map(|_| ())
}

pub(crate) async fn list_files(
    tx: &mut Tx,
    workspace: WorkspaceId,
    ids: &[FileId],
) -> Result<Vec<StoredFile>> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(256) {
        let rows: Vec<StoredFile> =
            sql("select id, collection, place, name, size, content_type, sha256, created_at, owner
             from file
             where workspace_id = $1 and id in")
            .bind(workspace)
            .bind_list(some.iter().copied())
            .all(tx)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

pub(crate) async fn list_unclaimed(
    tx: &mut Tx,
    workspace: WorkspaceId,
    ids: &[FileId],
    collection: &str,
) -> Result<Vec<StoredFile>> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(256) {
        // The joined text keeps SQLite from walking all files of the collection.
        let rows: Vec<StoredFile> =
            sql("select id, collection, place, name, size, content_type, sha256, created_at, owner
             from file
             where workspace_id = $1 and collection || '' = $2 and owner is null and id in")
            .bind(workspace)
            .bind(collection)
            .bind_list(some.iter().copied())
            .all(tx)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Bytes that whole uploads take: each 64 KiB at least, so that very many small ones do not count for nothing.
pub(crate) async fn sum_unclaimed(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
) -> Result<i64> {
    let (bytes,) = sql(
        "select cast(coalesce(sum(case when size < 65536 then 65536 else size end), 0) as BIGINT)
         from file
         where workspace_id = $1 and collection = $2 and owner is null",
    )
    .bind(workspace)
    .bind(collection)
    .one::<(i64,)>(tx)
    .await?;
    Ok(bytes)
}

/// Gives back the ids that were free and now are taken.
pub(crate) async fn update_owner(
    tx: &mut Tx,
    workspace: WorkspaceId,
    ids: &[FileId],
    collection: &str,
    owner: &str,
) -> Result<Vec<FileId>> {
    let mut claimed = Vec::with_capacity(ids.len());
    for some in ids.chunks(256) {
        // The joined text keeps SQLite from walking all files of the collection.
        let rows: Vec<(FileId,)> = sql("update file set owner = $3
             where workspace_id = $1 and collection || '' = $2 and owner is null and id in")
        .bind(workspace)
        .bind(collection)
        .bind(owner)
        .bind_list(some.iter().copied())
        .push(" returning id")
        .all(tx)
        .await?;
        claimed.extend(rows.into_iter().map(|(id,)| id));
    }
    Ok(claimed)
}

/// Lets go of files that this transaction has taken.
pub(crate) async fn release(tx: &mut Tx, workspace: WorkspaceId, ids: &[FileId]) -> Result<()> {
    for some in ids.chunks(256) {
        sql("update file set owner = null where workspace_id = $1 and id in")
            .bind(workspace)
            .bind_list(some.iter().copied())
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Deletes those of an owner; without one, those that nobody has.
pub(crate) async fn delete_files(
    tx: &mut Tx,
    workspace: WorkspaceId,
    ids: &[FileId],
    owner: Option<&str>,
) -> Result<Vec<(WorkspaceId, FileId)>> {
    let mut deleted = Vec::with_capacity(ids.len());
    for some in ids.chunks(256) {
        let rows: Vec<(WorkspaceId, FileId)> = sql("delete from file
             where workspace_id = $1 and coalesce(owner, '') = $2 and id in")
        .bind(workspace)
        .bind(owner.unwrap_or_default())
        .bind_list(some.iter().copied())
        .push(" returning workspace_id, id")
        .all(tx)
        .await?;
        deleted.extend(rows);
    }
    Ok(deleted)
}

pub(crate) async fn delete_collected(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
) -> Result<Vec<(WorkspaceId, FileId)>> {
    sql("delete from file
         where workspace_id = $1 and id in (
             select id from file where workspace_id = $1 and collection = $2 limit $3
         )
         returning workspace_id, id")
    .bind(workspace)
    .bind(collection)
    .bind(STEP)
    .all(tx)
    .await
}

pub(crate) async fn delete_unclaimed(
    tx: &mut Tx,
    older_than: Timestamp,
) -> Result<Vec<(WorkspaceId, FileId)>> {
    // Whether it is claimed is asked twice: a claim that commits meanwhile is seen by the outer one.
    sql("delete from file
         where owner is null and (workspace_id, id) in (
             select workspace_id, id from file
             where owner is null and created_at < $1
             order by created_at
             limit $2
         )
         returning workspace_id, id")
    .bind(older_than)
    .bind(STEP)
    .all(tx)
    .await
}

pub(crate) async fn insert_debris(
    tx: &mut Tx,
    files: Vec<(WorkspaceId, FileId)>,
    since: Timestamp,
) -> Result<()> {
    let rows =
        files.into_iter().map(|(workspace, id)| [workspace.value(), id.value(), since.value()]);
    DEBRIS.run(tx, rows.collect()).await.map(|_| ())
}

pub(crate) async fn list_debris(
    tx: &mut Tx,
    older_than: Timestamp,
) -> Result<Vec<(WorkspaceId, FileId)>> {
    sql("select workspace_id, id from file_debris where since < $1 order by since limit $2")
        .bind(older_than)
        .bind(STEP)
        .all(tx)
        .await
}

/// Whether it was there.
pub(crate) async fn delete_debris(tx: &mut Tx, workspace: WorkspaceId, id: FileId) -> Result<bool> {
    let deleted = sql("delete from file_debris where workspace_id = $1 and id = $2")
        .bind(workspace)
        .bind(id)
        .run(tx)
        .await?;
    Ok(deleted == 1)
}
