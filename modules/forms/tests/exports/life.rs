//! How an export comes about, is fetched, stopped, killed and swept away.

use std::time::Duration;

use serde_json::{Value, json};
use testing::Reply;

use crate::world::{World, text};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn one_text() -> Value {
    json!([{"key": "it", "type": "long_text", "label": "It"}])
}

#[tokio::test]
async fn a_file_is_fetched_whole_or_in_parts_once_it_is_there() {
    let world = World::with(one_text()).await;
    world.submit(json!({"it": "one"})).await;
    let id = world.ask(&json!({"format": "csv", "columns": ["it"]})).await;
    let waiting = world.file(&id).await.expect(409).json();
    assert!(text(&waiting["detail"]).contains("not begun yet"), "{waiting}");
    world.settle().await;
    let whole = world.file(&id).await.expect(200);
    assert_eq!(whole.text(), "It\r\none\r\n");
    assert_eq!(whole.header("x-content-type-options"), "nosniff");
    assert_eq!(whole.header("content-length"), "9");
    let name = "attachment; filename*=UTF-8''Contact%20us%202026-08-03%200912.csv";
    assert_eq!(whole.header("content-disposition"), name);
    let ask = async |range: &str, tag: &str| {
        let asking = world.program.sending("range", range).sending("if-range", tag);
        asking.get(&format!("/api/exports/{id}/file")).await
    };
    let tag = whole.header("etag").to_owned();
    let part = ask("bytes=4-6", &tag).await.expect(206);
    assert_eq!((part.text().as_str(), part.header("content-range")), ("one", "bytes 4-6/9"));
    ask("bytes=9-", &tag).await.expect(416);
    assert_eq!(ask("bytes=4-6", "\"another\"").await.expect(200).text(), whole.text());
}

#[tokio::test]
async fn exports_of_another_workspace_are_not_there() {
    let world = World::with(one_text()).await;
    let id = world.ask(&json!({"format": "csv"})).await;
    world.settle().await;
    let stranger = world.app.register("Mallory Stranger", "Elsewhere").await;
    for path in [format!("/api/exports/{id}"), format!("/api/exports/{id}/file")] {
        stranger.get(&path).await.expect(404);
    }
    stranger.delete(&format!("/api/exports/{id}")).await.expect(404);
    let exports = format!("/api/forms/{}/exports", world.form);
    stranger.post(&exports, &json!({"format": "csv"})).await.expect(404);
    stranger.get(&exports).await.expect(404);
}

#[tokio::test]
async fn an_export_goes_with_its_file_after_a_week() {
    let world = World::with(one_text()).await;
    let id = world.ask(&json!({"format": "csv"})).await;
    world.settle().await;
    assert_eq!(world.stored_files(), 1);
    world.app.clock.advance(7 * DAY);
    assert!(world.file(&id).await.expect(410).text().contains("had its time"));
    assert_eq!(world.show(&id).await["file"], Value::Null);
    world.settle().await;
    world.file(&id).await.expect(404);
    world.app.clock.advance(DAY);
    world.app.drain_jobs().await;
    assert_eq!(world.stored_files(), 0);
}

#[tokio::test]
async fn deleting_a_form_takes_its_exports_along() {
    let world = World::with(one_text()).await;
    let id = world.ask(&json!({"format": "csv"})).await;
    world.settle().await;
    world.program.delete(&format!("/api/forms/{}", world.form)).await.expect(204);
    world.file(&id).await.expect(404);
    world.settle().await;
    world.app.clock.advance(DAY);
    world.app.drain_jobs().await;
    assert_eq!(world.stored_files(), 0);
}

/// Looks until it holds, while the jobs are worked beside.
async fn until(world: &World, id: &str, holds: impl Fn(&Value) -> bool) {
    for _ in 0..2_000 {
        if holds(&world.show(id).await) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never came so far: {}", world.show(id).await);
}

async fn large() -> World {
    let world = World::with(one_text()).await;
    let text = "x".repeat(200);
    world.fill(40_000, |number| json!({"it": format!("{number} {text}")})).await;
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_export_begins_anew_and_leaves_nothing_behind() {
    let world = std::sync::Arc::new(large().await);
    let id = world.ask(&json!({"format": "xlsx"})).await;
    let beside = world.clone();
    let worker = tokio::spawn(async move { beside.app.drain_jobs().await });
    until(&world, &id, |export| export["status"] == "running").await;
    worker.abort();
    assert!(worker.await.is_err_and(|error| error.is_cancelled()), "killed in the middle");
    assert_eq!(world.show(&id).await["status"], "running");
    // The lease of the killed worker runs out, and another takes over.
    world.app.clock.advance(Duration::from_secs(2 * 3_600));
    world.app.drain_jobs().await;
    let export = world.show(&id).await;
    assert_eq!((&export["status"], &export["rows_done"]), (&json!("done"), &json!(40_000)));
    let file = world.file(&id).await.expect(200);
    assert_eq!(file.header("content-length"), export["bytes"].to_string());
    world.app.clock.advance(2 * DAY);
    world.app.drain_jobs().await;
    assert_eq!(world.stored_files(), 1, "the file alone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_export_can_be_stopped() {
    let world = std::sync::Arc::new(large().await);
    let id = world.ask(&json!({"format": "csv"})).await;
    let beside = world.clone();
    let worker = tokio::spawn(async move { beside.app.drain_jobs().await });
    until(&world, &id, |export| export["status"] == "running").await;
    let path = format!("/api/exports/{id}/cancellation");
    let stopped = world.program.post(&path, &json!({})).await.expect(200).json();
    assert_eq!(stopped["status"], "cancelled");
    worker.await.expect("the worker goes on");
    assert_eq!(world.show(&id).await["status"], "cancelled");
    assert!(world.file(&id).await.expect(409).text().contains("stopped"));
    world.program.post(&path, &json!({})).await.expect(409);
    world.app.clock.advance(2 * DAY);
    world.app.drain_jobs().await;
    assert_eq!(world.stored_files(), 0);
}

#[tokio::test]
async fn ten_at_a_time_are_enough() {
    let world = World::with(one_text()).await;
    for _ in 0..10 {
        world.ask(&json!({"format": "csv"})).await;
    }
    let exports = format!("/api/forms/{}/exports", world.form);
    let refused = world.program.post(&exports, &json!({"format": "csv"})).await.expect(409);
    assert!(refused.text().contains("too_many_exports"), "{refused}");
    world.settle().await;
    let list = async |query: &str| world.program.get(&format!("{exports}?{query}")).await.json();
    let first = list("limit=6").await;
    let rest = list(&format!("limit=6&cursor={}", text(&first["next_cursor"]))).await;
    assert_eq!(rest["data"].as_array().map(Vec::len), Some(4));
    assert_eq!(rest["next_cursor"], Value::Null);
}

#[tokio::test]
async fn on_the_page_one_asks_waits_fetches_and_deletes() {
    let world = World::with(one_text()).await;
    world.submit(json!({"it": "one"})).await;
    let page = world.owner.page(&format!("forms/{}/exports", world.form));
    let shown = async || world.owner.get(&page).await.expect(200).text();
    assert!(shown().await.contains("No export yet"));
    let asked = [("format", "csv"), ("headers", "labels"), ("from", "2026-08-01"), ("to", "")];
    let sent = world.owner.submit(&page, &asked).await.expect(303);
    assert_eq!(sent.header("location"), page);
    let waiting = shown().await;
    assert!(waiting.contains("Waiting for its turn") && waiting.contains("since 1 Aug 2026"));
    assert!(waiting.contains("live:export.progressed"), "it follows by itself");
    world.settle().await;
    let done = shown().await;
    let (_, link) = done.split_once("/exports/exp_").expect("a link to the file");
    let id = format!("exp_{}", link.split('/').next().unwrap_or_default());
    let part = |part: &str| world.owner.page(&format!("exports/{id}/{part}"));
    let file: Reply = world.owner.get(&part("file")).await.expect(200);
    assert!(file.text().starts_with("\u{feff}Number,") && file.text().contains(",one,"));
    world.owner.submit::<[(&str, &str)]>(&part("deletion"), &[]).await.expect(303);
    assert!(shown().await.contains("No export yet"));
    let wrong = world.owner.submit(&page, &[("format", "csv"), ("from", "yesterday")]).await;
    assert!(wrong.expect(422).text().contains("Write the date as 2026-11-21."));
}

#[tokio::test]
async fn whoever_reads_may_export_and_whoever_only_sends_may_not() {
    let world = World::with(one_text()).await;
    let exports = format!("/api/forms/{}/exports", world.form);
    let viewer = world.app.join(&world.owner, kernel::Role::Viewer).await;
    viewer.post(&exports, &json!({"format": "csv"})).await.expect(202);
    let reading = world.owner.with_key(&["submissions:read"]).await;
    reading.post(&exports, &json!({"format": "csv"})).await.expect(202);
    let sending = world.owner.with_key(&["submissions:write"]).await;
    sending.post(&exports, &json!({"format": "csv"})).await.expect(403);
}
