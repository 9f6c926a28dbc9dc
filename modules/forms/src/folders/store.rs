//! All SQL about folders.

use db::{Tx, sql};
use kernel::{Result, Timestamp};

use super::Folder;
use crate::ids::FolderId;

/// By name, all of them: they are few.
pub(crate) async fn list_folders(tx: &mut Tx) -> Result<Vec<Folder>> {
    sql("select id, name, created_at from form_folder where workspace_id = $1 order by name, id")
        .bind(tx.workspace())
        .all(tx)
        .await
}

pub(crate) async fn find_folder(tx: &mut Tx, id: FolderId) -> Result<Option<Folder>> {
    sql("select id, name, created_at from form_folder where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .optional(tx)
        .await
}

/// False when another folder has that name.
pub(crate) async fn insert_folder(tx: &mut Tx, folder: &Folder) -> Result<bool> {
    let made =
        sql("insert into form_folder (workspace_id, id, name, created_at) values ($1, $2, $3, $4)
         on conflict (workspace_id, name) do nothing")
        .bind(tx.workspace())
        .bind(folder.id)
        .bind(&folder.name)
        .bind(folder.created_at)
        .run(tx)
        .await?;
    Ok(made > 0)
}

/// False when another folder has that name.
pub(crate) async fn rename_folder(tx: &mut Tx, id: FolderId, name: &str) -> Result<bool> {
    let renamed = sql("update form_folder set name = $3
         where workspace_id = $1 and id = $2 and not exists (
             select 1 from form_folder other
             where other.workspace_id = $1 and other.name = $3 and other.id <> $2
         )")
    .bind(tx.workspace())
    .bind(id)
    .bind(name)
    .run(tx)
    .await?;
    Ok(renamed > 0)
}

/// Deletes a folder; what lay in it lies in none.
pub(crate) async fn delete_folder(tx: &mut Tx, id: FolderId, now: Timestamp) -> Result<()> {
    sql("update form set folder_id = null, updated_at = $3 where workspace_id = $1 and folder_id = $2")
        .bind(tx.workspace())
        .bind(id)
        .bind(now)
        .run(tx)
        .await?;
    sql("delete from form_folder where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .run(tx)
        .await
        .map(|_| ())
}
