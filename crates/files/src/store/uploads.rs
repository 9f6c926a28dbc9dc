//! The rows of uploads in parts.

use db::{Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};

use super::STEP;
use crate::{FileId, Upload};

pub(crate) async fn find_upload(
    tx: &mut Tx,
    workspace: WorkspaceId,
    id: FileId,
) -> Result<Option<Upload>> {
    sql("select id, collection, place, name, content_type, size, received, parts, created_at
         from upload
         where workspace_id = $1 and id = $2")
    .bind(workspace)
    .bind(id)
    .optional(tx)
    .await
}

pub(crate) async fn insert_upload(
    tx: &mut Tx,
    workspace: WorkspaceId,
    upload: &Upload,
) -> Result<()> {
    sql("insert into upload
             (workspace_id, id, collection, place, name, content_type, size, received, parts, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8)")
    .bind(workspace)
    .bind(upload.id)
    .bind(&upload.collection)
    .bind(upload.place.as_deref())
    .bind(&upload.name)
    .bind(upload.content_type.as_deref())
    .bind(upload.size)
    .bind(upload.created_at)
    .run(tx)
    .await
    .map(|_| ())
}

/// Goes on from `received` to `now`; false when others went on from there.
pub(crate) async fn update_received(
    tx: &mut Tx,
    workspace: WorkspaceId,
    (id, received, now): (FileId, i64, i64),
) -> Result<bool> {
    let changed = sql("update upload set received = $4, parts = parts + 1
         where workspace_id = $1 and id = $2 and received = $3")
    .bind(workspace)
    .bind(id)
    .bind(received)
    .bind(now)
    .run(tx)
    .await?;
    Ok(changed == 1)
}

/// Holds it where it is until the transaction ends; false when it is not there any more.
pub(crate) async fn lock_upload(
    tx: &mut Tx,
    workspace: WorkspaceId,
    (id, received): (FileId, i64),
) -> Result<bool> {
    let there = sql("update upload set parts = parts
         where workspace_id = $1 and id = $2 and received = $3")
    .bind(workspace)
    .bind(id)
    .bind(received)
    .run(tx)
    .await?;
    Ok(there == 1)
}

/// False when another part begins there.
pub(crate) async fn insert_part(
    tx: &mut Tx,
    workspace: WorkspaceId,
    (upload, start, part): (FileId, i64, FileId),
) -> Result<bool> {
    let inserted =
        sql("insert into upload_part (workspace_id, upload_id, start, id) values ($1, $2, $3, $4)
         on conflict do nothing")
        .bind(workspace)
        .bind(upload)
        .bind(start)
        .bind(part)
        .run(tx)
        .await?;
    Ok(inserted == 1)
}

/// In the order of their bytes.
pub(crate) async fn list_parts(
    tx: &mut Tx,
    workspace: WorkspaceId,
    upload: FileId,
) -> Result<Vec<FileId>> {
    let rows: Vec<(FileId,)> = sql("select id from upload_part
         where workspace_id = $1 and upload_id = $2
         order by start")
    .bind(workspace)
    .bind(upload)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whether it was there and had come as far as that.
pub(crate) async fn delete_upload(
    tx: &mut Tx,
    workspace: WorkspaceId,
    (id, received): (FileId, i64),
) -> Result<bool> {
    let deleted = sql("delete from upload where workspace_id = $1 and id = $2 and received = $3")
        .bind(workspace)
        .bind(id)
        .bind(received)
        .run(tx)
        .await?;
    Ok(deleted == 1)
}

/// Gives back what their bytes lie under.
pub(crate) async fn delete_parts(
    tx: &mut Tx,
    workspace: WorkspaceId,
    upload: FileId,
) -> Result<Vec<(WorkspaceId, FileId)>> {
    sql("delete from upload_part where workspace_id = $1 and upload_id = $2
         returning workspace_id, id")
    .bind(workspace)
    .bind(upload)
    .all(tx)
    .await
}

/// Uploads of a collection that are not whole, counted up to `most`.
pub(crate) async fn count_uploads(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
    most: i64,
) -> Result<i64> {
    let (count,) = sql("select count(*) from (
             select 1 from upload where workspace_id = $1 and collection = $2 limit $3
         ) as begun")
    .bind(workspace)
    .bind(collection)
    .bind(most)
    .one::<(i64,)>(tx)
    .await?;
    Ok(count)
}

/// Bytes that the parts of uploads take: each 64 KiB at least, as a whole one.
pub(crate) async fn sum_received(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
) -> Result<i64> {
    let (bytes,) = sql("select cast(coalesce(
             sum(case when received < parts * 65536 then parts * 65536 else received end), 0) as BIGINT)
         from upload
         where workspace_id = $1 and collection = $2")
    .bind(workspace)
    .bind(collection)
    .one::<(i64,)>(tx)
    .await?;
    Ok(bytes)
}

/// Deletes some that are older; their parts are left to whoever calls.
pub(crate) async fn delete_expired(
    tx: &mut Tx,
    older_than: Timestamp,
) -> Result<Vec<(WorkspaceId, FileId)>> {
    sql("delete from upload
         where (workspace_id, id) in (
             select workspace_id, id from upload where created_at < $1 order by created_at limit $2
         )
         returning workspace_id, id")
    .bind(older_than)
    .bind(STEP)
    .all(tx)
    .await
}

/// Deletes some of a collection; their parts are left to whoever calls.
pub(crate) async fn delete_collected(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
) -> Result<Vec<(WorkspaceId, FileId)>> {
    sql("delete from upload
         where workspace_id = $1 and id in (
             select id from upload where workspace_id = $1 and collection = $2 limit $3
         )
         returning workspace_id, id")
    .bind(workspace)
    .bind(collection)
    .bind(STEP)
    .all(tx)
    .await
}
