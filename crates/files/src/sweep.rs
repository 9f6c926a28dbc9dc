//! Removes what nobody uses: uploads that were never claimed, bytes without a row.

use db::Db;
use kernel::{Error, Result, Timestamp, WorkspaceId};
use object_store::ObjectStoreExt;

use crate::{FileId, Files, broken, path, store, upload};

impl Files {
    /// Deletes uploads older than a moment that nothing claimed or that are not whole, and the bytes of deleted files and of
    /// uploads that broke off before it; tells how many. Must lie further back than an upload may take.
    /// A store that fails on one file does not keep the others from going.
    pub async fn sweep(&self, db: &Db, older_than: Timestamp) -> Result<u64> {
        let mut swept = 0;
        loop {
            let found = condemn(db, older_than).await?;
            let mut gone = 0;
            for (workspace, id) in found {
                match self.bury(db, workspace, id).await {
                    Ok(()) => gone += 1,
                    Err(error) => {
                        tracing::warn!(%id, %error, "a file's bytes could not be removed");
                    }
                }
            }
            swept += gone;
            if gone == 0 {
                return Ok(swept);
            }
        }
    }

    pub(crate) async fn bury(&self, db: &Db, workspace: WorkspaceId, id: FileId) -> Result<()> {
        self.remove_bytes(workspace, id).await?;
        let mut tx = db.begin(workspace).await?;
        store::delete_debris(&mut tx, workspace, id).await?;
        tx.commit().await
    }

    /// Removes finished bytes and, in a folder, what a crash left unfinished.
    pub(crate) async fn remove_bytes(&self, workspace: WorkspaceId, id: FileId) -> Result<()> {
        match self.store.delete(&path(workspace, id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(broken(error)),
        }
        let Some(folder) = &self.folder else { return Ok(()) };
        // So the folder store names an upload under way; ids are unique, so it counts no further.
        let unfinished = folder.join(workspace.to_string()).join(format!("{id}#1"));
        match tokio::fs::remove_file(unfinished).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::internal(error))
            }
            _ => Ok(()),
        }
    }
}

/// Rows go first, so that nobody is given a file whose bytes are on their way out.
async fn condemn(db: &Db, older_than: Timestamp) -> Result<Vec<(WorkspaceId, FileId)>> {
    let mut tx = db.system("unclaimed uploads of all workspaces").await?;
    let unclaimed = store::delete_unclaimed(&mut tx, older_than).await?;
    store::insert_debris(&mut tx, unclaimed, store::AT_ONCE).await?;
    let expired = store::uploads::delete_expired(&mut tx, older_than).await?;
    upload::forget_parts(&mut tx, expired).await?;
    let debris = store::list_debris(&mut tx, older_than).await?;
    tx.commit().await?;
    Ok(debris)
}
