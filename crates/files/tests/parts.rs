//! What becomes of uploads in parts, on both engines alike.

use std::{path::PathBuf, time::Duration};

use bytes::Bytes;
use db::{Db, testing::TestDatabase};
use files::{FileId, Files, NewUpload, StoredFile, Upload};
use futures::{TryStreamExt, stream};
use kernel::{Chance, Clock, Error, Result, Timestamp, WorkspaceId};

const FORM: &str = "frm_one";
const DAY: Duration = Duration::from_secs(24 * 3600);
const MIB: usize = 1024 * 1024;

struct World {
    db: Db,
    files: Files,
    folder: PathBuf,
    clock: Clock,
    chance: Chance,
    acme: WorkspaceId,
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
            db,
            folder,
            clock,
            chance,
            _database: database,
        }
    }

    async fn begin(&self, size: usize) -> Upload {
        let new = NewUpload {
            collection: FORM.into(),
            place: Some("cv".into()),
            name: "../cv.txt".into(),
            content_type: Some("text/plain".into()),
            size: size.try_into().unwrap(),
        };
        let mut tx = self.db.begin(self.acme).await.unwrap();
        let upload =
            files::begin_upload(&mut tx, new, self.clock.now(), &self.chance).await.unwrap();
        tx.commit().await.unwrap();
        upload
    }

    async fn find(&self, id: FileId) -> Option<Upload> {
        let mut tx = self.db.read(self.acme).await.unwrap();
        files::find_upload(&mut tx, id).await.unwrap()
    }

    async fn append(&self, upload: &Upload, pieces: Vec<Result<Bytes>>) -> Result<i64> {
        let means = (&self.clock, &self.chance);
        let pieces = stream::iter(pieces);
        self.files.append(&self.db, self.acme, upload.clone(), pieces, means).await
    }

    /// Bytes of the whole, as one piece.
    async fn send(&self, upload: &Upload, bytes: &[u8]) -> Result<i64> {
        self.append(upload, vec![Ok(Bytes::copy_from_slice(bytes))]).await
    }

    async fn read(&self, id: FileId) -> (StoredFile, Vec<u8>) {
        let mut tx = self.db.read(self.acme).await.unwrap();
        let (file, content) = self.files.open(&mut tx, id, None).await.unwrap();
        let pieces: Vec<Bytes> = content.try_collect().await.unwrap();
        (file, pieces.concat())
    }

    async fn waiting(&self) -> i64 {
        let mut tx = self.db.read(self.acme).await.unwrap();
        files::unclaimed_bytes(&mut tx, FORM).await.unwrap()
    }

    async fn sweep(&self) -> u64 {
        self.files.sweep(&self.db, self.clock.now().minus(DAY)).await.unwrap()
    }

    fn on_disk(&self) -> usize {
        let inside = self.folder.join(self.acme.to_string());
        std::fs::read_dir(inside).map_or(0, |entries| entries.flatten().count())
    }
}

/// Bytes of which no two parts are alike.
fn bytes(count: usize) -> Vec<u8> {
    (0..count).map(|index| (index % 251) as u8).collect()
}

#[tokio::test]
async fn parts_become_one_file_with_the_last_byte() {
    let world = World::start().await;
    let whole = bytes(10 * MIB + 17);
    let upload = world.begin(whole.len()).await;
    assert_eq!((upload.name.as_str(), upload.received), ("cv.txt", 0));
    // More than the store takes in one part, in pieces of another size.
    let first: Vec<Result<Bytes>> =
        whole[..9 * MIB].chunks(300_000).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    assert_eq!(world.append(&upload, first).await.unwrap(), 9 * MIB as i64);
    let upload = world.find(upload.id).await.expect("not whole yet");
    assert_eq!((upload.received, world.waiting().await), (9 * MIB as i64, 9 * MIB as i64));
    assert_eq!(world.send(&upload, &whole[9 * MIB..]).await.unwrap(), whole.len() as i64);
    assert_eq!(world.find(upload.id).await, None);
    let (file, read) = world.read(upload.id).await;
    assert_eq!(read, whole);
    assert_eq!((file.place.as_deref(), file.name.as_str()), (Some("cv"), "cv.txt"));
    assert_eq!(file.sha256, kernel::sha256_hex(&whole));
    assert_eq!(world.waiting().await, whole.len() as i64);
    // Its parts go with the next sweep, and the file stays.
    assert_eq!(world.sweep().await, 4);
    assert_eq!((world.on_disk(), world.read(upload.id).await.1.len()), (1, whole.len()));
}

#[tokio::test]
async fn what_came_before_a_break_is_kept() {
    let world = World::start().await;
    let whole = bytes(5 * MIB);
    let upload = world.begin(whole.len()).await;
    let cut = |to: usize| {
        vec![
            Ok(Bytes::copy_from_slice(&whole[..to])),
            Err(Error::Malformed("the body ended early".into())),
        ]
    };
    let told = world.append(&upload, cut(3)).await;
    assert!(matches!(told, Err(Error::Malformed(_))), "{told:?}");
    let upload = world.find(upload.id).await.expect("not whole yet");
    assert_eq!(upload.received, 3);
    let nothing = vec![Err(Error::Malformed("at once".into()))];
    world.append(&upload, nothing).await.expect_err("cut off");
    assert_eq!(world.find(upload.id).await.expect("there").received, 3);
    assert_eq!(world.send(&upload, &whole[3..]).await.unwrap(), whole.len() as i64);
    assert_eq!(world.read(upload.id).await.1, whole);
}

#[tokio::test]
async fn of_two_that_send_the_same_part_one_goes_on() {
    let world = World::start().await;
    // Once in the middle, and once up to the last byte.
    for part in [&b"678"[..], b"6789"] {
        let upload = world.begin(10).await;
        world.send(&upload, b"012345").await.unwrap();
        let upload = world.find(upload.id).await.expect("not whole yet");
        let (one, two) = tokio::join!(world.send(&upload, part), world.send(&upload, part));
        let refused = [&one, &two].into_iter().filter_map(|sent| sent.as_ref().err());
        let refused: Vec<_> = refused.collect();
        assert!(matches!(refused[..], [Error::Conflict { .. }]), "{one:?} {two:?}");
        if let Some(upload) = world.find(upload.id).await {
            assert_eq!(upload.received, 9);
            world.send(&upload, b"9").await.unwrap();
        }
        assert_eq!(world.read(upload.id).await.1, b"0123456789");
    }
    // Of the one that was late nothing stays.
    world.sweep().await;
    assert_eq!(world.on_disk(), 2);
}

/// However few bytes they have, files of their own take room.
#[tokio::test]
async fn very_small_parts_do_not_count_for_nothing() {
    let world = World::start().await;
    let upload = world.begin(4).await;
    for byte in [b"0", b"1", b"2"] {
        let upload = world.find(upload.id).await.expect("not whole yet");
        world.send(&upload, byte).await.unwrap();
    }
    assert_eq!(world.waiting().await, 3 * 64 * 1024);
    let upload = world.find(upload.id).await.expect("not whole yet");
    world.send(&upload, b"3").await.unwrap();
    assert_eq!(world.waiting().await, 64 * 1024);
}

/// What a row says of a file is true of its bytes, and whoever is refused has not written them.
#[tokio::test]
async fn of_two_that_end_it_otherwise_one_is_the_file() {
    let world = World::start().await;
    for _ in 0..8 {
        let upload = world.begin(2 * MIB).await;
        let [a, b] = [b'a', b'b'].map(|letter| vec![letter; 2 * MIB]);
        let (one, two) = tokio::join!(world.send(&upload, &a), world.send(&upload, &b));
        let (taken, refused) = if one.is_ok() { (&a, two) } else { (&b, one) };
        assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
        let (file, read) = world.read(upload.id).await;
        assert!(read == *taken, "the bytes are those of the one that was refused");
        assert_eq!(file.sha256, kernel::sha256_hex(&read));
    }
    world.sweep().await;
    assert_eq!(world.on_disk(), 8);
}

/// As after a crash between the last part and the file.
#[tokio::test]
async fn where_the_last_part_is_settled_it_stays() {
    let world = World::start().await;
    let upload = world.begin(10).await;
    world.send(&upload, b"012345").await.unwrap();
    let upload = world.find(upload.id).await.expect("not whole yet");
    let aside = world.folder.with_extension("aside");
    let inside = world.folder.join(world.acme.to_string());
    // Its first part cannot be read, so it is not put together.
    std::fs::rename(&inside, &aside).unwrap();
    world.send(&upload, b"6789").await.expect_err("the first part is away");
    for entry in std::fs::read_dir(&aside).unwrap().flatten() {
        std::fs::rename(entry.path(), inside.join(entry.file_name())).unwrap();
    }
    for other in [&b"x"[..], b"wxyz"] {
        let refused = world.send(&upload, other).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
    }
    assert_eq!(world.read(upload.id).await.1, b"0123456789");
    world.sweep().await;
    assert_eq!(world.on_disk(), 1);
}

#[tokio::test]
async fn what_goes_beyond_the_last_byte_is_not_taken() {
    let world = World::start().await;
    let upload = world.begin(4).await;
    assert_eq!(world.send(&upload, b"0123456789").await.unwrap(), 4);
    assert_eq!(world.read(upload.id).await.1, b"0123");
    let empty = world.begin(0).await;
    assert_eq!(world.append(&empty, Vec::new()).await.unwrap(), 0);
    assert!(world.read(empty.id).await.1.is_empty());
}

#[tokio::test]
async fn what_is_given_up_or_forgotten_or_lies_in_a_deleted_collection_is_swept() {
    let world = World::start().await;
    let given_up = world.begin(10).await;
    world.send(&given_up, b"01234").await.unwrap();
    let mut tx = world.db.begin(world.acme).await.unwrap();
    assert!(!files::cancel_upload(&mut tx, &given_up).await.unwrap(), "it has come further since");
    tx.commit().await.unwrap();
    let given_up = world.find(given_up.id).await.expect("there");
    let mut tx = world.db.begin(world.acme).await.unwrap();
    assert!(files::cancel_upload(&mut tx, &given_up).await.unwrap());
    tx.commit().await.unwrap();
    let late = world.send(&given_up, b"56").await;
    assert!(matches!(late, Err(Error::Conflict { .. })), "{late:?}");
    assert_eq!((world.sweep().await, world.on_disk()), (1, 0));

    let forgotten = world.begin(10).await;
    world.send(&forgotten, b"01234").await.unwrap();
    assert_eq!(world.sweep().await, 0);
    world.clock.advance(2 * DAY);
    let deleted = world.begin(10).await;
    world.send(&deleted, b"01234").await.unwrap();
    assert_eq!((world.sweep().await, world.find(forgotten.id).await), (1, None));
    let mut tx = world.db.begin(world.acme).await.unwrap();
    assert_eq!(files::count_uploads(&mut tx, FORM, 5).await.unwrap(), 1);
    assert_eq!(files::delete_some_of(&mut tx, world.acme, FORM).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!((world.sweep().await, world.on_disk(), world.waiting().await), (1, 0, 0));
}

/// A crash runs no clean-up, and neither does a future that is forgotten.
#[tokio::test]
async fn a_crash_loses_no_more_than_the_part_under_way() {
    let world = World::start().await;
    let whole = bytes(6 * MIB);
    let upload = world.begin(whole.len()).await;
    let sent = Bytes::copy_from_slice(&whole[..5 * MIB]);
    let endless = Box::pin(futures::StreamExt::chain(stream::iter([Ok(sent)]), stream::pending()));
    let means = (&world.clock, &world.chance);
    let append = world.files.append(&world.db, world.acme, upload.clone(), endless, means);
    let mut append = Box::pin(append);
    assert!(tokio::time::timeout(Duration::from_secs(2), &mut append).await.is_err());
    std::mem::forget(append);
    let upload = world.find(upload.id).await.expect("there");
    assert_eq!(upload.received, 4 * MIB as i64);
    world.send(&upload, &whole[4 * MIB..]).await.unwrap();
    assert_eq!(world.read(upload.id).await.1, whole);
    world.clock.advance(2 * DAY);
    world.sweep().await;
    assert_eq!(world.on_disk(), 0);
}
