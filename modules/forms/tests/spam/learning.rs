//! What people mark teaches the house what spam reads like, and what does not.

use kernel::Role;
use serde_json::{Value, json};

use crate::world::{World, text};

const SPAM: &str = "Casino bonus for you, win money now at https://casino.example";
const HAM: &str = "Dear team, my order has not arrived yet, could you look after it";

impl World {
    /// So many of both kinds, told apart by the team.
    async fn teach(&self, count: usize) {
        let items: Vec<Value> = (0..count)
            .flat_map(|it| [format!("{SPAM} offer{it}"), format!("{HAM} number{it}")])
            .map(|message| json!({"answers": {"message": message}}))
            .collect();
        let bulk = format!("/api/forms/{}/submissions/bulk", self.form);
        let report = self.owner.post(&bulk, &json!({"submissions": items})).await.expect(200);
        let report = report.json();
        let ids: Vec<String> = report["items"]
            .as_array()
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .map(|it| text(&it["id"]))
            .collect();
        self.app.drain_jobs().await;
        for pair in ids.chunks(2) {
            self.mark(&pair[0]).await;
            let done = json!({"status": "done"});
            self.owner.patch(&format!("/api/submissions/{}", pair[1]), &done).await.expect(200);
        }
    }

    async fn mark(&self, id: &str) {
        let path = format!("/api/submissions/{id}/spam");
        self.owner.post(&path, &json!({})).await.expect(200);
    }
}

#[tokio::test]
async fn words_tell_once_enough_was_learned_and_say_why() {
    let world = World::new().await;
    world.teach(49).await;
    world.write(&world.anonymous, SPAM).await;
    assert_eq!(world.tray("spam").await.len(), 49);
    world.teach(1).await;
    world.write(&world.anonymous, SPAM).await;
    world.write(&world.anonymous, HAM).await;
    world.write(&world.anonymous, "Something that nobody has written before").await;
    let spam = world.tray("spam").await;
    assert_eq!(spam.len(), 51);
    let reason = text(&spam[0]["spam_reason"]);
    assert!(reason.starts_with("Its words are like those of spam (99.9 %): "), "{reason}");
    assert!(reason.contains("casino") && reason.len() <= 200, "{reason}");
    let sheet = world.owner.page(&format!("submissions/{}", text(&spam[0]["id"])));
    assert!(world.owner.get(&sheet).await.expect(200).text().contains(&reason));

    // Programs with a key are not judged.
    let calls = format!("/api/forms/{}/submissions", world.form);
    world.owner.post(&calls, &json!({"answers": {"message": SPAM}})).await.expect(201);
    // And nobody is, where a form does not want it.
    world.protect(json!({"learned": "off"})).await.expect(200);
    world.write(&world.anonymous, SPAM).await;
    assert_eq!(world.tray("spam").await.len(), 51);
}

#[tokio::test]
async fn what_one_workspace_learns_is_no_others_business() {
    let world = World::new().await;
    world.teach(50).await;
    let stranger = world.app.register("Mallory Stranger", "Elsewhere").await;
    let form = json!({"title": "T", "fields": [{"key": "message", "type": "long_text", "label": "M"}],
                      "protection": {"min_seconds": 0}});
    let form = stranger.post("/api/forms", &form).await.expect(201).json();
    let publication = format!("/api/forms/{}/publication", text(&form["id"]));
    stranger.post(&publication, &json!({})).await.expect(200);
    world.send_to(&text(&form["path"]), SPAM).await;
    let list = format!("/api/forms/{}/submissions", text(&form["id"]));
    let list = stranger.get(&list).await.expect(200).json();
    assert_eq!(list["data"].as_array().map_or(0, Vec::len), 1);
}

#[tokio::test]
async fn a_mark_that_is_taken_back_is_unlearned() {
    let world = World::new().await;
    world.teach(50).await;
    let sound = world.tray("open").await;
    // Someone marks half of what is fine by mistake, and releases it again; twice, for nothing counts twice.
    for _ in 0..2 {
        for it in &sound[..15] {
            world.mark(&text(&it["id"])).await;
        }
        for it in &sound[..15] {
            world.release(it).await;
        }
    }
    world.write(&world.anonymous, HAM).await;
    world.write(&world.anonymous, SPAM).await;
    assert_eq!((world.tray("open").await.len(), world.tray("spam").await.len()), (51, 51));
}

#[tokio::test]
async fn many_marked_at_once_and_a_form_that_goes_teach_without_harm() {
    let world = World::new().await;
    world.teach(10).await;
    let action = json!({"action": "mark_spam", "filter": "status=done"});
    let path = format!("/api/forms/{}/bulk_actions", world.form);
    world.owner.post(&path, &action).await.expect(202);
    world.app.drain_jobs().await;
    assert_eq!(world.tray("spam").await.len(), 20);
    let viewer = world.app.join(&world.owner, Role::Viewer).await;
    let spam = world.tray("spam").await;
    let path = format!("/api/submissions/{}/spam", text(&spam[0]["id"]));
    viewer.post(&path, &json!({})).await.expect(403);
    world.owner.delete(&format!("/api/submissions/{}", text(&spam[0]["id"]))).await.expect(204);
    world.owner.delete(&format!("/api/forms/{}", world.form)).await.expect(204);
    world.app.drain_jobs().await;
}
