//! Stored files: bytes in an object store, their rows in the database.
//!
//! An upload belongs to nobody until what uses it claims it in its own transaction, and from then on to
//! that alone; what is never claimed is swept away. Bytes are durable before their row is committed, and no crash leaves bytes
//! behind for good: an upload is noted as debris before its first byte and struck off with its row.

mod content;
mod name;
mod put;
mod remote;
mod store;
mod sweep;
mod upload;

use std::{ops::Range, path::Path as Folder, sync::Arc};

use bytes::Bytes;
use db::{Migration, MigrationText, Tx};
use futures::{StreamExt, TryStreamExt, stream::BoxStream};
use kernel::{Error, Result, Timestamp, WorkspaceId, typed_id};
use object_store::{GetOptions, ObjectStore, ObjectStoreExt, local::LocalFileSystem, path::Path};

pub use put::NewFile;
pub use upload::{NewUpload, begin_upload, cancel_upload, count_uploads, find_upload};

typed_id!(/// A stored file.
    pub FileId, FileKind, "fil");

/// The tables behind the files.
pub const MIGRATIONS: &[Migration] = &[
    migration("0001_file", include_str!("../migrations/0001_file.sql")),
    migration("0002_upload", include_str!("../migrations/0002_upload.sql")),
    migration("0003_waiting", include_str!("../migrations/0003_waiting.sql")),
];

const fn migration(name: &'static str, text: &'static str) -> Migration {
    Migration { module: "files", name, text: MigrationText::Both(text) }
}

/// What is known of a stored file.
#[derive(Debug, Clone, PartialEq, Eq, db::FromRow)]
pub struct StoredFile {
    pub id: FileId,
    /// What it was uploaded for, such as a form's id.
    pub collection: String,
    /// What it was uploaded for within the collection, such as a field's key.
    pub place: Option<String>,
    /// A cleaned file name: no folders, no control characters, at most 200 bytes.
    pub name: String,
    /// In bytes.
    pub size: i64,
    /// What the bytes look like; `application/octet-stream` when in doubt.
    pub content_type: String,
    /// Of the content, in lower-case hex.
    pub sha256: String,
    pub created_at: Timestamp,
    /// What it is part of, such as a submission's id; `None` while nothing has claimed it.
    pub owner: Option<String>,
}

/// An upload that is not whole yet.
#[derive(Debug, Clone, PartialEq, Eq, db::FromRow)]
pub struct Upload {
    /// That of the file that it becomes.
    pub id: FileId,
    /// What it is for, such as a form's id.
    pub collection: String,
    /// What it is for within the collection, such as a field's key.
    pub place: Option<String>,
    /// Cleaned, as that of a [`StoredFile`].
    pub name: String,
    /// As the sender declares it; believed only where it can do no harm.
    pub content_type: Option<String>,
    /// Of the whole, in bytes.
    pub size: i64,
    /// Bytes that have come.
    pub received: i64,
    pub(crate) parts: i64,
    pub created_at: Timestamp,
}

/// A file's bytes, piece by piece.
pub type Content = BoxStream<'static, Result<Bytes>>;

/// Where the bytes lie; cheap to clone.
#[derive(Debug, Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// Uploads go to the store in parts of so many bytes, a few at a time.
    part: usize,
    /// The folder, when the store is one: there, unfinished uploads have names that it hides.
    folder: Option<Arc<Folder>>,
}

const LOCAL_PART: usize = 256 * 1024;

impl Files {
    /// Bytes in a local folder, made when missing; each is fsynced.
    pub fn local(folder: &Folder) -> Result<Files> {
        std::fs::create_dir_all(folder).map_err(Error::internal)?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(Error::internal)?;
        Ok(Files {
            store: Arc::new(store.with_fsync(true)),
            part: LOCAL_PART,
            folder: Some(folder.into()),
        })
    }

    /// Bytes in any object store; S3 and its kin want parts of at least 5 MiB.
    pub fn remote(store: Arc<dyn ObjectStore>, part: usize) -> Files {
        Files { store, part, folder: None }
    }

    /// A file of the transaction's workspace that is part of `owner`, with its bytes; of nothing as yet
    /// when that is `None`.
    pub async fn open(
        &self,
        tx: &mut Tx,
        id: FileId,
        owner: Option<&str>,
    ) -> Result<(StoredFile, Content)> {
        let workspace = tx.workspace();
        let file = find(tx, id, owner).await?;
        let found = self.store.get(&path(workspace, id)).await.map_err(broken)?;
        Ok((file, found.into_stream().map_err(broken).boxed()))
    }

    /// As [`Files::open`], but only some of its bytes; at least one, and none beyond its end.
    pub async fn open_part(
        &self,
        tx: &mut Tx,
        id: FileId,
        owner: Option<&str>,
        part: Range<u64>,
    ) -> Result<(StoredFile, Content)> {
        if part.is_empty() {
            return self.open(tx, id, owner).await;
        }
        let workspace = tx.workspace();
        let file = find(tx, id, owner).await?;
        let options = GetOptions { range: Some(part.into()), ..GetOptions::default() };
        let found = self.store.get_opts(&path(workspace, id), options).await.map_err(broken)?;
        Ok((file, found.into_stream().map_err(broken).boxed()))
    }
}

/// What is known of a file of the transaction's workspace that is part of `owner`; of nothing as yet
/// when that is `None`.
pub async fn find(tx: &mut Tx, id: FileId, owner: Option<&str>) -> Result<StoredFile> {
    let workspace = tx.workspace();
    let file = store::find_file(tx, workspace, id).await?;
    file.filter(|file| file.owner.as_deref() == owner).ok_or(Error::NotFound)
}

/// What is known of these files of the transaction's workspace, whoever has them; those that are gone are
/// left out.
pub async fn list(tx: &mut Tx, ids: &[FileId]) -> Result<Vec<StoredFile>> {
    let workspace = tx.workspace();
    store::list_files(tx, workspace, ids).await
}

/// Those uploads of a collection of the transaction's workspace that nothing has claimed yet.
pub async fn unclaimed(tx: &mut Tx, ids: &[FileId], collection: &str) -> Result<Vec<StoredFile>> {
    let workspace = tx.workspace();
    store::list_unclaimed(tx, workspace, ids, collection).await
}

/// Bytes that a collection's uploads take that nothing has claimed yet, whole or not; small parts count 64 KiB.
pub async fn unclaimed_bytes(tx: &mut Tx, collection: &str) -> Result<i64> {
    let workspace = tx.workspace();
    let whole = store::sum_unclaimed(tx, workspace, collection).await?;
    Ok(whole + store::uploads::sum_received(tx, workspace, collection).await?)
}

/// Makes uploads part of `owner`, in the transaction that stores it. Gives back an id that cannot be
/// had, being unknown, of another workspace or collection, or part of something already: then all of
/// them stay as they were.
pub async fn claim(
    tx: &mut Tx,
    workspace: WorkspaceId,
    ids: &[FileId],
    collection: &str,
    owner: &str,
) -> Result<Option<FileId>> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let claimed = store::update_owner(tx, workspace, &ids, collection, owner).await?;
    let lacking = ids.into_iter().find(|id| !claimed.contains(id));
    if lacking.is_some() {
        store::release(tx, workspace, &claimed).await?;
    }
    Ok(lacking)
}

/// Deletes files of an owner: their rows in this transaction, their bytes with the next sweep after it.
/// Files of others stay.
pub async fn delete(
    tx: &mut Tx,
    workspace: WorkspaceId,
    ids: &[FileId],
    owner: &str,
) -> Result<()> {
    let deleted = store::delete_files(tx, workspace, ids, Some(owner)).await?;
    store::insert_debris(tx, deleted, store::AT_ONCE).await
}

/// Deletes uploads that nothing has claimed, as [`delete`] does; what is part of something stays.
pub async fn discard(tx: &mut Tx, workspace: WorkspaceId, ids: &[FileId]) -> Result<()> {
    let deleted = store::delete_files(tx, workspace, ids, None).await?;
    store::insert_debris(tx, deleted, store::AT_ONCE).await
}

/// Deletes some files of a collection, claimed or not, as [`delete`] does, and uploads that are not whole; tells
/// how many.
pub async fn delete_some_of(
    tx: &mut Tx,
    workspace: WorkspaceId,
    collection: &str,
) -> Result<usize> {
    let deleted = store::delete_collected(tx, workspace, collection).await?;
    let uploads = store::uploads::delete_collected(tx, workspace, collection).await?;
    let count = deleted.len() + uploads.len();
    store::insert_debris(tx, deleted, store::AT_ONCE).await?;
    upload::forget_parts(tx, uploads).await?;
    Ok(count)
}

fn path(workspace: WorkspaceId, id: FileId) -> Path {
    Path::from_iter([workspace.to_string(), id.to_string()])
}

/// The store is busy, full or broken for now.
fn broken(error: object_store::Error) -> Error {
    match error {
        object_store::Error::NotFound { .. } => Error::internal(error),
        passing => Error::unavailable(passing.to_string()),
    }
}
