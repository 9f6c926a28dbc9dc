//! What becomes of uploads, on both engines alike.

use std::{path::PathBuf, time::Duration};

use bytes::Bytes;
use db::{Db, testing::TestDatabase};
use files::{FileId, Files, NewFile, StoredFile};
use futures::{StreamExt, TryStreamExt, stream};
use kernel::{Chance, Clock, Error, Result, Timestamp, WorkspaceId};

const FORM: &str = "frm_one";
/// What claims files here.
const OWNER: &str = "sub_one";
const DAY: Duration = Duration::from_secs(24 * 3600);

struct World {
    db: Db,
    files: Files,
    folder: PathBuf,
    clock: Clock,
    chance: Chance,
    acme: WorkspaceId,
    other: WorkspaceId,
    _database: TestDatabase,
}

impl World {
    async fn start() -> World {
        let database = TestDatabase::create().await;
        let db = database.open().await;
        let clock = Clock::manual(Timestamp::from_micros(1_700_000_000_000_000));
        db.migrate(files::MIGRATIONS, clock.now()).await.unwrap();
        let chance = Chance::seeded(1);
        let folder = database.folder().join("files");
        World {
            files: Files::local(&folder).unwrap(),
            acme: WorkspaceId::new(clock.now(), &chance),
            other: WorkspaceId::new(clock.now(), &chance),
            db,
            folder,
            clock,
            chance,
            _database: database,
        }
    }

    async fn put(&self, workspace: WorkspaceId, name: &str, pieces: &[&'static str]) -> StoredFile {
        let pieces = pieces.iter().map(|piece| Ok(Bytes::from_static(piece.as_bytes()))).collect();
        self.try_put(workspace, name, 1_000_000, pieces).await.unwrap()
    }

    async fn try_put(
        &self,
        workspace: WorkspaceId,
        name: &str,
        limit_bytes: u64,
        pieces: Vec<Result<Bytes>>,
    ) -> Result<StoredFile> {
        let new = NewFile {
            collection: FORM.into(),
            place: None,
            name: name.into(),
            content_type: Some("text/plain".into()),
            limit_bytes,
            bytes: stream::iter(pieces),
        };
        self.files.put(&self.db, workspace, new, &self.clock, &self.chance).await
    }

    /// Two megabytes, and then nothing more, not even an end.
    async fn put_endlessly(&self) -> Result<StoredFile> {
        let sent = Bytes::from(vec![1; 2_000_000]);
        let new = NewFile {
            collection: FORM.into(),
            place: None,
            name: "endless".into(),
            content_type: None,
            limit_bytes: 10_000_000,
            bytes: Box::pin(stream::iter([Ok(sent)]).chain(stream::pending())),
        };
        self.files.put(&self.db, self.acme, new, &self.clock, &self.chance).await
    }

    async fn read(&self, workspace: WorkspaceId, id: FileId) -> Result<Vec<u8>> {
        let mut tx = self.db.read(workspace).await?;
        let (_, content) = match self.files.open(&mut tx, id, None).await {
            Err(Error::NotFound) => self.files.open(&mut tx, id, Some(OWNER)).await?,
            unclaimed => unclaimed?,
        };
        let pieces: Vec<Bytes> = content.try_collect().await?;
        Ok(pieces.concat())
    }

    /// Gives back what could not be had.
    async fn claim(
        &self,
        workspace: WorkspaceId,
        ids: &[FileId],
        collection: &str,
    ) -> Option<FileId> {
        let mut tx = self.db.begin(workspace).await.unwrap();
        let lacking = files::claim(&mut tx, workspace, ids, collection, OWNER).await.unwrap();
        tx.commit().await.unwrap();
        lacking
    }

    async fn sweep(&self) -> u64 {
        self.files.sweep(&self.db, self.clock.now().minus(DAY)).await.unwrap()
    }

    /// All files in the folder, finished or not.
    fn on_disk(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found
    }
}

#[tokio::test]
async fn a_file_comes_back_as_it_went_in() {
    let world = World::start().await;
    let file = world.put(world.acme, "notes.txt", &["hello ", "", "world"]).await;
    assert_eq!((file.size, file.name.as_str(), &file.owner), (11, "notes.txt", &None));
    assert_eq!(file.content_type, "text/plain");
    assert_eq!(file.sha256, "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");
    assert_eq!(world.read(world.acme, file.id).await.unwrap(), b"hello world");
    let mut tx = world.db.read(world.acme).await.unwrap();
    assert_eq!(files::find(&mut tx, file.id, None).await.unwrap(), file);
}

#[tokio::test]
async fn large_and_empty_files_are_files() {
    let world = World::start().await;
    let piece = Bytes::from(vec![7; 100_000]);
    let pieces = (0..50).map(|_| Ok(piece.clone())).collect();
    let large = world.try_put(world.acme, "large", 5_000_000, pieces).await.unwrap();
    assert_eq!(large.size, 5_000_000);
    assert!(world.read(world.acme, large.id).await.unwrap().iter().all(|byte| *byte == 7));
    let empty = world.put(world.acme, "empty", &[]).await;
    assert!(world.read(world.acme, empty.id).await.unwrap().is_empty());
    assert_eq!(world.on_disk().len(), 2);
}

#[tokio::test]
async fn the_limit_is_the_last_byte_that_fits() {
    let world = World::start().await;
    for (limit, fits) in [(9, false), (10, true), (11, true), (0, false)] {
        let pieces = vec![Ok(Bytes::from_static(b"01234")), Ok(Bytes::from_static(b"56789"))];
        let put = world.try_put(world.acme, "ten", limit, pieces).await;
        assert_eq!(put.is_ok(), fits, "{limit}");
        assert!(fits || matches!(put, Err(Error::TooLarge(_))));
    }
    assert_eq!(world.on_disk().len(), 2);
}

#[tokio::test]
async fn an_upload_that_is_cut_off_leaves_nothing_behind() {
    let world = World::start().await;
    for pieces in [0, 1, 40] {
        let mut sent: Vec<Result<Bytes>> =
            (0..pieces).map(|_| Ok(Bytes::from(vec![1; 50_000]))).collect();
        sent.push(Err(Error::Malformed("the body ended early".into())));
        let put = world.try_put(world.acme, "cut", 10_000_000, sent).await;
        assert!(matches!(put, Err(Error::Malformed(_))), "{put:?}");
        assert!(world.on_disk().is_empty(), "{:?}", world.on_disk());
    }
    world.clock.advance(2 * DAY);
    assert_eq!(world.sweep().await, 0);
}

/// A crash runs no clean-up, and neither does a future that is forgotten.
#[tokio::test]
async fn what_a_crash_leaves_is_swept() {
    let world = World::start().await;
    let mut put = Box::pin(world.put_endlessly());
    assert!(tokio::time::timeout(Duration::from_millis(300), &mut put).await.is_err());
    std::mem::forget(put);
    assert_eq!(world.on_disk().len(), 1);
    assert_eq!(world.sweep().await, 0);
    world.clock.advance(2 * DAY);
    assert_eq!(world.sweep().await, 1);
    assert_eq!(world.sweep().await, 0);
    assert!(world.on_disk().is_empty(), "{:?}", world.on_disk());
}

#[tokio::test]
async fn a_sender_who_is_gone_leaves_no_bytes() {
    let world = World::start().await;
    let put = world.put_endlessly();
    assert!(tokio::time::timeout(Duration::from_millis(300), put).await.is_err());
    world.clock.advance(2 * DAY);
    assert_eq!(world.sweep().await, 1);
    assert!(world.on_disk().is_empty(), "{:?}", world.on_disk());
}

#[tokio::test]
async fn a_name_leads_nowhere() {
    let world = World::start().await;
    for name in
        ["../../../escape", "/etc/passwd", "..\\..\\x", "..", "", "a\0b", "%2e%2e%2fx", "x#1"]
    {
        let file = world.put(world.acme, name, &["x"]).await;
        assert!(!file.name.contains(['/', '\\', '\0']) && file.name != "..", "{name:?}");
        assert_eq!(world.read(world.acme, file.id).await.unwrap(), b"x");
    }
    let inside = world.folder.join(world.acme.to_string());
    assert_eq!(world.on_disk().len(), 8);
    assert!(world.on_disk().iter().all(|path| path.parent() == Some(inside.as_path())));
}

#[tokio::test]
async fn another_workspace_neither_opens_nor_claims_nor_deletes() {
    let world = World::start().await;
    let file = world.put(world.acme, "mine", &["x"]).await;
    assert!(matches!(world.read(world.other, file.id).await, Err(Error::NotFound)));
    assert_eq!(world.claim(world.other, &[file.id], FORM).await, Some(file.id));
    let mut tx = world.db.begin(world.other).await.unwrap();
    assert!(matches!(files::find(&mut tx, file.id, None).await, Err(Error::NotFound)));
    files::delete(&mut tx, world.other, &[file.id], OWNER).await.unwrap();
    files::discard(&mut tx, world.other, &[file.id]).await.unwrap();
    assert_eq!(files::delete_some_of(&mut tx, world.other, FORM).await.unwrap(), 0);
    tx.commit().await.unwrap();
    assert_eq!(world.read(world.acme, file.id).await.unwrap(), b"x");
}

#[tokio::test]
async fn a_claim_takes_all_or_none_and_each_only_once() {
    let world = World::start().await;
    let one = world.put(world.acme, "one", &["1"]).await.id;
    let two = world.put(world.acme, "two", &["2"]).await.id;
    let unknown = FileId::new(world.clock.now(), &world.chance);
    assert_eq!(world.claim(world.acme, &[one, unknown], FORM).await, Some(unknown));
    assert_eq!(world.claim(world.acme, &[one], "frm_two").await, Some(one));
    assert_eq!(world.claim(world.acme, &[two, one, two], FORM).await, None);
    assert_eq!(world.claim(world.acme, &[one], FORM).await, Some(one));
    assert_eq!(world.claim(world.acme, &[], FORM).await, None);
}

#[tokio::test]
async fn a_claim_that_is_rolled_back_claims_nothing() {
    let world = World::start().await;
    let file = world.put(world.acme, "one", &["1"]).await;
    let mut tx = world.db.begin(world.acme).await.unwrap();
    files::claim(&mut tx, world.acme, &[file.id], FORM, OWNER).await.unwrap();
    drop(tx);
    assert_eq!(world.claim(world.acme, &[file.id], FORM).await, None);
}

#[tokio::test]
async fn a_file_is_its_owners_alone() {
    let world = World::start().await;
    let file = world.put(world.acme, "mine", &["x"]).await.id;
    assert_eq!(world.claim(world.acme, &[file], FORM).await, None);
    let mut tx = world.db.begin(world.acme).await.unwrap();
    for stranger in [None, Some("sub_two")] {
        assert!(matches!(files::find(&mut tx, file, stranger).await, Err(Error::NotFound)));
        let opened = world.files.open(&mut tx, file, stranger).await;
        assert!(matches!(opened, Err(Error::NotFound)), "{stranger:?}");
    }
    files::delete(&mut tx, world.acme, &[file], "sub_two").await.unwrap();
    files::discard(&mut tx, world.acme, &[file]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.read(world.acme, file).await.unwrap(), b"x");
}

#[tokio::test]
async fn what_is_discarded_or_lies_in_a_deleted_collection_is_swept_at_once() {
    let world = World::start().await;
    let [claimed, loose] =
        [world.put(world.acme, "1", &["1"]).await.id, world.put(world.acme, "2", &["2"]).await.id];
    assert_eq!(world.claim(world.acme, &[claimed], FORM).await, None);
    let mut tx = world.db.begin(world.acme).await.unwrap();
    let ids = [claimed, loose];
    assert_eq!(files::unclaimed(&mut tx, &ids, FORM).await.unwrap()[0].id, loose);
    assert!(files::unclaimed(&mut tx, &ids, "frm_two").await.unwrap().is_empty());
    files::discard(&mut tx, world.acme, &ids).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.sweep().await, 1);
    world.put(world.acme, "3", &["3"]).await;
    let mut tx = world.db.begin(world.acme).await.unwrap();
    assert_eq!(files::delete_some_of(&mut tx, world.acme, FORM).await.unwrap(), 2);
    assert_eq!(files::delete_some_of(&mut tx, world.acme, FORM).await.unwrap(), 0);
    tx.commit().await.unwrap();
    assert_eq!(world.sweep().await, 2);
    assert!(world.on_disk().is_empty());
}

#[tokio::test]
async fn the_sweep_takes_only_what_is_old_and_unclaimed() {
    let world = World::start().await;
    let claimed = world.put(world.acme, "claimed", &["1"]).await.id;
    let forgotten = world.put(world.acme, "forgotten", &["2"]).await.id;
    let foreign = world.put(world.other, "forgotten too", &["3"]).await.id;
    assert_eq!(world.claim(world.acme, &[claimed], FORM).await, None);
    world.clock.advance(2 * DAY);
    let fresh = world.put(world.acme, "fresh", &["4"]).await.id;
    assert_eq!(world.sweep().await, 2);
    assert_eq!(world.sweep().await, 0);
    assert!(world.read(world.acme, forgotten).await.is_err());
    assert!(world.read(world.other, foreign).await.is_err());
    assert_eq!(world.read(world.acme, claimed).await.unwrap(), b"1");
    assert_eq!(world.read(world.acme, fresh).await.unwrap(), b"4");
    assert_eq!(world.on_disk().len(), 2);
}

#[tokio::test]
async fn a_sweep_goes_on_where_another_was_killed() {
    let world = World::start().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(world.put(world.acme, "one", &["1"]).await.id);
    }
    // One whose bytes went before, as when the sweep itself was killed.
    std::fs::remove_file(world.folder.join(world.acme.to_string()).join(ids[1].to_string()))
        .unwrap();
    world.clock.advance(2 * DAY);
    assert_eq!(world.sweep().await, 3);
    assert!(world.on_disk().is_empty());
}

#[tokio::test]
async fn a_deleted_file_is_gone_at_once_and_its_bytes_with_the_sweep() {
    let world = World::start().await;
    let file = world.put(world.acme, "one", &["1"]).await;
    assert_eq!(world.claim(world.acme, &[file.id], FORM).await, None);
    let mut tx = world.db.begin(world.acme).await.unwrap();
    files::delete(&mut tx, world.acme, &[file.id], OWNER).await.unwrap();
    drop(tx);
    assert!(world.read(world.acme, file.id).await.is_ok());
    let mut tx = world.db.begin(world.acme).await.unwrap();
    files::delete(&mut tx, world.acme, &[file.id, file.id], OWNER).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(world.read(world.acme, file.id).await, Err(Error::NotFound)));
    assert_eq!(world.sweep().await, 1);
    assert!(world.on_disk().is_empty());
}

#[tokio::test]
async fn a_part_of_a_file_is_read_without_the_rest() {
    let world = World::start().await;
    let file = world.put(world.acme, "ten.txt", &["01234", "56789"]).await;
    let mut tx = world.db.read(world.acme).await.unwrap();
    let (found, content) = world.files.open_part(&mut tx, file.id, None, 3..7).await.unwrap();
    let pieces: Vec<Bytes> = content.try_collect().await.unwrap();
    assert_eq!((found.size, pieces.concat()), (10, b"3456".to_vec()));
    let others = world.files.open_part(&mut tx, file.id, Some(OWNER), 3..7).await;
    assert!(matches!(others, Err(Error::NotFound)));
    let unknown = FileId::new(world.clock.now(), &world.chance);
    let known = files::list(&mut tx, &[file.id, unknown]).await.unwrap();
    assert_eq!(known, std::slice::from_ref(&file));
    let mut elsewhere = world.db.read(world.other).await.unwrap();
    assert!(files::list(&mut elsewhere, &[file.id]).await.unwrap().is_empty());
}
