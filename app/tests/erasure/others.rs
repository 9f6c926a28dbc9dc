//! What is not the person's: other people, other workspaces, and texts that tell of them.

use serde_json::json;

use crate::world::{World, text};

#[tokio::test]
async fn other_people_stay_however_alike_their_addresses_are() {
    let world = World::start().await;
    let form = world.contact().await;
    let others = ["joann@example.com", "ann@example.com.au", "ann@xample.com", "ann.b@example.com"];
    for email in others.into_iter().chain(["ann@example.com"]) {
        world.submit(&form, json!({"email": email, "topic": "Order"})).await;
    }
    let told = world.submit(&form, json!({"wish": "Please call Ann@Example.com."})).await;
    let beside = json!({"answers": {"wish": "Bread"}, "metadata": {"by": "Ann <ann@example.com>"}});
    let beside = world.submit_with(&form, beside).await;
    world.settle().await;
    let found = world.search(&json!({"email": "ann@example.com"})).await;
    assert_eq!(found["found"]["submissions"], 1);
    assert_eq!(
        (&found["found"]["mentions"], &found["found"]["mentioned_in"]),
        (&json!(2), &json!([told, beside]))
    );
    world.erase(&found).await;
    assert_eq!(world.listed(&form, "").await, 6);
    assert_eq!(world.listed(&form, "q=joann").await, 1);
    assert_eq!(world.listed(&form, "answers.topic=Order").await, 4);
}

#[tokio::test]
async fn whoever_answers_once_may_answer_anew() {
    let world = World::start().await;
    let fields = json!([{"key": "email", "type": "email", "label": "E-mail", "required": true}]);
    let form =
        world.form("Once", fields, json!({"once_by": "field:email", "submission_limit": 1})).await;
    world.submit(&form, json!({"email": "ann@example.com"})).await;
    let call = format!("/api/forms/{form}/submissions");
    let answers = json!({"answers": {"email": "ann@example.com"}});
    world.program.post(&call, &answers).await.expect(422);
    let found = world.search(&json!({"email": "ann@example.com"})).await;
    world.erase(&found).await;
    world.program.post(&call, &answers).await.expect(201);
}

#[tokio::test]
async fn another_workspace_is_untouched() {
    let world = World::start().await;
    let form = world.contact().await;
    world.submit(&form, json!({"email": "ann@example.com"})).await;
    let stranger = world.app.register("Mallory Stranger", "Elsewhere").await;
    let fields = json!([{"key": "email", "type": "email", "label": "E-mail"}]);
    let there = stranger.post("/api/forms", &json!({"title": "There", "fields": fields})).await;
    let there = text(&there.expect(201).json()["id"]);
    stranger.post(&format!("/api/forms/{there}/publication"), &json!({})).await.expect(200);
    let submissions = format!("/api/forms/{there}/submissions");
    stranger
        .post(&submissions, &json!({"answers": {"email": "ann@example.com"}}))
        .await
        .expect(201);
    world.settle().await;
    let found = world.search(&json!({"email": "ann@example.com"})).await;
    assert_eq!(found["found"]["submissions"], 1);
    let id = text(&found["id"]);
    stranger.get(&format!("/api/erasures/{id}")).await.expect(404);
    stranger.post(&format!("/api/erasures/{id}/run"), &json!({})).await.expect(404);
    world.erase(&found).await;
    assert_eq!(world.listed(&form, "").await, 0);
    let page = stranger.get(&submissions).await.expect(200).json();
    assert_eq!(page["data"][0]["answers"]["email"], "ann@example.com");
}

#[tokio::test]
async fn customers_programs_are_told_which_submissions_are_gone() {
    let world = World::start().await;
    let form = world.contact().await;
    let id = world.submit(&form, json!({"email": "ann@example.com"})).await;
    world.settle().await;
    let hook = json!({"url": crate::world::echo().await, "event_types": ["submission.deleted"]});
    let hook = world.program.post("/api/webhooks", &hook).await.expect(201).json();
    let found = world.search(&json!({"email": "ann@example.com"})).await;
    world.erase(&found).await;
    let log = format!("/api/webhooks/deliveries?webhook={}", text(&hook["webhook"]["id"]));
    let log = world.program.get(&log).await.expect(200).json();
    let delivery = text(&log["data"][0]["id"]);
    let told =
        world.program.get(&format!("/api/webhooks/deliveries/{delivery}")).await.expect(200).text();
    assert!(told.contains(&id) && !told.contains("ann@"), "{told}");
}
