//! A POST that is sent again with its key.

use std::{sync::Arc, time::Duration};

use axum::http::StatusCode;
use db::sql;
use futures::future::join_all;
use jobs::Registry;
use kernel::Chance;

use crate::world::{World, post, world, world_with};

const NOTE: &str = r#"{"text": "hello"}"#;

#[tokio::test]
async fn a_repeat_gets_the_first_reply_and_changes_nothing() {
    let world = world().await;
    let first = world.send(post("/api/notes", "key one", Some("k-1"), NOTE)).await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!(first.header("idempotent-replayed"), "");
    for _ in 0..3 {
        let repeat = world.send(post("/api/notes", "key one", Some("k-1"), NOTE)).await;
        assert_eq!(repeat.status, StatusCode::CREATED);
        assert_eq!(repeat.body, first.body);
        assert_eq!(repeat.header("location"), "/api/notes/latest");
        assert_eq!(repeat.header("content-type"), first.header("content-type"));
        assert_eq!(repeat.header("idempotent-replayed"), "true");
    }
    assert_eq!(world.written().await, 1);
}

#[tokio::test]
async fn sixteen_at_once_have_one_effect() {
    let world = world().await;
    let send = || world.send(post("/api/notes", "key one", Some("k-1"), NOTE));
    let answers = join_all((0..16).map(|_| send())).await;
    assert_eq!(world.written().await, 1);
    let mut done = 0;
    for answer in &answers {
        match answer.status {
            StatusCode::CREATED => {
                done += usize::from(answer.header("idempotent-replayed").is_empty());
            }
            StatusCode::CONFLICT => {
                assert_eq!(answer.code(), "in_progress");
                assert_eq!(answer.header("retry-after"), "1");
            }
            other => panic!("{other}: {}", answer.body),
        }
    }
    assert_eq!(done, 1, "exactly one was not a replay");
    assert_eq!(send().await.header("idempotent-replayed"), "true");
}

#[tokio::test]
async fn a_key_does_not_fit_another_body_or_another_address() {
    let world = world().await;
    world.send(post("/api/notes", "key one", Some("k-1"), NOTE)).await;
    let other_body = post("/api/notes", "key one", Some("k-1"), r#"{"text": "other"}"#);
    let other_route = post("/api/slow-notes", "key one", Some("k-1"), NOTE);
    for request in [other_body, other_route] {
        let refused = world.send(request).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert_eq!(refused.code(), "idempotency_key_reused");
    }
    assert_eq!(world.written().await, 1);
}

#[tokio::test]
async fn the_same_key_of_someone_else_is_another_key() {
    let world = world().await;
    for token in ["key one", "key two", "person ann"] {
        let answer = world.send(post("/api/notes", token, Some("k-1"), NOTE)).await;
        assert_eq!(answer.header("idempotent-replayed"), "", "{token}");
    }
    assert_eq!(world.written().await, 3);
    for _ in 0..2 {
        let anonymous = world.send(post("/api/sign-ins", "", Some("k-1"), NOTE)).await;
        assert_eq!(anonymous.status, StatusCode::NO_CONTENT);
        assert_eq!(anonymous.header("idempotent-replayed"), "", "nobody has no keys");
    }
}

#[tokio::test]
async fn what_is_done_outside_of_workspaces_is_replayed_too() {
    let world = world().await;
    let send = || world.send(post("/api/visits", "person ann", Some("k-1"), "{}"));
    let first = send().await;
    let repeat = send().await;
    assert_eq!(repeat.header("idempotent-replayed"), "true");
    assert_eq!(repeat.body, first.body);
}

#[tokio::test]
async fn a_refusal_gives_the_key_free() {
    let world = world().await;
    let send = |text| world.send(post("/api/notes", "key one", Some("k-1"), text));
    assert_eq!(send(r#"{"text": ""}"#).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(send(NOTE).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_panic_gives_the_key_free() {
    let world = world().await;
    for _ in 0..2 {
        let answer = world.send(post("/api/panics", "key one", Some("k-1"), NOTE)).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    }
}

#[tokio::test]
async fn replies_with_secrets_are_not_kept() {
    let world = world().await;
    for _ in 0..2 {
        let answer = world.send(post("/api/secret-notes", "key one", Some("k-1"), NOTE)).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        assert_eq!(answer.header("idempotent-replayed"), "");
    }
    assert_eq!(rows(&world).await, 0);
}

#[tokio::test]
async fn a_key_has_a_sensible_form() {
    let world = world().await;
    for wrong in ["", "with space", &"k".repeat(201)] {
        let answer = world.send(post("/api/notes", "key one", Some(wrong), NOTE)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    assert_eq!(world.written().await, 0);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_before_the_key_is_taken() {
    let world = world().await;
    let large = format!(r#"{{"text": "{}"}}"#, "x".repeat(1024 * 1024));
    let answer = world.send(post("/api/notes", "key one", Some("k-1"), &large)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(rows(&world).await, 0);
}

#[tokio::test]
async fn an_attempt_that_died_is_taken_over_after_a_minute() {
    let world = world().await;
    reserve(&world, "key one").await;
    let send = || world.send(post("/api/notes", "key one", Some("k-1"), NOTE));
    assert_eq!(send().await.code(), "in_progress");
    world.clock.advance(Duration::from_secs(61));
    let answers = join_all((0..4).map(|_| send())).await;
    assert!(answers.iter().any(|answer| answer.status == StatusCode::CREATED));
    assert_eq!(world.written().await, 1);
}

#[tokio::test]
async fn a_client_that_goes_away_finds_its_reply_when_it_comes_back() {
    let world = world_with(|settings| settings.request_timeout = Duration::from_millis(50)).await;
    let send = || world.send(post("/api/slow-notes", "key one", Some("k-1"), NOTE));
    assert_eq!(send().await.status, StatusCode::SERVICE_UNAVAILABLE, "given up on");
    assert_eq!(send().await.code(), "in_progress");
    world.notes.go_on.notify_one();
    let reply = loop {
        let answer = send().await;
        if answer.status != StatusCode::CONFLICT {
            break answer;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    assert_eq!(reply.status, StatusCode::CREATED);
    assert_eq!(reply.header("idempotent-replayed"), "true");
    assert_eq!(world.written().await, 1);
}

#[tokio::test]
async fn replies_are_forgotten_after_a_day() {
    let world = world().await;
    let send = |key: &'static str| world.send(post("/api/notes", "key one", Some(key), NOTE));
    send("old").await;
    world.clock.advance(Duration::from_secs(86_000));
    send("young").await;
    world.clock.advance(Duration::from_secs(3_600));
    let mut registry = Registry::new();
    web::register_jobs(&mut registry);
    let registry = Arc::new(registry);
    // The first look tells the database the schedule, the second one finds it due.
    for _ in 0..2 {
        jobs::run_until_idle(&world.db, &registry, &world.clock, &Chance::seeded(3)).await.unwrap();
        world.clock.advance(Duration::from_secs(3_600));
    }
    assert_eq!(rows(&world).await, 1);
    assert_eq!(send("young").await.header("idempotent-replayed"), "true");
    assert_eq!(send("old").await.header("idempotent-replayed"), "");
}

async fn rows(world: &World) -> i64 {
    let mut tx = world.db.system_read("a test counts").await.unwrap();
    let (count,): (i64,) = sql("select count(*) from idempotent_reply").one(&mut tx).await.unwrap();
    count
}

/// Leaves behind what a process leaves that is killed while it works.
async fn reserve(world: &World, token: &str) {
    world.send(post("/api/notes", token, Some("k-1"), NOTE)).await;
    let mut tx = world.db.system("a test kills").await.unwrap();
    sql("update idempotent_reply set state = 'reserved', status = null, body = null")
        .run(&mut tx)
        .await
        .unwrap();
    sql("delete from note").run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}
