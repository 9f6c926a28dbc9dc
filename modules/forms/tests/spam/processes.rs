//! Several processes on one database: what holds for one holds for all of them together.

use std::time::Duration;

use files::Files;
use forms::Forms;
use mails::Mails;
use serde_json::json;
use testing::{Actor, Parts, TestApp};
use web::Module;

use crate::{
    work::worked,
    world::{Opened, World},
};

const BEYOND: &str = "More than 5 came from its address within an hour.";

/// A process that knows the stamps of the others.
fn modules(parts: &Parts) -> Vec<Box<dyn Module>> {
    let files = Files::local(&parts.folder.join("files")).expect("a folder for uploads");
    let settings = mails::Settings { master_key: [7; 32], smtp: None };
    let mails = Mails::new(parts.house.clone(), settings);
    vec![Box::new(Forms::start_with(parts.house.clone(), files, mails, &[7; 32]))]
}

/// Somebody at each of two processes beside the one of the world.
struct Two {
    world: World,
    _processes: [TestApp; 2],
    people: [Actor; 2],
}

impl Two {
    async fn new(fields: serde_json::Value) -> Two {
        let world = World::asking(fields).await;
        let one = world.app.another_process_with(modules).await;
        let other = world.app.another_process_with(modules).await;
        let people = [one.meet(&world.anonymous), other.meet(&world.anonymous)];
        Two { world, _processes: [one, other], people }
    }

    /// What is open by now, but for what is said here to have all counted: that is left to the process of the world.
    async fn open(&self) -> usize {
        let calls = format!("/api/forms/{}/submissions", self.world.form);
        self.world.program.post(&calls, &json!({"answers": {}})).await.expect(201);
        let open = self.world.tray("open").await;
        open.iter().filter(|it| !it["answers"]["message"].is_null()).count()
    }

    /// The same with what lies in spam.
    async fn trays(&self) -> (usize, usize) {
        (self.open().await, self.world.tray("spam").await.len())
    }

    async fn asking_a_message() -> Two {
        let field = json!({"key": "message", "type": "long_text", "label": "Message"});
        Two::new(json!([field])).await
    }
}

#[tokio::test]
async fn an_address_gets_its_measure_once_however_many_processes_it_asks() {
    let two = Two::asking_a_message().await;
    let world = &two.world;
    world.protect(json!({"min_seconds": 0, "hourly_limit": 5})).await.expect(200);
    let send = async |number: usize| {
        let (who, message) = (&two.people[number % 2], number.to_string());
        world.send(who, &[("message", &message)]).await;
    };
    futures::future::join_all((0..24).map(send)).await;
    assert_eq!(two.trays().await, (5, 19));
    let reasons = world.reasons().await;
    assert!(reasons.iter().all(|(_, reason)| reason == BEYOND), "{reasons:?}");
    // A process that has just begun knows of it as well.
    let fresh = world.app.another_process_with(modules).await;
    world.send(&fresh.meet(&world.anonymous), &[("message", "after a restart")]).await;
    assert_eq!(two.open().await, 5);
    // Its hour passes.
    world.wait(3_600);
    world.send(&two.people[0], &[("message", "an hour later")]).await;
    assert_eq!(two.open().await, 6);
}

#[tokio::test]
async fn work_that_was_done_once_counts_at_one_process() {
    let two = Two::asking_a_message().await;
    let world = &two.world;
    world.protect(json!({"proof_of_work": true, "min_seconds": 0})).await.expect(200);
    let opened = Opened::read(&two.people[0].get(&world.hosted).await.expect(200).text());
    let proof = worked(&opened.ticket);
    let send = async |number: usize| {
        let message = number.to_string();
        let pairs =
            [("message", message.as_str()), ("_ticket", &opened.ticket), ("_proof", &proof)];
        world.send(&two.people[number % 2], &pairs).await;
    };
    futures::future::join_all((0..8).map(send)).await;
    assert_eq!(two.trays().await, (1, 7));
    let reasons = world.reasons().await;
    assert!(
        reasons.iter().all(|(_, reason)| reason == "Its ticket was used before."),
        "{reasons:?}"
    );
    // Nor does a restart make it good again, nor a month; then the ticket is too old.
    let fresh = world.app.another_process_with(modules).await;
    let again = [("message", "again"), ("_ticket", opened.ticket.as_str()), ("_proof", &proof)];
    world.wait(30 * 24 * 3_600);
    world.app.drain_jobs().await;
    world.send(&fresh.meet(&world.anonymous), &again).await;
    assert_eq!(two.open().await, 1);
}

#[tokio::test]
async fn what_is_sent_again_elsewhere_is_counted_by_nobody() {
    let two = Two::asking_a_message().await;
    let world = &two.world;
    let guarded = json!({"proof_of_work": true, "min_seconds": 0, "hourly_limit": 2});
    world.protect(guarded).await.expect(200);
    let send = async |number: usize, key: &str| {
        let opened = Opened::read(&two.people[0].get(&world.hosted).await.expect(200).text());
        let proof = worked(&opened.ticket);
        let pairs =
            [("message", "x"), ("_key", key), ("_ticket", &opened.ticket), ("_proof", &proof)];
        world.send(&two.people[number % 2], &pairs).await;
    };
    for number in 0..4 {
        send(number, "0123456789").await;
    }
    send(5, "abcdefghij").await;
    assert_eq!(two.trays().await, (2, 0));
    send(6, "klmnopqrst").await;
    assert_eq!(two.trays().await, (2, 1));
}

#[tokio::test]
async fn an_address_begins_only_so_many_uploads_at_all_processes_together() {
    let two = Two::new(json!([{"key": "cv", "type": "file", "label": "CV"}])).await;
    let begin = async |number: usize| {
        let who = two.people[number % 2].sending("tus-resumable", "1.0.0");
        // `cv` and `a.txt`.
        let who = who.sending("upload-metadata", "field Y3Y=,filename YS50eHQ=");
        let who = who.sending("upload-length", "1");
        let uploads = format!("{}/uploads", two.world.hosted);
        who.send(axum::http::Method::POST, &uploads, None, String::new().into()).await.status()
    };
    let mut statuses: Vec<u16> = Vec::new();
    for piece in 0..8 {
        statuses.extend(futures::future::join_all((0..40).map(|it| begin(piece + it))).await);
    }
    let count = |status| statuses.iter().filter(|it| **it == status).count();
    assert_eq!((count(201), count(429)), (300, 20), "{statuses:?}");
    two.world.app.clock.advance(Duration::from_secs(3_600));
    assert_eq!(begin(0).await, 201);
}
