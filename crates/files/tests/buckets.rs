//! Uploads in the buckets of real servers; `bin/lib/with_buckets.sh` starts them and names them in
//! `MEWAYZ_TEST_BUCKETS`, one a line: address and options.

use std::collections::BTreeMap;

use bytes::Bytes;
use db::testing::TestDatabase;
use files::{Files, NewFile, NewUpload};
use futures::{TryStreamExt, stream};
use kernel::{Chance, Clock, Error, Timestamp, WorkspaceId};

/// One a line: `s3://bucket aws_endpoint=http://127.0.0.1:4568 …`
fn buckets() -> Vec<Files> {
    let lines = std::env::var("MEWAYZ_TEST_BUCKETS").expect("MEWAYZ_TEST_BUCKETS names some");
    let bucket = |line: &str| {
        let (address, options) = line.split_once(' ').expect("options");
        let pairs = options.split(' ').filter_map(|pair| pair.split_once('='));
        let options: BTreeMap<String, String> =
            pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Files::bucket(address, &options).expect("a bucket")
    };
    lines.lines().filter(|line| !line.trim().is_empty()).map(bucket).collect()
}

#[tokio::test]
#[ignore = "needs the servers of bin/lib/with_buckets.sh"]
async fn uploads_of_all_sizes_come_back_and_go() {
    for files in buckets() {
        let database = TestDatabase::create().await;
        let db = database.open().await;
        let clock = Clock::manual(Timestamp::from_micros(1_700_000_000_000_000));
        db.migrate(files::MIGRATIONS, clock.now()).await.expect("tables");
        let chance = Chance::system();
        let workspace = WorkspaceId::new(clock.now(), &chance);
        files.expect_there().await.expect("there");
        // Nothing, little, and, in parts, more than two of them.
        for pieces in [0, 1, 13] {
            let piece: Bytes = vec![b'x'; 1_000_000].into();
            let bytes = stream::iter((0..pieces).map(move |_| Ok(piece.clone())));
            let new = NewFile {
                collection: "frm_one".into(),
                place: None,
                name: "x.txt".into(),
                content_type: Some("text/plain".into()),
                limit_bytes: 20_000_000,
                bytes,
            };
            let file = files.put(&db, workspace, new, &clock, &chance).await.expect("stored");
            let mut tx = db.read(workspace).await.expect("a transaction");
            let (known, content) = files.open(&mut tx, file.id, None).await.expect("found");
            drop(tx);
            let size = content.try_fold(0, async |sum, piece: Bytes| Ok(sum + piece.len())).await;
            assert_eq!((size.expect("read"), known.size), (pieces * 1_000_000, file.size));
        }
        let cut = stream::iter(vec![
            Ok(Bytes::from(vec![b'y'; 6_000_000])),
            Err(Error::Malformed("cut off".into())),
        ]);
        let new = NewFile {
            collection: "frm_one".into(),
            place: None,
            name: "y.txt".into(),
            content_type: None,
            limit_bytes: 20_000_000,
            bytes: cut,
        };
        files.put(&db, workspace, new, &clock, &chance).await.expect_err("cut off");
        let later = Timestamp::from_micros(clock.now().micros() + 1);
        assert_eq!(files.sweep(&db, later).await.expect("swept"), 3);
    }
}

#[tokio::test]
#[ignore = "needs the servers of bin/lib/with_buckets.sh"]
async fn parts_of_an_upload_become_whole_there() {
    for files in buckets() {
        let database = TestDatabase::create().await;
        let db = database.open().await;
        let clock = Clock::manual(Timestamp::from_micros(1_700_000_000_000_000));
        db.migrate(files::MIGRATIONS, clock.now()).await.expect("tables");
        let chance = Chance::system();
        let workspace = WorkspaceId::new(clock.now(), &chance);
        let whole: Vec<u8> = (0..9_000_000).map(|index: u32| (index % 251) as u8).collect();
        let new = NewUpload {
            collection: "frm_one".into(),
            place: None,
            name: "x.bin".into(),
            content_type: None,
            size: 9_000_000,
        };
        let mut tx = db.begin(workspace).await.expect("a transaction");
        let id = files::begin_upload(&mut tx, new, clock.now(), &chance).await.expect("begun").id;
        tx.commit().await.expect("committed");
        // Broken off, and gone on with.
        for part in [0..5_000_000, 5_000_000..9_000_000] {
            let mut tx = db.read(workspace).await.expect("a transaction");
            let upload = files::find_upload(&mut tx, id).await.expect("read").expect("there");
            drop(tx);
            assert_eq!(usize::try_from(upload.received), Ok(part.start));
            let pieces: Vec<_> = whole[part].chunks(700_000).map(Bytes::copy_from_slice).collect();
            let pieces = stream::iter(pieces.into_iter().map(Ok));
            let means = (&clock, &chance);
            files.append(&db, workspace, upload, pieces, means).await.expect("taken");
        }
        let mut tx = db.read(workspace).await.expect("a transaction");
        let (_, content) = files.open(&mut tx, id, None).await.expect("whole");
        drop(tx);
        let pieces: Vec<Bytes> = content.try_collect().await.expect("read");
        assert!(pieces.concat() == whole);
        assert_eq!(files.sweep(&db, clock.now()).await.expect("swept"), 3, "its parts");
    }
}

#[tokio::test]
#[ignore = "needs the servers of bin/lib/with_buckets.sh"]
async fn a_wrong_key_is_noticed_at_the_start() {
    let line = std::env::var("MEWAYZ_TEST_BUCKETS").expect("some");
    let endpoint = line.split_whitespace().find_map(|word| word.strip_prefix("aws_endpoint="));
    let options = [
        ("aws_endpoint", endpoint.expect("an S3 server")),
        ("aws_allow_http", "true"),
        ("aws_access_key_id", "nobody"),
        ("aws_secret_access_key", "nothing"),
    ];
    let options = options.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let files = Files::bucket("s3://uploads", &options).expect("an address");
    let told = files.expect_there().await.expect_err("refused").to_string();
    assert!(told.contains("cannot be reached"), "{told}");
}
