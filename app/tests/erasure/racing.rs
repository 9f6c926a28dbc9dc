//! What others do with the person's data in the very moment in which it is erased.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use crate::{
    catalog,
    everything::told_of,
    world::{World, text},
};

const NEEDLES: [&str; 1] = ["quixotina"];
const HOUR: Duration = Duration::from_secs(60 * 60);

fn of_the_person(number: usize) -> Value {
    json!({"name": "Quixotina", "email": "quixotina@example.com", "topic": "Order", "wish": number.to_string()})
}

fn of_another(number: usize) -> Value {
    json!({"name": "Bob", "email": format!("b{number}@example.com"), "topic": "Return"})
}

fn at_once() -> Value {
    json!({"email": "Quixotina@Example.com", "at_once": true})
}

/// What a person's answer leads to is being written, uncommitted and unseen, while the answer is erased.
async fn nothing_is_left_behind_who_needs(lock: &'static str) {
    let world = Arc::new(World::start().await);
    let form = world.contact().await;
    told_of(&world, &form).await;
    world.submit(&form, of_the_person(1)).await;
    world.submit(&form, of_another(1)).await;
    world.app.clock.advance(Duration::from_secs(1));
    let held = world.app.held(lock).await;
    let beside = world.clone();
    let telling = tokio::spawn(async move { beside.app.drain_jobs().await });
    if held.is_some() {
        world.app.until(async |app| app.waiting().await == 1).await;
    }
    let id = world.ask(&at_once()).await;
    let beside = world.clone();
    let erasing = tokio::spawn(async move { beside.app.drain_jobs().await });
    if held.is_some() {
        let done = async || world.show(&id).await["status"] == "done";
        world.app.until(async |app| app.waiting().await > 1 || done().await).await;
    }
    drop(held);
    telling.await.expect("all is told");
    erasing.await.expect("all is erased");
    world.settle().await;
    let done = world.show(&id).await;
    assert_eq!((&done["status"], &done["erased"]["submissions"]), (&json!("done"), &json!(1)));
    world.app.clock.advance(25 * HOUR);
    world.settle().await;
    assert_eq!(catalog::places(&world.app, &NEEDLES).await, Vec::<String>::new());
    assert_eq!(world.listed(&form, "").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_is_being_written_is_found() {
    nothing_is_left_behind_who_needs("lock table webhook_message in share mode").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_that_is_being_written_is_found() {
    nothing_is_left_behind_who_needs("lock table mail in share mode").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_arrives_meanwhile_is_erased_now_or_the_next_time_and_counted_right() {
    let world = Arc::new(World::start().await);
    let form = world.contact().await;
    world.fill(&form, 600, |it| if it % 2 == 0 { of_the_person(it) } else { of_another(it) }).await;
    world.settle().await;
    let id = world.ask(&at_once()).await;
    let beside = world.clone();
    let erasing = tokio::spawn(async move { beside.app.drain_jobs().await });
    let send = async |number: usize| {
        world.submit(&form, of_the_person(number)).await;
        world.submit(&form, of_another(1_000 + number)).await;
    };
    for piece in 0..10 {
        futures::future::join_all((0..6).map(|it| send(piece * 6 + it))).await;
    }
    erasing.await.expect("all is erased");
    world.settle().await;
    let first = world.show(&id).await;
    let second = world.ask(&at_once()).await;
    world.settle().await;
    let second = world.show(&second).await;
    let gone = |one: &Value| one["erased"]["submissions"].as_i64().expect("a count");
    assert_eq!(gone(&first) + gone(&second), 360, "{first} {second}");
    assert!(gone(&first) >= 300, "{first}");
    world.app.clock.advance(25 * HOUR);
    world.settle().await;
    assert_eq!(catalog::places(&world.app, &NEEDLES).await, Vec::<String>::new());
    let form_now = world.program.get(&format!("/api/forms/{form}")).await.expect(200).json();
    assert_eq!(form_now["submission_count"], 360);
    let insights =
        world.program.get(&format!("/api/forms/{form}/insights")).await.expect(200).json();
    let fields = insights["fields"].as_array().expect("fields");
    let topic = fields.iter().find(|field| field["key"] == "topic").expect("the topic");
    assert_eq!((&topic["bars"][0]["count"], &topic["bars"][1]["count"]), (&json!(0), &json!(360)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_at_work_is_stopped_or_made_without_them() {
    let world = Arc::new(World::start().await);
    let form = world.contact().await;
    world.fill(&form, 900, |it| if it % 2 == 0 { of_the_person(it) } else { of_another(it) }).await;
    world.settle().await;
    let exports = format!("/api/forms/{form}/exports");
    let mut made = Vec::new();
    for format in ["csv", "jsonl"] {
        let export = world.program.post(&exports, &json!({"format": format})).await.expect(202);
        made.push(text(&export.json()["id"]));
    }
    let id = world.ask(&at_once()).await;
    // Whoever comes first begins; both work side by side.
    let workers = (0..2).map(|_| {
        let beside = world.clone();
        tokio::spawn(async move { beside.app.drain_jobs().await })
    });
    for worker in futures::future::join_all(workers).await {
        worker.expect("all is done");
    }
    world.settle().await;
    assert_eq!(world.show(&id).await["erased"]["submissions"], 450);
    for export in made {
        let shown = world.program.get(&format!("/api/exports/{export}")).await;
        assert!(shown.status() == 404 || shown.json()["rows_done"] == 450, "{}", shown.text());
    }
    world.app.clock.advance(25 * HOUR);
    world.settle().await;
    assert_eq!(catalog::files(&world.folder, &NEEDLES), 0);
    assert_eq!(catalog::places(&world.app, &NEEDLES).await, Vec::<String>::new());
}
