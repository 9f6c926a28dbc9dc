//! What both engines must do alike.

use std::sync::Arc;

use db::{
    Engine, Group, GroupLimits, Insert, Json, Migration, MigrationText, Signal, ToValue, Tx, Weigh,
    sql,
};
use kernel::{Chance, Error, Timestamp, WorkspaceId};

const SCHEMA: &[Migration] = &[Migration {
    module: "test",
    name: "0001_note",
    text: MigrationText::Both(
        "create table note (
            workspace_id TEXT NOT NULL, id BIGINT NOT NULL, title TEXT, score DOUBLE PRECISION,
            done BOOLEAN NOT NULL, body JSONB NOT NULL, at BIGINT NOT NULL, primary key (workspace_id, id)
        );",
    ),
}];

#[derive(Debug, PartialEq, db::FromRow)]
struct Note {
    workspace_id: WorkspaceId,
    id: i64,
    title: Option<String>,
    score: Option<f64>,
    done: bool,
    body: Json,
    at: Timestamp,
}

struct World {
    database: db::testing::TestDatabase,
    db: db::Db,
    acme: WorkspaceId,
    other: WorkspaceId,
}

async fn world() -> World {
    let database = db::testing::TestDatabase::create().await;
    let db = database.open().await;
    let now = Timestamp::from_micros(1_700_000_000_000_000);
    db.migrate(SCHEMA, now).await.unwrap();
    let chance = Chance::seeded(1);
    World {
        database,
        db,
        acme: WorkspaceId::new(now, &chance),
        other: WorkspaceId::new(now, &chance),
    }
}

const INSERT: Insert<7> = Insert {
    table: "note",
    columns: ["workspace_id", "id", "title", "score", "done", "body", "at"],
    suffix: "on conflict (workspace_id, id) do nothing returning id",
};

fn row(workspace: WorkspaceId, id: i64) -> [db::Value; 7] {
    [
        workspace.value(),
        id.value(),
        (id % 2 == 0).then(|| format!("note {id} é'\"\\")).value(),
        (id % 3 == 0).then_some(0.5).value(),
        (id % 2 == 0).value(),
        Json(format!("{{\"n\": {id}}}")).value(),
        Timestamp::from_micros(id).value(),
    ]
}

#[tokio::test]
async fn every_type_comes_back_as_it_went_in() {
    let world = world().await;
    let mut tx = world.db.begin(world.acme).await.unwrap();
    INSERT.run(&mut tx, vec![row(world.acme, 6), row(world.acme, 7)]).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = world.db.read(world.acme).await.unwrap();
    let notes: Vec<Note> = sql("select * from note where workspace_id = $1 order by id")
        .bind(world.acme)
        .all(&mut tx)
        .await
        .unwrap();
    assert_eq!(notes[0].title.as_deref(), Some("note 6 é'\"\\"));
    assert_eq!(
        (notes[0].score, notes[0].done, notes[0].at),
        (Some(0.5), true, Timestamp::from_micros(6))
    );
    assert_eq!(notes[0].body.read::<serde_json::Value>().unwrap()["n"], 6);
    assert_eq!((&notes[1].title, notes[1].score, notes[1].done), (&None, None, false));
}

#[tokio::test]
async fn a_large_insert_reports_only_what_was_new() {
    let world = world().await;
    let mut tx = world.db.begin(world.acme).await.unwrap();
    INSERT.run(&mut tx, (0..10).map(|id| row(world.acme, id)).collect()).await.unwrap();
    let fresh: Vec<(i64,)> =
        INSERT.rows(&mut tx, (0..1_234).map(|id| row(world.acme, id)).collect()).await.unwrap();
    assert_eq!(fresh.len(), 1_224);
    let listed: Vec<(i64,)> = sql("select id from note where workspace_id = $1 and id in")
        .bind(world.acme)
        .bind_list([3_i64, 5, 7])
        .push(" order by id")
        .all(&mut tx)
        .await
        .unwrap();
    assert_eq!(listed, [(3,), (5,), (7,)]);
}

#[tokio::test]
async fn each_of_a_list_is_looked_up() {
    let world = world().await;
    let mut tx = world.db.begin(world.acme).await.unwrap();
    // So new that PostgreSQL knows nothing of them, and would read all.
    INSERT.run(&mut tx, (0..10_000).map(|id| row(world.acme, id)).collect()).await.unwrap();
    for wanted in [vec![], vec![7_i64], (2_000..2_100).rev().chain([20_000]).collect()] {
        let before = fetched(&mut tx).await;
        let listed: Vec<(i64,)> = sql("select id from note where workspace_id = $1")
            .bind(world.acme)
            .each(&tx, "id", wanted.iter().copied())
            .push(" order by id desc")
            .all(&mut tx)
            .await
            .unwrap();
        let numbers: Vec<i64> = listed.into_iter().map(|(id,)| id).collect();
        let expected: Vec<i64> = wanted.into_iter().filter(|id| *id < 10_000).collect();
        assert_eq!(numbers, expected);
        assert!(fetched(&mut tx).await - before <= 256);
    }
}

/// Rows of notes that PostgreSQL has read in this transaction; SQLite does not say.
async fn fetched(tx: &mut Tx) -> i64 {
    if tx.engine() == Engine::Sqlite {
        return 0;
    }
    let text = "select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
                from pg_stat_xact_user_tables where relname = 'note'";
    sql(text).one::<(i64,)>(tx).await.unwrap().0
}

#[tokio::test]
async fn migrating_again_changes_nothing() {
    let world = world().await;
    assert!(db::pending(&world.db, SCHEMA).await.unwrap().is_empty());
    let again = world.database.open().await;
    again.migrate(SCHEMA, Timestamp::from_micros(0)).await.unwrap();
}

#[tokio::test]
async fn a_dropped_transaction_never_happened() {
    let world = world().await;
    let mut tx = world.db.begin(world.acme).await.unwrap();
    INSERT.run(&mut tx, vec![row(world.acme, 1)]).await.unwrap();
    drop(tx);
    let mut tx = world.db.read(world.acme).await.unwrap();
    assert_eq!(sql("select count(*) from note").one::<(i64,)>(&mut tx).await.unwrap().0, 0);
}

/// A forgotten `where workspace_id` shows nothing of others on PostgreSQL; SQLite has no such wall.
#[tokio::test]
async fn the_second_wall_holds_without_a_where() {
    let world = world().await;
    let mut tx = world.db.begin(world.acme).await.unwrap();
    INSERT.run(&mut tx, vec![row(world.acme, 1)]).await.unwrap();
    tx.commit().await.unwrap();
    if world.db.engine() == db::Engine::Postgres {
        let mut tx = world.db.begin(world.other).await.unwrap();
        assert_eq!(sql("select count(*) from note").one::<(i64,)>(&mut tx).await.unwrap().0, 0);
        assert!(INSERT.run(&mut tx, vec![row(world.acme, 2)]).await.is_err());
    }
    let mut tx = world.db.system_read("test").await.unwrap();
    assert_eq!(sql("select count(*) from note").one::<(i64,)>(&mut tx).await.unwrap().0, 1);
}

#[tokio::test]
async fn signals_arrive_after_the_commit_and_only_then() {
    let world = world().await;
    let mut signals = world.db.signals();
    let mut tx = world.db.begin(world.acme).await.unwrap();
    tx.signal("events", "lost");
    drop(tx);
    let mut tx = world.db.begin(world.acme).await.unwrap();
    tx.signal("events", "kept");
    tx.commit().await.unwrap();
    assert_eq!(
        signals.recv().await.unwrap(),
        Signal { channel: "events".into(), payload: "kept".into() }
    );
}

#[derive(Clone)]
struct Item(i64);

impl Weigh for Item {
    fn weight(&self) -> usize {
        8
    }
}

#[tokio::test]
async fn the_group_writer_isolates_the_item_that_spoils_a_batch() {
    let world = world().await;
    let group = Group::start(
        &world.db,
        GroupLimits { waiting_kib: 1000, batch: 100 },
        |items: Arc<[Item]>| async move {
            if items.iter().any(|item| item.0 == 13) {
                return Err(Error::internal("thirteen"));
            }
            assert!(!items.iter().any(|item| item.0 == 7), "on purpose");
            Ok(items.iter().map(|item| item.0 * 2).collect())
        },
    );
    let answers = futures::future::join_all((0..20).map(|number| group.write(Item(number)))).await;
    for (number, answer) in (0..20).zip(answers) {
        if number == 13 || number == 7 {
            assert!(matches!(answer, Err(Error::Internal { .. })));
        } else {
            assert_eq!(answer.unwrap(), number * 2);
        }
    }
    assert_eq!(group.write(Item(20)).await.unwrap(), 40, "it goes on");
}

#[tokio::test]
async fn a_full_writer_refuses_instead_of_growing() {
    let world = world().await;
    let group = Group::start(
        &world.db,
        GroupLimits { waiting_kib: 3, batch: 1 },
        |items: Arc<[Item]>| async move {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            Ok(items.iter().map(|item| item.0).collect())
        },
    );
    let answers = futures::future::join_all((0..10).map(|number| group.write(Item(number)))).await;
    let refused =
        answers.iter().filter(|answer| matches!(answer, Err(Error::Unavailable { .. }))).count();
    assert_eq!(refused, 7);
}

#[tokio::test]
async fn the_group_writer_leaves_out_whoever_has_gone_away() {
    let (seen, mut stored) = tokio::sync::mpsc::unbounded_channel();
    let world = world().await;
    let group = Group::start(
        &world.db,
        GroupLimits { waiting_kib: 1000, batch: 1 },
        move |items: Arc<[Item]>| {
            let seen = seen.clone();
            async move {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                items.iter().for_each(|item| seen.send(item.0).unwrap());
                Ok(items.iter().map(|item| item.0).collect())
            }
        },
    );
    let patience = std::time::Duration::from_millis(20);
    let (first, gone, last) = tokio::join!(
        group.write(Item(1)),
        tokio::time::timeout(patience, group.write(Item(2))),
        group.write(Item(3)),
    );
    assert_eq!((first.unwrap(), last.unwrap()), (1, 3));
    assert!(gone.is_err());
    assert_eq!((stored.recv().await, stored.recv().await), (Some(1), Some(3)));
}

#[tokio::test]
async fn writing_goes_on_after_sqlite_ended_a_transaction_itself() {
    let world = world().await;
    if world.db.engine() != Engine::Sqlite {
        return;
    }
    let mut tx = world.db.begin(world.acme).await.unwrap();
    INSERT.run(&mut tx, vec![row(world.acme, 1)]).await.unwrap();
    // What a full disk does, too: the statement fails, and with it goes the whole transaction.
    let again = "insert or rollback into note (workspace_id, id, done, body, at) values ($1, 1, true, '{}', 0)";
    assert!(sql(again).bind(world.acme).run(&mut tx).await.is_err());
    drop(tx);
    let mut tx = world.db.begin(world.acme).await.expect("the connection was made anew");
    INSERT.run(&mut tx, vec![row(world.acme, 2)]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_text_with_nul_is_stored_nowhere_and_found_nowhere() {
    let world = world().await;
    let mut tx = world.db.begin(world.acme).await.unwrap();
    for unsound in ["a\0b", "\0"] {
        let found = sql("select id from note where title = $1").bind(unsound);
        assert!(matches!(found.optional::<(i64,)>(&mut tx).await, Err(Error::NotFound)));
        let listed = sql("select id from note where title in").bind_list(["fine", unsound]);
        assert!(matches!(listed.all::<(i64,)>(&mut tx).await, Err(Error::NotFound)));
        let changed = sql("update note set title = $1").bind(Some(unsound));
        assert!(matches!(changed.run(&mut tx).await, Err(Error::Malformed(_))));
    }
    let with = |title: &str, body: &str| {
        let mut row = row(world.acme, 1);
        row[2] = title.value();
        row[5] = Json(body.to_owned()).value();
        vec![row]
    };
    for (title, body) in [("a\0", "{}"), ("a", r#"{"a": "\u0000"}"#), ("a", r#"["\\\u0000"]"#)] {
        let stored = INSERT.run(&mut tx, with(title, body)).await;
        assert!(matches!(stored, Err(Error::Malformed(_))), "{title:?} {body}");
    }
    // A backslash and some letters are no NUL.
    assert_eq!(INSERT.run(&mut tx, with("\\u0000", r#"["\\u0000"]"#)).await.unwrap(), 1);
}

fn log_bytes(world: &World) -> u64 {
    let log = world.database.folder().join("mewayz.db-wal");
    std::fs::metadata(log).map_or(0, |file| file.len())
}

/// 64 MB are enough for it to be shortened; without that it would hold all that was written.
#[tokio::test(flavor = "multi_thread")]
async fn the_log_does_not_grow_with_what_is_written_and_is_folded_at_the_end() {
    let world = world().await;
    if world.db.engine() != Engine::Sqlite {
        return;
    }
    let body = format!("{{\"text\": \"{}\"}}", "x".repeat(1_000_000));
    for id in 0..400 {
        let mut row = row(world.acme, id);
        row[5] = Json(body.clone()).value();
        let mut tx = world.db.begin(world.acme).await.unwrap();
        INSERT.run(&mut tx, vec![row]).await.unwrap();
        tx.commit().await.unwrap();
    }
    let grown = log_bytes(&world);
    assert!((1..300_000_000).contains(&grown), "{grown}");
    world.db.close().await;
    assert_eq!(log_bytes(&world), 0);
    let again = world.database.open().await;
    let mut tx = again.read(world.acme).await.unwrap();
    assert_eq!(sql("select count(*) from note").one::<(i64,)>(&mut tx).await.unwrap().0, 400);
}

#[tokio::test(start_paused = true)]
async fn who_waits_too_long_for_the_writer_hears_that_it_is_busy() {
    // A clock that runs ahead whenever nothing happens here is nothing for a server elsewhere.
    if std::env::var("MEWAYZ_TEST_ENGINE").is_ok_and(|engine| engine == "postgres") {
        return;
    }
    let world = world().await;
    let begun = tokio::time::Instant::now();
    let first = world.db.begin(world.acme).await.unwrap();
    let second = world.db.begin(world.acme).await;
    assert!(matches!(second, Err(Error::Unavailable { .. })));
    assert_eq!(begun.elapsed().as_secs(), 4);
    drop(first);
    world.db.begin(world.acme).await.expect("it is free again");
}

#[tokio::test]
async fn what_runs_apart_gives_its_result_and_panics_alone() {
    let world = world().await;
    let db = world.db.clone();
    let acme = world.acme;
    let count = world.db.apart(async move {
        let mut tx = db.begin(acme).await?;
        INSERT.run(&mut tx, vec![row(acme, 1), row(acme, 2)]).await?;
        tx.commit().await?;
        let mut tx = db.read(acme).await?;
        sql("select count(*) from note").one::<(i64,)>(&mut tx).await
    });
    assert_eq!(count.await.unwrap().unwrap().0, 2);
    let broken = world.db.apart(async { panic!("on purpose") }).await;
    assert!(matches!(broken, Err::<(), _>(Error::Internal { .. })));
    // The thread that was lent serves others again.
    let mut tx = world.db.begin(world.acme).await.unwrap();
    INSERT.run(&mut tx, vec![row(world.acme, 3)]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_was_read_before_a_change_is_not_remembered_after_it() {
    let world = world().await;
    let cache: db::Cache<i64, &str> = db::Cache::start(&world.db, "things", 10);
    let missed = cache.get(&1).unwrap_err();
    cache.forget(&1);
    cache.insert(missed, 1, "old");
    let missed = cache.get(&1).unwrap_err();
    cache.insert(missed, 1, "new");
    assert_eq!(cache.get(&1).ok(), Some("new"));
}

#[tokio::test]
async fn a_statement_that_nobody_waits_for_any_more_ends() {
    // There, the server's own time limit ends it.
    if std::env::var("MEWAYZ_TEST_ENGINE").is_ok_and(|engine| engine == "postgres") {
        return;
    }
    const ENDLESS: &str =
        "with recursive n (i) as (select 1 union all select i + 1 from n) select max(i) from n";
    let world = world().await;
    // As many as there are connections for reading.
    for _ in 0..4 {
        let mut tx = world.db.read(world.acme).await.unwrap();
        let asked = sql(ENDLESS).one::<(i64,)>(&mut tx);
        let patience = std::time::Duration::from_millis(20);
        assert!(tokio::time::timeout(patience, asked).await.is_err());
    }
    let mut tx = world.db.read(world.acme).await.unwrap();
    assert_eq!(sql("select count(*) from note").one::<(i64,)>(&mut tx).await.unwrap().0, 0);
}

#[tokio::test]
async fn an_abandoned_statement_takes_its_transaction_with_it() {
    let world = world().await;
    let mut tx = world.db.begin(world.acme).await.unwrap();
    INSERT.run(&mut tx, vec![row(world.acme, 1)]).await.unwrap();
    // Never polled to its end.
    drop(
        tokio::time::timeout(
            std::time::Duration::ZERO,
            INSERT.run(&mut tx, vec![row(world.acme, 2)]),
        )
        .await,
    );
    drop(tx);
    let mut tx = world.db.begin(world.acme).await.unwrap();
    assert_eq!(sql("select count(*) from note").one::<(i64,)>(&mut tx).await.unwrap().0, 0);
}
