//! Stored files: bytes in an object store, their rows in the database.
//!
//! An upload belongs to nobody until what uses it claims it in its own transaction; what is never
//! claimed is swept away. Bytes are durable before their row is committed, and no crash leaves bytes
//! behind for good: an upload is noted as debris before its first byte and struck off with its row.

mod content;
mod name;
mod put;
mod store;
mod sweep;

use std::{path::Path as Folder, sync::Arc};

use bytes::Bytes;
use db::{Migration, MigrationText, Tx};
use futures::{StreamExt, TryStreamExt, stream::BoxStream};
use kernel::{Error, Result, Timestamp, WorkspaceId, typed_id};
use object_store::{ObjectStore, ObjectStoreExt, local::LocalFileSystem, path::Path};

pub use put::NewFile;

typed_id!(/// A stored file.
    pub FileId, FileKind, "fil");

/// The tables behind the files.
pub const MIGRATIONS: &[Migration] = &[Migration {
    module: "files",
    name: "0001_file",
    text: MigrationText::Both(include_str!("../migrations/0001_file.sql")),
}];

/// What is known of a stored file.
#[derive(Debug, Clone, PartialEq, Eq, db::FromRow)]
pub struct StoredFile {
    pub id: FileId,
    /// What it was uploaded for, such as a form's id.
    pub collection: String,
    /// A cleaned file name: no folders, no control characters, at most 200 bytes.
    pub name: String,
    /// In bytes.
    pub size: i64,
    /// What the bytes look like; `application/octet-stream` when in doubt.
    pub content_type: String,
    /// Of the content, in lower-case hex.
    pub sha256: String,
    pub created_at: Timestamp,
    /// Whether something uses it.
    pub claimed: bool,
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

    /// A file of the transaction's workspace, with its bytes.
    pub async fn open(&self, tx: &mut Tx, id: FileId) -> Result<(StoredFile, Content)> {
        let workspace = tx.workspace();
        let file = store::find_file(tx, workspace, id).await?.ok_or(Error::NotFound)?;
        let found = self.store.get(&path(workspace, id)).await.map_err(broken)?;
        Ok((file, found.into_stream().map_err(broken).boxed()))
    }
}

/// What is known of a file of the transaction's workspace.
pub async fn find(tx: &mut Tx, id: FileId) -> Result<StoredFile> {
    let workspace = tx.workspace();
    store::find_file(tx, workspace, id).await?.ok_or(Error::NotFound)
}

/// Marks uploads as used, in the transaction of what uses them. An id that is unknown, of another
/// workspace or collection, or in use already is an `Invalid` error for the field `file`.
pub async fn claim(
    tx: &mut Tx,
    workspace: WorkspaceId,
    ids: &[FileId],
    collection: &str,
) -> Result<()> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let claimed = store::update_claimed(tx, workspace, &ids, collection).await?;
    if claimed.len() == ids.len() {
        return Ok(());
    }
    let lacking = ids.iter().find(|id| !claimed.contains(id));
    let name = lacking.map(ToString::to_string).unwrap_or_default();
    Err(Error::invalid(
        "file",
        "unknown_file",
        format!("The file {name} is not there; upload it again."),
    ))
}

/// Deletes files: their rows in this transaction, their bytes with the next sweep after it.
pub async fn delete(tx: &mut Tx, workspace: WorkspaceId, ids: &[FileId]) -> Result<()> {
    let deleted = store::delete_files(tx, workspace, ids).await?;
    store::insert_debris(tx, deleted, store::AT_ONCE).await
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
