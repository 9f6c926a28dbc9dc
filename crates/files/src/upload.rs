//! Uploads in parts: what has come of one is kept, whoever takes the next part, until it is whole and a file.
//!
//! A part is durable before the upload is said to have come as far. Two that send the same part at once both try to
//! go on from the same byte, and the database lets one of them.

use bytes::Bytes;
use db::{Db, Tx};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use kernel::{Chance, Clock, Error, Result, Timestamp, WorkspaceId};
use object_store::{ObjectStoreExt, buffered::BufWriter};
use tokio::io::AsyncWriteExt;

use crate::{FileId, Files, StoredFile, Upload, broken, content, name, path, store};
use store::uploads as rows;

/// What came is noted after so many bytes at the latest.
const PART: i64 = 4 * 1024 * 1024;
/// So many parts are put together; who sends smaller ones gives up before.
const MOST_PARTS: i64 = 2_000;

/// An upload to begin.
#[derive(Debug)]
pub struct NewUpload {
    pub collection: String,
    pub place: Option<String>,
    pub name: String,
    pub content_type: Option<String>,
    pub size: i64,
}

/// Begins an upload, of which nothing has come yet.
pub async fn begin_upload(
    tx: &mut Tx,
    new: NewUpload,
    now: Timestamp,
    chance: &Chance,
) -> Result<Upload> {
    let upload = Upload {
        id: FileId::new(now, chance),
        collection: new.collection,
        place: new.place,
        name: name::clean(&new.name),
        content_type: new.content_type,
        size: new.size,
        received: 0,
        parts: 0,
        created_at: now,
    };
    let workspace = tx.workspace();
    rows::insert_upload(tx, workspace, &upload).await?;
    Ok(upload)
}

/// An upload of the transaction's workspace that is not whole yet.
pub async fn find_upload(tx: &mut Tx, id: FileId) -> Result<Option<Upload>> {
    let workspace = tx.workspace();
    rows::find_upload(tx, workspace, id).await
}

/// How many uploads of a collection are not whole yet; counts no further than `most`.
pub async fn count_uploads(tx: &mut Tx, collection: &str, most: i64) -> Result<i64> {
    let workspace = tx.workspace();
    rows::count_uploads(tx, workspace, collection, most).await
}

/// Gives an upload up that is not whole; false when it is not there as it was.
pub async fn cancel_upload(tx: &mut Tx, upload: &Upload) -> Result<bool> {
    let workspace = tx.workspace();
    let gone = rows::delete_upload(tx, workspace, (upload.id, upload.received)).await?;
    if gone {
        forget_parts(tx, vec![(workspace, upload.id)]).await?;
    }
    Ok(gone)
}

/// Leaves the parts of deleted uploads to the next sweep.
pub(crate) async fn forget_parts(tx: &mut Tx, uploads: Vec<(WorkspaceId, FileId)>) -> Result<()> {
    for (workspace, upload) in uploads {
        let parts = rows::delete_parts(tx, workspace, upload).await?;
        store::insert_debris(tx, parts, store::AT_ONCE).await?;
    }
    Ok(())
}

impl Files {
    /// Takes in what comes next of an upload, and makes a file of it with its last byte. Gives the number of bytes that
    /// have come by now. What follows the last byte is not read. When the stream breaks off, what came before stays,
    /// and its error is the answer; `Conflict` when somebody else went on from the same byte.
    pub async fn append<S>(
        &self,
        db: &Db,
        workspace: WorkspaceId,
        upload: Upload,
        bytes: S,
        (clock, chance): (&Clock, &Chance),
    ) -> Result<i64>
    where
        S: Stream<Item = Result<Bytes>> + Send + Unpin,
    {
        let mut pieces = Pieces { bytes, rest: Bytes::new(), error: None };
        let mut upload = upload;
        loop {
            let most = (upload.size - upload.received).min(PART);
            let part = FileId::new(clock.now(), chance);
            let size = self.take_part(db, workspace, part, (&mut pieces, most), clock).await?;
            let came = upload.received + size;
            if came == upload.size {
                self.finish(db, workspace, &upload, part, clock).await?;
                return Ok(came);
            }
            if size > 0 {
                self.keep_part(db, workspace, &upload, (part, came)).await?;
                (upload.received, upload.parts) = (came, upload.parts + 1);
            }
            if let Some(error) = pieces.error {
                return Err(error);
            }
            if size < most {
                return Ok(came);
            }
        }
    }

    /// Stores up to `most` bytes under the part's id, noted as debris until it is part of something.
    async fn take_part<S>(
        &self,
        db: &Db,
        workspace: WorkspaceId,
        part: FileId,
        (pieces, most): (&mut Pieces<S>, i64),
        clock: &Clock,
    ) -> Result<i64>
    where
        S: Stream<Item = Result<Bytes>> + Send + Unpin,
    {
        let Some(first) = pieces.next(most).await else { return Ok(0) };
        let mut tx = db.begin(workspace).await?;
        store::insert_debris(&mut tx, vec![(workspace, part)], clock.now()).await?;
        tx.commit().await?;
        let place = path(workspace, part);
        let mut writer = BufWriter::with_capacity(self.store.clone(), place, self.part);
        let mut size = length(&first);
        writer.put(first).await.map_err(broken)?;
        while let Some(piece) = pieces.next(most - size).await {
            size += length(&piece);
            writer.put(piece).await.map_err(broken)?;
        }
        writer.shutdown().await.map_err(|error| Error::unavailable(error.to_string()))?;
        Ok(size)
    }

    /// From debris to part in one commit.
    async fn keep_part(
        &self,
        db: &Db,
        workspace: WorkspaceId,
        upload: &Upload,
        (part, came): (FileId, i64),
    ) -> Result<()> {
        if upload.parts >= MOST_PARTS {
            self.bury(db, workspace, part).await?;
            let message = "The upload came in too many parts. Begin it anew with larger ones.";
            return Err(Error::TooLarge(message.into()));
        }
        let mut tx = db.begin(workspace).await?;
        let place = (upload.id, upload.received, came);
        let start = (upload.id, upload.received, part);
        // Where the last part is settled, nothing shorter takes its place.
        if !rows::update_received(&mut tx, workspace, place).await?
            || !rows::insert_part(&mut tx, workspace, start).await?
        {
            drop(tx);
            self.bury(db, workspace, part).await?;
            return Err(elsewhere());
        }
        store::delete_debris(&mut tx, workspace, part).await?;
        tx.commit().await
    }

    /// Puts the parts and the last one together; that becomes a file, and its upload ends, in one commit. Which part is
    /// the last is settled before: so two may do it at once, put the same bytes there, and one of them commits. Whoever
    /// came with another last part is refused, having helped.
    async fn finish(
        &self,
        db: &Db,
        workspace: WorkspaceId,
        upload: &Upload,
        last: FileId,
        clock: &Clock,
    ) -> Result<()> {
        let Some((parts, ours)) = self.settle(db, workspace, upload, last, clock).await? else {
            self.bury(db, workspace, last).await?;
            return Err(elsewhere());
        };
        if !ours {
            self.bury(db, workspace, last).await?;
        }
        let limit = u64::try_from(upload.size).map_err(Error::internal)?;
        let whole = self.put_together(workspace, parts);
        let taken = self.take_in(workspace, upload.id, whole, limit).await?;
        let file = StoredFile {
            id: upload.id,
            collection: upload.collection.clone(),
            place: upload.place.clone(),
            name: upload.name.clone(),
            size: i64::try_from(taken.size).map_err(Error::internal)?,
            content_type: content::kind(&taken.head, upload.content_type.as_deref()),
            sha256: taken.sha256,
            created_at: clock.now(),
            owner: None,
        };
        if file.size != upload.size {
            return Err(Error::internal("an upload is not as long as its parts"));
        }
        let mut tx = db.begin(workspace).await?;
        let there = rows::delete_upload(&mut tx, workspace, (upload.id, upload.received)).await?;
        if there && store::delete_debris(&mut tx, workspace, upload.id).await? {
            store::insert_file(&mut tx, workspace, &file).await?;
            forget_parts(&mut tx, vec![(workspace, upload.id)]).await?;
            tx.commit().await?;
            return if ours { Ok(()) } else { Err(elsewhere()) };
        }
        // Somebody faster has put the same bytes there, or it was given up.
        let file = store::find_file(&mut tx, workspace, upload.id).await?;
        if ours && file.is_some() { Ok(()) } else { Err(elsewhere()) }
    }

    /// Which parts the whole is made of, from now on, and whether the last of them is this one, or lacks nothing; none when
    /// others went on from there.
    async fn settle(
        &self,
        db: &Db,
        workspace: WorkspaceId,
        upload: &Upload,
        last: FileId,
        clock: &Clock,
    ) -> Result<Option<(Vec<FileId>, bool)>> {
        let mut tx = db.begin(workspace).await?;
        // Held until debris is noted: what came after somebody else's end would condemn a file.
        if !rows::lock_upload(&mut tx, workspace, (upload.id, upload.received)).await? {
            return Ok(None);
        }
        let lacks = upload.received < upload.size;
        let start = (upload.id, upload.received, last);
        let ours = !lacks || rows::insert_part(&mut tx, workspace, start).await?;
        if lacks && ours {
            store::delete_debris(&mut tx, workspace, last).await?;
        }
        let parts = rows::list_parts(&mut tx, workspace, upload.id).await?;
        store::insert_debris(&mut tx, vec![(workspace, upload.id)], clock.now()).await?;
        tx.commit().await?;
        Ok(Some((parts, ours)))
    }

    fn put_together(
        &self,
        workspace: WorkspaceId,
        parts: Vec<FileId>,
    ) -> impl Stream<Item = Result<Bytes>> + Unpin + use<> {
        let objects = self.store.clone();
        let opened = stream::iter(parts).then(move |part| {
            let (objects, place) = (objects.clone(), path(workspace, part));
            async move {
                let found = objects.get(&place).await.map_err(broken)?;
                Ok::<_, Error>(found.into_stream().map_err(broken))
            }
        });
        opened.try_flatten().boxed()
    }
}

/// A stream that can be read up to a byte, and then on.
struct Pieces<S> {
    bytes: S,
    /// Of a piece that went beyond.
    rest: Bytes,
    /// How it broke off.
    error: Option<Error>,
}

impl<S: Stream<Item = Result<Bytes>> + Unpin> Pieces<S> {
    /// The next piece, of at most so many bytes and never empty; none at the end.
    async fn next(&mut self, most: i64) -> Option<Bytes> {
        let most = usize::try_from(most).unwrap_or(0);
        if most == 0 {
            return None;
        }
        while self.rest.is_empty() && self.error.is_none() {
            match self.bytes.next().await? {
                Ok(piece) => self.rest = piece,
                Err(error) => self.error = Some(error),
            }
        }
        let piece = self.rest.split_to(most.min(self.rest.len()));
        (!piece.is_empty()).then_some(piece)
    }
}

fn length(piece: &Bytes) -> i64 {
    i64::try_from(piece.len()).unwrap_or(i64::MAX)
}

fn elsewhere() -> Error {
    let message = "The upload has come to another byte. Ask how far it is, and go on from there.";
    Error::conflict("upload_offset", message)
}
