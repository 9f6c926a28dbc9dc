//! Takes an upload in, piece by piece.

use bytes::Bytes;
use db::Db;
use futures::{Stream, StreamExt};
use kernel::{Chance, Clock, Error, Result, WorkspaceId};
use object_store::buffered::BufWriter;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use crate::{FileId, Files, StoredFile, broken, content, name, path, store};

/// Parts of one upload that are on their way to the store at a time.
const PARTS_AT_ONCE: usize = 2;

/// An upload; `bytes` ends with an error when it is cut off.
#[derive(Debug)]
pub struct NewFile<S> {
    /// What it is for, such as a form's id.
    pub collection: String,
    /// What it is for within the collection, such as a field's key.
    pub place: Option<String>,
    /// As the sender calls it; cleaned before it is stored.
    pub name: String,
    /// As the sender declares it; believed only where it can do no harm.
    pub content_type: Option<String>,
    /// The most that is taken.
    pub limit_bytes: u64,
    pub bytes: S,
}

/// What is learned of the bytes while they pass.
pub(crate) struct Taken {
    pub(crate) size: u64,
    pub(crate) sha256: String,
    pub(crate) head: Vec<u8>,
}

impl Files {
    /// Stores an upload, in memory that does not grow with it. `TooLarge` when it is; the stream's own
    /// error when it breaks off. Either way nothing stays behind.
    pub async fn put<S>(
        &self,
        db: &Db,
        workspace: WorkspaceId,
        new: NewFile<S>,
        clock: &Clock,
        chance: &Chance,
    ) -> Result<StoredFile>
    where
        S: Stream<Item = Result<Bytes>> + Send + Unpin,
    {
        let now = clock.now();
        let id = FileId::new(now, chance);
        let mut tx = db.begin(workspace).await?;
        store::insert_debris(&mut tx, vec![(workspace, id)], now).await?;
        tx.commit().await?;
        match self.take_in(workspace, id, new.bytes, new.limit_bytes).await {
            Ok(taken) => {
                let file = StoredFile {
                    id,
                    collection: new.collection,
                    place: new.place,
                    name: name::clean(&new.name),
                    size: i64::try_from(taken.size).map_err(Error::internal)?,
                    content_type: content::kind(&taken.head, new.content_type.as_deref()),
                    sha256: taken.sha256,
                    created_at: now,
                    owner: None,
                };
                keep(db, workspace, &file).await?;
                Ok(file)
            }
            Err(error) => {
                // The upload's own failure is the answer; what could not be tidied is left to the sweep.
                if let Err(later) = self.tidy(db, workspace, id).await {
                    tracing::warn!(%id, cause = %later, "a broken upload is left to the sweep");
                }
                Err(error)
            }
        }
    }

    /// Stores bytes under an id; `TooLarge` when there are more than the limit.
    pub(crate) async fn take_in(
        &self,
        workspace: WorkspaceId,
        id: FileId,
        bytes: impl Stream<Item = Result<Bytes>> + Unpin,
        limit: u64,
    ) -> Result<Taken> {
        let path = path(workspace, id);
        let mut writer = BufWriter::with_capacity(self.store.clone(), path, self.part)
            .with_max_concurrency(PARTS_AT_ONCE);
        match pass(bytes, &mut writer, limit).await {
            Ok(taken) => {
                writer.shutdown().await.map_err(|error| Error::unavailable(error.to_string()))?;
                Ok(taken)
            }
            Err(error) => {
                // Whatever abort leaves, the sweep finds by its name.
                let _ = writer.abort().await;
                Err(error)
            }
        }
    }

    async fn tidy(&self, db: &Db, workspace: WorkspaceId, id: FileId) -> Result<()> {
        self.remove_bytes(workspace, id).await?;
        let mut tx = db.begin(workspace).await?;
        store::delete_debris(&mut tx, workspace, id).await?;
        tx.commit().await
    }
}

async fn pass(
    mut bytes: impl Stream<Item = Result<Bytes>> + Unpin,
    writer: &mut BufWriter,
    limit: u64,
) -> Result<Taken> {
    let mut size = 0;
    let mut hash = Sha256::new();
    let mut head = Vec::new();
    while let Some(piece) = bytes.next().await {
        let piece = piece?;
        size += piece.len() as u64;
        if size > limit {
            return Err(Error::TooLarge(format!("The file is larger than {limit} bytes.")));
        }
        hash.update(&piece);
        let room = content::HEAD - head.len();
        head.extend_from_slice(&piece[..room.min(piece.len())]);
        writer.put(piece).await.map_err(broken)?;
    }
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Taken { size, sha256, head })
}

/// From debris to file in one commit.
async fn keep(db: &Db, workspace: WorkspaceId, file: &StoredFile) -> Result<()> {
    let mut tx = db.begin(workspace).await?;
    if !store::delete_debris(&mut tx, workspace, file.id).await? {
        return Err(Error::unavailable("the upload took so long that it was swept away"));
    }
    store::insert_file(&mut tx, workspace, file).await?;
    tx.commit().await
}
