//! What a follower sees, over lost connections and between processes.

use std::{pin::pin, time::Duration};

use db::{Db, testing::TestDatabase};
use events::{Cause, Event};
use futures::{Stream, StreamExt};
use kernel::{Chance, Timestamp, WorkspaceId};
use live::{Frame, Live};
use serde::Serialize;

#[derive(Serialize)]
struct Rang {
    number: i64,
}

impl Event for Rang {
    const KIND: &'static str = "bell.rang";

    fn subject(&self) -> String {
        "bell".into()
    }
}

const NOW: Timestamp = Timestamp::from_micros(1_700_000_000_000_000);

async fn world() -> (TestDatabase, Db, WorkspaceId) {
    let database = TestDatabase::create().await;
    let db = database.open().await;
    db.migrate(events::MIGRATIONS, NOW).await.unwrap();
    (database, db, WorkspaceId::new(NOW, &Chance::seeded(1)))
}

async fn ring(db: &Db, workspace: WorkspaceId, numbers: impl IntoIterator<Item = i64>) {
    for number in numbers {
        let mut tx = db.begin(workspace).await.unwrap();
        events::append(&mut tx, workspace, "system", Cause::default(), NOW, &Rang { number })
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

async fn next(stream: &mut (impl Stream<Item = Frame> + Unpin)) -> Frame {
    tokio::time::timeout(Duration::from_secs(10), stream.next())
        .await
        .expect("a frame arrives")
        .expect("it goes on")
}

async fn seqs(stream: &mut (impl Stream<Item = Frame> + Unpin), count: usize) -> Vec<i64> {
    let mut seqs = Vec::new();
    while seqs.len() < count {
        if let Frame::Event(event) = next(stream).await {
            seqs.push(event.seq);
        }
    }
    seqs
}

#[tokio::test]
async fn a_reconnect_replays_what_was_missed_without_gap_or_duplicate() {
    let (_database, db, acme) = world().await;
    let live = Live::start(db.clone());
    ring(&db, acme, 1..=3).await;
    {
        let mut stream = pin!(live.follow(acme, Some(1)).await.unwrap());
        assert_eq!(seqs(&mut stream, 2).await, [2, 3]);
    }
    ring(&db, acme, 4..=6).await;
    let mut stream = pin!(live.follow(acme, Some(3)).await.unwrap());
    let (seen, ()) = tokio::join!(seqs(&mut stream, 23), ring(&db, acme, 7..=26));
    assert_eq!(seen, (4..=26).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_slow_reader_misses_nothing() {
    let (_database, db, acme) = world().await;
    let live = Live::start(db.clone());
    let mut stream = pin!(live.follow(acme, None).await.unwrap());
    assert!(matches!(next(&mut stream).await, Frame::Ready(0)));
    ring(&db, acme, 1..=600).await;
    assert_eq!(seqs(&mut stream, 600).await, (1..=600).collect::<Vec<_>>());
}

#[tokio::test]
async fn who_is_too_far_back_is_told_to_load_anew() {
    let (_database, db, acme) = world().await;
    let live = Live::start(db.clone());
    ring(&db, acme, 1..=1_002).await;
    let mut stream = pin!(live.follow(acme, Some(1)).await.unwrap());
    assert!(matches!(next(&mut stream).await, Frame::Reset(1_002)));
    let mut stream = pin!(live.follow(acme, Some(5_000)).await.unwrap());
    assert!(matches!(next(&mut stream).await, Frame::Reset(1_002)));
}

#[tokio::test]
async fn a_workspace_hears_nothing_of_another() {
    let (_database, db, acme) = world().await;
    let other = WorkspaceId::new(NOW, &Chance::seeded(2));
    let live = Live::start(db.clone());
    let mut stream = pin!(live.follow(acme, None).await.unwrap());
    assert!(matches!(next(&mut stream).await, Frame::Ready(0)));
    ring(&db, other, 1..=5).await;
    ring(&db, acme, [1]).await;
    let Frame::Event(event) = next(&mut stream).await else { panic!("an event") };
    assert_eq!((event.workspace_id, event.seq), (acme, 1));
}

/// Two handles are two processes as far as PostgreSQL is concerned; a SQLite file has one process.
#[tokio::test]
async fn two_processes_on_one_server_hear_each_other() {
    let (database, db, acme) = world().await;
    let there =
        if db.engine() == db::Engine::Postgres { database.open().await } else { db.clone() };
    let live = Live::start(there);
    let mut stream = pin!(live.follow(acme, None).await.unwrap());
    assert!(matches!(next(&mut stream).await, Frame::Ready(0)));
    ring(&db, acme, 1..=5).await;
    assert_eq!(seqs(&mut stream, 5).await, [1, 2, 3, 4, 5]);
}
