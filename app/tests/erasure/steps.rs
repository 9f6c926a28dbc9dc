//! The two steps and the ways out of them, on the page and by the API.

use std::time::Duration;

use kernel::Role;
use serde_json::{Value, json};

use crate::{
    catalog,
    world::{World, text},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test]
async fn a_search_is_forgotten_at_a_word_or_after_a_week() {
    let world = World::start().await;
    let form = world.contact().await;
    world.submit(&form, json!({"email": "ann@example.com"})).await;
    let found = world.search(&json!({"email": "ann@example.com"})).await;
    let id = text(&found["id"]);
    let cancelled =
        world.program.post(&format!("/api/erasures/{id}/cancellation"), &json!({})).await;
    let cancelled = cancelled.expect(200).json();
    assert_eq!((&cancelled["status"], &cancelled["email"]), (&json!("cancelled"), &Value::Null));
    let found = world.search(&json!({"email": "ann@example.com"})).await;
    world.app.clock.advance(8 * DAY);
    world.settle().await;
    let forgotten = world.show(&text(&found["id"])).await;
    assert_eq!((&forgotten["status"], &forgotten["email"]), (&json!("cancelled"), &Value::Null));
    assert_eq!(world.listed(&form, "").await, 1, "nothing was erased");
}

#[tokio::test]
async fn each_word_has_its_time() {
    let world = World::start().await;
    let id = world.ask(&json!({"email": "ann@example.com"})).await;
    let call = |part: &str| format!("/api/erasures/{id}/{part}");
    let code = |reply: testing::Reply| text(&reply.expect(409).json()["code"]);
    let early = world.program.post(&call("run"), &json!({})).await;
    assert_eq!(code(early), "out_of_turn");
    let twice = world.program.post("/api/erasures", &json!({"email": "Ann@Example.COM"})).await;
    let twice = twice.expect(409).json();
    assert!(text(&twice["detail"]).contains(&id), "{twice}");
    world.settle().await;
    world.program.post(&call("run"), &json!({})).await.expect(202);
    let twice = world.program.post(&call("run"), &json!({})).await;
    assert_eq!(code(twice), "out_of_turn");
    let late = world.program.post(&call("cancellation"), &json!({})).await;
    assert_eq!(code(late), "out_of_turn");
    world.settle().await;
    assert_eq!(world.show(&id).await["status"], "done");
    let late = world.program.post(&call("run"), &json!({})).await;
    assert_eq!(code(late), "out_of_turn");
    let list = world.program.get("/api/erasures").await.expect(200).json();
    assert_eq!(list["data"][0]["id"], json!(id));
}

#[tokio::test]
async fn what_is_no_person_is_refused() {
    let world = World::start().await;
    for (body, complaint) in [
        (json!({"email": "ann"}), "email:not_an_email"),
        (json!({"email": ""}), "email:not_an_email"),
        (json!({"email": "ann@example.com", "text": "No"}), "text:length"),
    ] {
        let refused = world.program.post("/api/erasures", &body).await.expect(422);
        assert_eq!(refused.complaints(), [complaint]);
    }
}

#[tokio::test]
async fn only_those_who_may_delete_submissions_may_erase_and_see_it() {
    let world = World::start().await;
    let viewer = world.app.join(&world.owner, Role::Viewer).await;
    viewer.post("/api/erasures", &json!({"email": "ann@example.com"})).await.expect(403);
    viewer.get("/api/erasures").await.expect(403);
    viewer.get(&viewer.page("erasures")).await.expect(403);
    let reader = world.owner.with_key(&["submissions:read", "submissions:manage"]).await;
    reader.get("/api/erasures").await.expect(403);
    let forms = viewer.get(&viewer.page("forms")).await.expect(200).text();
    assert!(!forms.contains("/erasures"), "no way there is shown");
}

#[tokio::test]
async fn people_do_it_on_the_page_without_a_script() {
    let world = World::start().await;
    let form = world.contact().await;
    world.submit(&form, json!({"email": "ann@example.com", "wish": "x"})).await;
    world.settle().await;
    let (owner, here) = (&world.owner, world.owner.page("erasures"));
    assert!(owner.get(&owner.page("forms")).await.expect(200).text().contains(&here));
    assert!(owner.get(&here).await.expect(200).text().contains("Nobody was erased yet"));
    let refused = owner.submit(&here, &[("email", "ann at home"), ("text", "")]).await.expect(422);
    assert!(
        refused.text().contains("ann at home") && refused.text().contains("one e-mail address")
    );
    let asked =
        owner.submit(&here, &[("email", "Ann@example.com"), ("text", "")]).await.expect(303);
    let one = asked.header("location").to_owned();
    assert!(one.starts_with(&format!("{here}/ers_")), "{one}");
    assert!(owner.get(&one).await.expect(200).text().contains("Looking"));
    let twice = owner.submit(&here, &[("email", "ann@example.com")]).await.expect(303);
    assert_eq!(twice.header("location"), one);
    world.settle().await;
    let found = owner.get(&one).await.expect(200).text();
    assert!(found.contains("Ann@example.com") && found.contains("Erase for good"), "{found}");
    assert!(found.contains("Submissions, in every tray"), "{found}");
    owner.submit::<[(&str, &str)]>(&format!("{one}/run"), &[]).await.expect(303);
    world.settle().await;
    let done = owner.get(&one).await.expect(200).text();
    assert!(done.contains("What is gone") && !done.contains("Ann@example.com"), "{done}");
    assert!(owner.get(&here).await.expect(200).text().contains("Ada Byron"));
    assert_eq!(catalog::places(&world.app, &["ann@example.com"]).await, Vec::<String>::new());
}
