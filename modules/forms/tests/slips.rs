//! At the edges of the desk: filters over what was never asked, the bin emptied for good, and the palette.

mod counting;

use std::time::Duration;

use kernel::Role;
use serde_json::{Value, json};
use testing::{Actor, TestApp};

struct World {
    app: TestApp,
    owner: Actor,
    form: String,
    ids: Vec<String>,
}

impl World {
    async fn new() -> World {
        let (app, _) = counting::start().await;
        let owner = app.register("Ada Byron", "Acme").await;
        let mut world = World { app, owner, form: String::new(), ids: Vec::new() };
        world.form = world.form_named("Contact").await;
        for name in ["Ada Lovelace", "Grace Hopper", "Hiro Tanaka"] {
            let id = world.send(&world.form, json!({"name": name, "old": "Sourdough"})).await;
            world.ids.push(id);
        }
        let fields = json!([{"key": "name", "type": "short_text", "label": "Name"}]);
        let path = format!("/api/forms/{}", world.form);
        world.owner.patch(&path, &json!({"fields": fields})).await.expect(200);
        world.owner.post(&format!("{path}/publication"), &json!({})).await.expect(200);
        world.settle().await;
        world
    }

    async fn form_named(&self, title: &str) -> String {
        let fields = json!([
            {"key": "name", "type": "short_text", "label": "Name"},
            {"key": "old", "type": "short_text", "label": "Asked before"},
        ]);
        let form = self.owner.post("/api/forms", &json!({"title": title, "fields": fields})).await;
        let form = form.expect(201).json()["id"].as_str().expect("an id").to_owned();
        self.owner.post(&format!("/api/forms/{form}/publication"), &json!({})).await.expect(200);
        form
    }

    async fn send(&self, form: &str, answers: Value) -> String {
        let path = format!("/api/forms/{form}/submissions");
        let sent = self.owner.post(&path, &json!({"answers": answers})).await.expect(201).json();
        sent["id"].as_str().expect("an id").to_owned()
    }

    async fn settle(&self) {
        self.app.clock.advance(Duration::from_secs(1));
        self.app.drain_jobs().await;
    }

    fn list(&self) -> String {
        self.owner.page(&format!("forms/{}/submissions", self.form))
    }

    /// What the palette of somebody shows for some words.
    async fn palette(&self, actor: &Actor, words: &str) -> String {
        actor.get(&actor.page(&format!("palette?q={words}"))).await.expect(200).text()
    }
}

#[tokio::test]
async fn a_filter_over_what_was_never_asked_is_told() {
    let world = World::new().await;
    let path = format!("/api/forms/{}/submissions", world.form);
    let refused = world.owner.get(&format!("{path}?answers.nonsense=3&answers.name=x")).await;
    assert_eq!(refused.expect(422).complaints(), ["answers.nonsense:unknown_field"]);
    // What an earlier version asked is asked for with good reason.
    let found = world.owner.get(&format!("{path}?answers.old=Sourdough")).await.expect(200).json();
    assert_eq!(found["data"].as_array().map(Vec::len), Some(3));
    let page = world.owner.get(&format!("{}?answers.nonsense.min=3", world.list())).await;
    let page = page.expect(422).text();
    assert!(page.contains("This form has no field “nonsense”") && !page.contains("Ada Lovelace"));
    assert!(page.contains("(take off)"), "the filter can be taken off");
    let filter = "answers.nonsense=3";
    for (path, body, told) in [
        (
            "bulk_actions",
            json!({"action": "archive", "filter": filter}),
            "answers.nonsense:unknown_field",
        ),
        ("views", json!({"name": "V", "filter": filter}), "filter.answers.nonsense:unknown_field"),
        (
            "exports",
            json!({"format": "csv", "filter": filter}),
            "filter.answers.nonsense:unknown_field",
        ),
    ] {
        let path = format!("/api/forms/{}/{path}", world.form);
        assert_eq!(world.owner.post(&path, &body).await.expect(422).complaints(), [told]);
    }
    let sent = [("format", "csv"), ("filter", filter)];
    let exports = world.owner.page(&format!("forms/{}/exports", world.form));
    let again = world.owner.submit(&exports, &sent).await.expect(422).text();
    assert!(again.contains("no field “nonsense” in any version"));
}

#[tokio::test]
async fn one_is_deleted_for_good_from_the_bin_and_only_from_there() {
    let world = World::new().await;
    let id = &world.ids[0];
    let purge = world.owner.page(&format!("submissions/{id}/purge"));
    let sheet = world.owner.page(&format!("submissions/{id}"));
    let back = world.owner.submit::<[(&str, &str)]>(&purge, &[]).await.expect(303);
    assert!(back.header("set-cookie").contains("does+not+lie+in+the+bin"));
    assert!(!world.owner.get(&sheet).await.expect(200).text().contains("Delete for good"));
    let path = format!("/api/submissions/{id}");
    world.owner.post(&format!("{path}/deletion"), &json!({})).await.expect(200);
    let text = world.owner.get(&sheet).await.expect(200).text();
    assert!(text.contains("Delete submission #1 for good?"));
    let viewer = world.app.join(&world.owner, Role::Viewer).await;
    let seen = viewer.get(&viewer.page(&format!("submissions/{id}"))).await.expect(200).text();
    assert!(!seen.contains("Delete for good"));
    let gone = world.owner.submit::<[(&str, &str)]>(&format!("{purge}?tray=bin"), &[]).await;
    assert!(gone.expect(303).header("location").contains("tray=bin"));
    world.owner.get(&path).await.expect(404);
}

#[tokio::test]
async fn the_bin_is_emptied_at_once_and_nothing_else_is_touched() {
    let world = World::new().await;
    for id in &world.ids[..2] {
        let path = format!("/api/submissions/{id}/deletion");
        world.owner.post(&path, &json!({})).await.expect(200);
    }
    let page = world.owner.get(&format!("{}?tray=bin", world.list())).await.expect(200).text();
    assert!(page.contains("Empty bin") && page.contains("Delete 2 submissions for good?"));
    assert!(!world.owner.get(&world.list()).await.expect(200).text().contains("Empty bin"));
    let bulk = format!("/api/forms/{}/bulk_actions", world.form);
    for filter in ["", "tray=spam", "name=x", "q=Ada"] {
        let slip = json!({"action": "purge", "filter": filter});
        let refused = world.owner.post(&bulk, &slip).await.expect(422);
        assert!(refused.complaints()[0].starts_with("filter:"), "{filter}");
    }
    let worker = world.owner.with_key(&["submissions:manage"]).await;
    worker.post(&bulk, &json!({"action": "purge", "filter": "tray=bin"})).await.expect(403);
    let emptying = world.owner.page(&format!("forms/{}/bin_emptying", world.form));
    world.owner.submit::<[(&str, &str)]>(&emptying, &[]).await.expect(303);
    world.settle().await;
    for id in &world.ids[..2] {
        world.owner.get(&format!("/api/submissions/{id}")).await.expect(404);
    }
    world.owner.get(&format!("/api/submissions/{}", world.ids[2])).await.expect(200);
    let page = world.owner.get(&format!("{}?tray=bin", world.list())).await.expect(200).text();
    assert!(page.contains("2 submissions deleted for good.") && !page.contains("/reversal"));
    // Those that are picked by their ids and do not lie in the bin stay.
    let picked = json!({"action": "purge", "submission_ids": [world.ids[2]]});
    let begun = world.owner.post(&bulk, &picked).await.expect(202);
    world.settle().await;
    let done = world.owner.get(begun.header("location")).await.expect(200).json();
    assert_eq!((&done["state"], &done["changed"]), (&json!("done"), &json!(0)));
    let reversal = format!("{}/reversal", begun.header("location"));
    world.owner.post(&reversal, &json!({})).await.expect(409);
}

#[tokio::test]
async fn the_palette_finds_submissions_by_their_words_for_those_who_may_read_them() {
    let world = World::new().await;
    let other = world.form_named("Feedback").await;
    let feedback = world.send(&other, json!({"name": "Grace Kelly"})).await;
    world.settle().await;
    let found = world.palette(&world.owner, "grace").await;
    assert!(found.contains("Grace Hopper") && found.contains("Contact #2"));
    assert!(found.contains("Grace Kelly") && found.contains("Feedback #1"));
    let way = format!("forms/{other}/submissions?q=grace&amp;tray=kept#{feedback}");
    assert!(found.contains(&way), "{found}");
    assert!(!found.contains("Ada Lovelace"));
    assert!(!world.palette(&world.owner, "").await.contains("Submissions</"));
    // What lies in spam or bin is not looked for; what is archived is.
    let path = format!("/api/submissions/{}", world.ids[1]);
    world.owner.post(&format!("{path}/archival"), &json!({})).await.expect(200);
    assert!(world.palette(&world.owner, "hopper").await.contains("Grace Hopper"));
    world.owner.post(&format!("{path}/spam"), &json!({})).await.expect(200);
    assert!(!world.palette(&world.owner, "hopper").await.contains("Grace Hopper"));
    // Another workspace finds its own.
    let stranger = world.app.register("Mallory", "Elsewhere").await;
    assert!(!world.palette(&stranger, "grace").await.contains("Grace"));
}
