//! What was planned, kept or half done before, and comes to its time when the person is erased.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};
use testing::Actor;

use crate::{
    catalog,
    world::{World, text},
};

const NEEDLES: [&str; 1] = ["quixotina"];
const HOUR: Duration = Duration::from_secs(60 * 60);

fn of_the_person() -> Value {
    json!({"name": "Quixotina", "email": "quixotina@example.com", "topic": "Order"})
}

fn of_bob() -> Value {
    json!({"name": "Bob", "email": "bob@example.com", "topic": "Order"})
}

async fn erased(world: &World) -> Value {
    let found = world.search(&json!({"email": "quixotina@example.com"})).await;
    world.erase(&found).await
}

/// Nothing of the person is left, also once all that was swept or waited has had its time.
async fn nothing_is_left(world: &World) {
    world.app.clock.advance(25 * HOUR);
    world.settle().await;
    assert_eq!(catalog::places(&world.app, &NEEDLES).await, Vec::<String>::new());
    assert_eq!(catalog::files(&world.folder, &NEEDLES), 0);
}

#[tokio::test]
async fn no_undo_and_no_way_out_of_the_bin_brings_a_submission_back() {
    let world = World::start().await;
    let form = world.contact().await;
    let hers = world.submit(&form, of_the_person()).await;
    world.submit(&form, of_bob()).await;
    world.settle().await;
    let actions = format!("/api/forms/{form}/bulk_actions");
    let mut done = Vec::new();
    for (action, tray) in [("archive", "open"), ("delete", "archived")] {
        let filter = format!("answers.topic=Order&tray={tray}");
        let step = json!({"action": action, "filter": filter});
        let begun = world.program.post(&actions, &step).await.expect(202);
        done.push(begun.header("location").to_owned());
        world.settle().await;
    }
    assert_eq!(world.listed(&form, "tray=bin").await, 2);
    erased(&world).await;
    let bin = format!("/api/submissions/{hers}/deletion");
    world.program.send(Method::DELETE, &bin, None, String::new().into()).await.expect(404);
    for action in done.iter().rev() {
        world.program.post(&format!("{action}/reversal"), &json!({})).await.expect(202);
        world.settle().await;
    }
    assert_eq!((world.listed(&form, "tray=bin").await, world.listed(&form, "").await), (0, 1));
    world.program.get(&format!("/api/submissions/{hers}")).await.expect(404);
    let now = world.program.get(&format!("/api/forms/{form}")).await.expect(200).json();
    assert_eq!(now["submission_count"], 1);
    nothing_is_left(&world).await;
}

#[tokio::test]
async fn a_mail_of_many_that_was_planned_tells_of_those_who_are_left() {
    let world = World::start().await;
    let form = world.contact().await;
    let owner = world.owner.user.as_ref().expect("a person").id.to_string();
    let team = json!({"enabled": true, "recipients": [owner], "rhythm": "hour"});
    world.program.patch(&format!("/api/forms/{form}/notices/team"), &team).await.expect(200);
    for answers in [of_the_person(), of_bob()] {
        world.submit(&form, answers).await;
    }
    world.settle().await;
    erased(&world).await;
    world.app.clock.advance(2 * HOUR);
    world.settle().await;
    let log = world.program.get(&format!("/api/mails?about={form}")).await.expect(200).json();
    let mail = text(&log["data"][0]["id"]);
    let mail = world.program.get(&format!("/api/mails/{mail}")).await.expect(200).text();
    assert!(mail.contains("bob@example.com") && !mail.contains("uixotina"), "{mail}");
    nothing_is_left(&world).await;
}

/// Begins an upload, and sends so much of it.
async fn upload(someone: &Actor, hosted: &str, sent: &'static str) -> String {
    let program = someone.sending("tus-resumable", "1.0.0");
    // `cv` and `quixotina.txt`.
    let told = "field Y3Y=,filename cXVpeG90aW5hLnR4dA==";
    let begin = program.sending("upload-length", "20").sending("upload-metadata", told);
    let uploads = format!("{hosted}/uploads");
    let begun = begin.send(Method::POST, &uploads, None, String::new().into()).await.expect(201);
    let place = begun.header("location").to_owned();
    let part = program.sending("upload-offset", "0");
    let kind = Some("application/offset+octet-stream");
    part.send(Method::PATCH, &place, kind, sent.to_owned().into()).await.expect(204);
    place
}

#[tokio::test]
async fn files_that_were_half_or_never_sent_are_gone_within_a_day() {
    let world = World::start().await;
    let fields = json!([{"key": "cv", "type": "file", "label": "CV"},
                        {"key": "email", "type": "email", "label": "E-mail"}]);
    let jobs = world.form("Jobs", fields, json!({})).await;
    let public = text(&world.program.get(&format!("/api/forms/{jobs}")).await.json()["public_id"]);
    let (someone, hosted) = (world.app.anonymous(), format!("/f/{public}"));
    upload(&someone, &hosted, "born Quixoti").await;
    upload(&someone, &hosted, "born Quixotina, 1999").await;
    let whole = upload(&someone, &hosted, "Quixotina sent this.").await;
    let file = whole.rsplit('/').next().unwrap_or_default();
    let answers = json!({"email": "quixotina@example.com", "cv": [file]});
    world.submit(&jobs, answers).await;
    world.settle().await;
    let done = erased(&world).await;
    assert_eq!((&done["erased"]["submissions"], &done["erased"]["files"]), (&json!(1), &json!(1)));
    nothing_is_left(&world).await;
}

#[tokio::test]
async fn files_of_schedules_go_and_the_next_ones_are_without_them() {
    let world = World::start().await;
    let form = world.contact().await;
    for answers in [of_the_person(), of_bob()] {
        world.submit(&form, answers).await;
    }
    world.settle().await;
    let order = json!({"export": {"format": "jsonl"}, "every": "day", "at": "06:30"});
    let schedules = format!("/api/forms/{form}/export-schedules");
    world.program.post(&schedules, &order).await.expect(201);
    let exports = async || {
        let list = world.program.get(&format!("/api/forms/{form}/exports")).await.expect(200);
        list.json()["data"].as_array().cloned().unwrap_or_default()
    };
    world.app.clock.advance(24 * HOUR);
    world.settle().await;
    let kept = exports().await;
    assert_eq!((kept.len(), &kept[0]["status"]), (1, &json!("done")), "{kept:?}");
    assert!(catalog::files(&world.folder, &NEEDLES) > 0, "it holds them");
    let done = erased(&world).await;
    assert_eq!(done["erased"]["exports"], 1, "{done}");
    assert_eq!(exports().await, Vec::<Value>::new());
    nothing_is_left(&world).await;
    let next = exports().await;
    assert_eq!((next.len(), &next[0]["status"]), (1, &json!("done")), "the schedule goes on");
}

#[tokio::test]
async fn a_tag_that_says_the_address_goes_and_leaves_the_submission() {
    let world = World::start().await;
    let form = world.contact().await;
    world.submit(&form, of_the_person()).await;
    let bobs = [world.submit(&form, of_bob()).await, world.submit(&form, of_bob()).await];
    let tagged = json!({"tags": ["Of Quixotina@Example.com", "VIP"]});
    for bob in &bobs {
        world.program.patch(&format!("/api/submissions/{bob}"), &tagged).await.expect(200);
    }
    // Taken away again it is in the history alone.
    let other = json!({"tags": ["VIP"]});
    world.program.patch(&format!("/api/submissions/{}", bobs[1]), &other).await.expect(200);
    world.settle().await;
    assert!(catalog::places(&world.app, &NEEDLES).await.contains(&"tag.name".to_owned()));
    let done = erased(&world).await;
    assert_eq!(done["erased"]["filters"], 1, "{done}");
    let tags = world.program.get("/api/tags").await.expect(200).json();
    assert_eq!(tags["data"].as_array().map(Vec::len), Some(1), "{tags}");
    for bob in &bobs {
        let shown = world.program.get(&format!("/api/submissions/{bob}")).await.expect(200).json();
        assert_eq!(shown["tags"], json!(["vip"]));
        let history = format!("/api/submissions/{bob}/activity");
        assert!(world.program.get(&history).await.expect(200).text().contains("erased"));
    }
    nothing_is_left(&world).await;
}
