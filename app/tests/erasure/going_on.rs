//! Workers that die, several workers, and what comes in meanwhile.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};

use crate::world::{World, text};

/// Every third is of the person.
async fn many(count: usize) -> (Arc<World>, String) {
    let world = World::start().await;
    let form = world.contact().await;
    let answers = |number: usize| match number % 3 {
        0 => json!({"email": "ann@example.com", "topic": "Order", "wish": format!("{number}")}),
        _ => json!({"email": format!("n{number}@example.com"), "topic": "Return"}),
    };
    world.fill(&form, count, answers).await;
    world.settle().await;
    (Arc::new(world), form)
}

async fn bars(world: &World, form: &str) -> (Value, Vec<Value>) {
    let insights =
        world.program.get(&format!("/api/forms/{form}/insights")).await.expect(200).json();
    let fields = insights["fields"].as_array().expect("fields").clone();
    let topic = fields.iter().find(|field| field["key"] == "topic").expect("the topic");
    let count = |bar: &Value| bar["count"].clone();
    let bars = topic["bars"].as_array().expect("bars").iter().map(count).collect();
    (insights["submission_count"].clone(), bars)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_worker_goes_on_where_one_died() {
    let (world, form) = many(9_000).await;
    assert_eq!(bars(&world, &form).await, (json!(9_000), vec![json!(3_000), json!(6_000)]));
    let id = world.ask(&json!({"email": "ANN@example.com", "at_once": true})).await;
    let beside = world.clone();
    let worker = tokio::spawn(async move { beside.app.drain_jobs().await });
    for _ in 0..4_000 {
        if world.show(&id).await["erased"]["submissions"].as_i64() > Some(200) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    worker.abort();
    assert!(worker.await.is_err_and(|error| error.is_cancelled()), "killed in the middle");
    let half = world.show(&id).await;
    assert_eq!(half["status"], "erasing", "{half}");
    assert!((1..3_000).contains(&half["erased"]["submissions"].as_i64().unwrap_or(0)), "{half}");
    world.app.clock.advance(Duration::from_secs(2 * 3_600));
    world.settle().await;
    let done = world.show(&id).await;
    assert_eq!((&done["status"], &done["erased"]["submissions"]), (&json!("done"), &json!(3_000)));
    assert_eq!(done["looked"], 9_000);
    assert_eq!(bars(&world, &form).await, (json!(6_000), vec![json!(0), json!(6_000)]));
    let form = world.program.get(&format!("/api/forms/{form}")).await.expect(200).json();
    assert_eq!(form["submission_count"], 6_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_do_it_once() {
    let (world, _) = many(3_000).await;
    let id = world.ask(&json!({"email": "ann@example.com", "at_once": true})).await;
    tokio::join!(world.app.drain_jobs(), world.app.drain_jobs());
    world.settle().await;
    let done = world.show(&id).await;
    assert_eq!((&done["status"], &done["erased"]["submissions"]), (&json!("done"), &json!(1_000)));
}

#[tokio::test]
async fn what_came_in_since_the_search_goes_as_well() {
    let (world, form) = many(30).await;
    let found = world.search(&json!({"email": "ann@example.com"})).await;
    assert_eq!(found["found"]["submissions"], 10);
    // Not even counted yet.
    world.submit(&form, json!({"email": "Ann@Example.com"})).await;
    let id = text(&found["id"]);
    world.program.post(&format!("/api/erasures/{id}/run"), &json!({})).await.expect(202);
    world.settle().await;
    assert_eq!(world.show(&id).await["erased"]["submissions"], 11);
    let form = world.program.get(&format!("/api/forms/{form}")).await.expect(200).json();
    assert_eq!(form["submission_count"], 20);
}
