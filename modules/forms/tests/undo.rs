//! Undoing what was done with many: each submission is as it was, but for those that someone changed since.

mod counting;

use std::time::Duration;

use kernel::Role;
use serde_json::{Value, json};
use testing::{Actor, TestApp};

struct World {
    app: TestApp,
    owner: Actor,
    teammate: Actor,
    form: String,
    ids: Vec<String>,
}

impl World {
    async fn with(count: usize) -> World {
        let (app, _) = counting::start().await;
        let owner = app.register("Ada Byron", "Acme").await;
        let teammate = app.join(&owner, Role::Member).await;
        let fields = json!([{"key": "name", "type": "short_text", "label": "Name"}]);
        let form = owner.post("/api/forms", &json!({"title": "Contact", "fields": fields})).await;
        let form = form.expect(201).json()["id"].as_str().expect("an id").to_owned();
        owner.post(&format!("/api/forms/{form}/publication"), &json!({})).await.expect(200);
        let items: Vec<Value> =
            (0..count).map(|it| json!({"answers": {"name": format!("Person {it}")}})).collect();
        let bulk = format!("/api/forms/{form}/submissions/bulk");
        let report = owner.post(&bulk, &json!({"submissions": items})).await.expect(200).json();
        let items = report["items"].as_array().cloned().unwrap_or_default();
        let ids = items.iter().map(|it| it["id"].as_str().expect("stored").to_owned()).collect();
        let world = World { app, owner, teammate, form, ids };
        world.settle().await;
        world
    }

    async fn settle(&self) {
        self.app.clock.advance(Duration::from_secs(1));
        self.app.drain_jobs().await;
    }

    /// Does something with many, and gives back the address of the bulk action.
    async fn bulk(&self, action: &Value) -> String {
        let path = format!("/api/forms/{}/bulk_actions", self.form);
        let started = self.owner.post(&path, action).await.expect(202);
        self.settle().await;
        started.header("location").to_owned()
    }

    /// Undoes it, and gives back how that went.
    async fn undo(&self, action: &str) -> Value {
        let begun = self.owner.post(&format!("{action}/reversal"), &json!({})).await.expect(202);
        assert_eq!(begun.json()["state"], "running");
        self.settle().await;
        self.owner.get(begun.header("location")).await.expect(200).json()
    }

    async fn state(&self, index: usize) -> Value {
        let path = format!("/api/submissions/{}", self.ids[index]);
        self.owner.get(&path).await.expect(200).json()
    }

    /// All states, which end in what the desk says of them.
    async fn states(&self) -> Vec<Value> {
        let mut all = Vec::new();
        for index in 0..self.ids.len() {
            all.push(self.state(index).await);
        }
        all
    }

    async fn change(&self, index: usize, change: &Value) {
        let path = format!("/api/submissions/{}", self.ids[index]);
        self.teammate.patch(&path, change).await.expect(200);
    }

    async fn verb(&self, index: usize, verb: &str, body: &Value) {
        let path = format!("/api/submissions/{}/{verb}", self.ids[index]);
        self.teammate.post(&path, body).await.expect(200);
    }

    /// Submissions in all trays, with statuses, tags and people of their own.
    async fn varied() -> World {
        let world = World::with(8).await;
        let person = world.teammate.user.as_ref().expect("a person").id.to_string();
        world.change(1, &json!({"status": "done", "tags": ["vip", "late"]})).await;
        world.change(2, &json!({"assignee": person, "tags": ["late"]})).await;
        world.verb(3, "archival", &json!({})).await;
        world.verb(4, "spam", &json!({"reason": "Four links"})).await;
        world.verb(5, "deletion", &json!({})).await;
        world.verb(6, "archival", &json!({})).await;
        world.verb(6, "deletion", &json!({})).await;
        world.verb(7, "spam", &json!({"reason": "Odd"})).await;
        world.verb(7, "deletion", &json!({})).await;
        world
    }
}

#[tokio::test]
async fn every_step_leads_back_to_what_was() {
    let world = World::varied().await;
    let person = world.owner.user.as_ref().expect("a person").id.to_string();
    let before = world.states().await;
    for step in [
        json!({"action": "archive"}),
        json!({"action": "mark_spam"}),
        json!({"action": "delete"}),
        json!({"action": "restore"}),
        json!({"action": "set_status", "status": "in_progress"}),
        json!({"action": "assign", "assignee": person}),
        json!({"action": "assign"}),
        json!({"action": "tag", "tags": ["Late", "Autumn"]}),
        json!({"action": "untag", "tags": ["late"]}),
    ] {
        let mut action = step.clone();
        action["submission_ids"] = json!(world.ids);
        let action = world.bulk(&action).await;
        let done = world.owner.get(&action).await.expect(200).json();
        assert_ne!(world.states().await, before, "{step} does something");
        let undone = world.undo(&action).await;
        assert_eq!((&undone["state"], &undone["left_alone"]), (&json!("done"), &json!(0)));
        assert_eq!(undone["changed"], done["changed"], "{step}");
        assert_eq!(
            format!("/api/bulk_actions/{}", undone["undoes"].as_str().expect("an id")),
            action
        );
        assert_eq!(world.states().await, before, "{step} is undone");
    }
    // Out of the bin each goes to where it lay before, as if nothing had been done with all.
    for (index, tray) in [(5, "open"), (6, "archived"), (7, "spam")] {
        let path = format!("/api/submissions/{}/deletion", world.ids[index]);
        let back = world.owner.delete(&path).await.expect(200).json();
        assert_eq!(back["tray"], tray);
    }
    assert_eq!(world.state(7).await["spam_reason"], "Odd");
}

#[tokio::test]
async fn what_was_changed_in_between_is_left_alone() {
    let world = World::with(450).await;
    let action = world.bulk(&json!({"action": "archive", "filter": "tray=open"})).await;
    world.change(0, &json!({"tags": ["later"]})).await;
    world.verb(1, "deletion", &json!({})).await;
    // There and back again is a change too.
    world.change(449, &json!({"status": "done"})).await;
    world.change(449, &json!({"status": "new"})).await;
    // What is deleted for good is missed by nobody.
    let gone = format!("/api/submissions/{}", world.ids[2]);
    world.owner.delete(&gone).await.expect(204);
    let undone = world.undo(&action).await;
    assert_eq!((&undone["changed"], &undone["left_alone"]), (&json!(446), &json!(3)));
    assert_eq!(undone["progress"], 1.0);
    let trays = [(0, "archived"), (1, "bin"), (3, "open"), (200, "open"), (449, "archived")];
    for (index, tray) in trays {
        assert_eq!(world.state(index).await["tray"], tray, "{index}");
    }
    let page = world.owner.page(&format!("forms/{}/submissions", world.form));
    let page = world.owner.get(&page).await.expect(200).text();
    assert!(page.contains(
        "Undone: 446 submissions as before. 3 submissions changed since, and left alone."
    ));
    assert!(page.contains("Open 446"));
}

#[tokio::test]
async fn a_bulk_action_is_undone_once_and_its_undoing_too() {
    let world = World::with(3).await;
    let path = format!("/api/forms/{}/bulk_actions", world.form);
    let started = world.owner.post(&path, &json!({"action": "archive", "filter": ""})).await;
    let action = started.expect(202).header("location").to_owned();
    let reversal = format!("{action}/reversal");
    let refused = world.owner.post(&reversal, &json!({})).await.expect(409).json();
    assert_eq!(refused["code"], "still_running", "{refused}");
    world.settle().await;
    let undone = world.undo(&action).await;
    assert_eq!(
        world.owner.post(&reversal, &json!({})).await.expect(409).json()["code"],
        "undone_already"
    );
    // Undoing the undoing does it again.
    let undoing = format!("/api/bulk_actions/{}", undone["id"].as_str().expect("an id"));
    assert_eq!(world.undo(&undoing).await["changed"], 3);
    assert_eq!(world.state(0).await["tray"], "archived");
    // Nothing was changed, so there is nothing to be undone.
    let idle = world.bulk(&json!({"action": "archive", "filter": "tray=archived"})).await;
    let refused = world.owner.post(&format!("{idle}/reversal"), &json!({})).await.expect(409);
    assert_eq!(refused.json()["code"], "nothing_to_undo");
}

#[tokio::test]
async fn to_fill_the_bin_again_takes_the_right_to_delete() {
    let world = World::with(2).await;
    let worker = world.owner.with_key(&["submissions:manage", "submissions:read"]).await;
    let delete = world.bulk(&json!({"action": "delete", "filter": "tray=open"})).await;
    worker.post(&format!("{delete}/reversal"), &json!({})).await.expect(202);
    world.settle().await;
    world.bulk(&json!({"action": "delete", "filter": "tray=open"})).await;
    let restore = world.bulk(&json!({"action": "restore", "filter": "tray=bin"})).await;
    worker.post(&format!("{restore}/reversal"), &json!({})).await.expect(403);
    let archive = world.bulk(&json!({"action": "archive", "filter": "tray=open"})).await;
    worker.post(&format!("{archive}/reversal"), &json!({})).await.expect(202);
}

#[tokio::test]
async fn the_page_offers_to_undo_for_an_hour() {
    let world = World::with(3).await;
    let list = world.owner.page(&format!("forms/{}/submissions", world.form));
    let start = world.owner.page(&format!("forms/{}/bulk_actions", world.form));
    let pairs =
        [("filter", "tray=open"), ("everything", "1"), ("action", "tag"), ("tag", "Autumn")];
    world.owner.submit(&start, &pairs).await.expect(303);
    world.settle().await;
    assert_eq!(world.state(0).await["tags"], json!(["autumn"]));
    let page = world.owner.get(&list).await.expect(200).text();
    assert!(page.contains("3 submissions tagged anew.") && page.contains("/reversal"));
    let address = page.split("action=\"").find(|it| it.contains("/reversal\"")).expect("a form");
    let address = address.split('"').next().expect("an address").to_owned();
    let back = world.owner.submit(&address, &[("place", "tray=open&q=Person")]).await.expect(303);
    assert!(back.header("location").contains("q=Person"));
    world.settle().await;
    assert_eq!(world.state(0).await["tags"], json!([]));
    let page = world.owner.get(&list).await.expect(200).text();
    assert!(page.contains("Undone: 3 submissions as before.") && !page.contains("/reversal"));
    world.app.clock.advance(Duration::from_secs(3_601));
    assert!(!world.owner.get(&list).await.expect(200).text().contains("Undone"));
    // A tag must be named.
    let pairs = [("filter", "tray=open"), ("everything", "1"), ("action", "untag"), ("tag", " ")];
    let refused = world.owner.submit(&start, &pairs).await.expect(303);
    assert!(refused.header("set-cookie").contains("Say+which+tags"));
}

/// Whoever undoes a restoration does not start the thirty days of the bin anew.
#[tokio::test]
async fn what_returns_to_the_bin_has_lain_there_before() {
    const DAY: Duration = Duration::from_secs(86_400);
    let world = World::with(3).await;
    let program = world.owner.with_key(&["*"]).await;
    let path = |index: usize| format!("/api/submissions/{}", world.ids[index]);
    let bulk = format!("/api/forms/{}/bulk_actions", world.form);
    let settle = async |days: u32| {
        world.app.clock.advance(DAY * days);
        world.app.drain_jobs().await;
    };
    program.post(&format!("{}/deletion", path(0)), &json!({})).await.expect(200);
    settle(4).await;
    program.post(&format!("{}/deletion", path(1)), &json!({})).await.expect(200);
    settle(6).await;
    let restore = json!({"action": "restore", "submission_ids": world.ids});
    let restored = program.post(&bulk, &restore).await.expect(202);
    settle(5).await;
    let undo = format!("{}/reversal", restored.header("location"));
    program.post(&undo, &json!({})).await.expect(202);
    settle(1).await;
    assert_eq!(program.get(&path(0)).await.expect(200).json()["tray"], "bin");
    assert_eq!(program.get(&path(2)).await.expect(200).json()["tray"], "open");
    // 31 days after the first, and 27 after the second, was deleted.
    settle(15).await;
    program.get(&path(0)).await.expect(404);
    assert_eq!(program.get(&path(1)).await.expect(200).json()["tray"], "bin");
    settle(4).await;
    program.get(&path(1)).await.expect(404);
}
