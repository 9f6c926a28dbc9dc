//! A house with a form that everybody may answer, and an endpoint that is told of it.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};
use testing::{Actor, Reply, TestApp};

use crate::counting;

pub(crate) struct World {
    pub(crate) app: TestApp,
    pub(crate) anonymous: Actor,
    pub(crate) owner: Actor,
    /// A program of the owner's, whose key outlives all days that pass here.
    pub(crate) program: Actor,
    pub(crate) form: String,
    /// The path of the hosted page.
    pub(crate) hosted: String,
}

/// What a page carries.
pub(crate) struct Opened {
    pub(crate) ticket: String,
    /// The name of the field that nobody sees; empty without one.
    pub(crate) honeypot: String,
}

impl World {
    pub(crate) async fn new() -> World {
        World::asking(json!([{"key": "message", "type": "long_text", "label": "Message"}])).await
    }

    pub(crate) async fn asking(fields: Value) -> World {
        let (app, _) = counting::start().await;
        let owner = app.register("Ada Byron", "Acme").await;
        let made = json!({"title": "Contact us", "fields": fields});
        let made = owner.post("/api/forms", &made).await.expect(201).json();
        let (form, hosted) = (text(&made["id"]), text(&made["path"]));
        owner.post(&format!("/api/forms/{form}/publication"), &json!({})).await.expect(200);
        let endpoint =
            json!({"url": "https://hooks.example.com/", "event_types": ["submission.received"]});
        owner.post("/api/webhooks", &endpoint).await.expect(201);
        let program = owner.with_key(&["*"]).await;
        World { anonymous: app.anonymous(), app, owner, program, form, hosted }
    }

    pub(crate) async fn protect(&self, protection: Value) -> Reply {
        let change = json!({"protection": protection});
        self.owner.patch(&format!("/api/forms/{}", self.form), &change).await
    }

    /// Opens the page.
    pub(crate) async fn open(&self) -> Opened {
        Opened::read(&self.anonymous.get(&self.hosted).await.expect(200).text())
    }

    /// So long a person reads and writes.
    pub(crate) fn wait(&self, seconds: u64) {
        self.app.clock.advance(Duration::from_secs(seconds));
    }

    /// Sends the page, and is thanked.
    pub(crate) async fn send(&self, who: &Actor, pairs: &[(&str, &str)]) {
        let sent = who.submit(&self.hosted, pairs).await.expect(303);
        assert_eq!(sent.header("location"), format!("{}/thanks", self.hosted));
    }

    /// Sends a message as a person would: slowly, from the page.
    pub(crate) async fn write(&self, who: &Actor, message: &str) {
        let opened = self.open().await;
        self.wait(10);
        self.send(who, &[("message", message), ("_ticket", &opened.ticket)]).await;
    }

    /// Sends a message to another form's page, and all is counted.
    pub(crate) async fn send_to(&self, hosted: &str, message: &str) {
        self.anonymous.submit(hosted, &[("message", message)]).await.expect(303);
        self.wait(1);
        self.app.drain_jobs().await;
    }

    /// What lies in a tray once all is counted, newest first.
    pub(crate) async fn tray(&self, tray: &str) -> Vec<Value> {
        self.wait(1);
        self.app.drain_jobs().await;
        let list = format!("/api/forms/{}/submissions?limit=200&tray={tray}", self.form);
        let list = self.program.get(&list).await.expect(200).json();
        list["data"].as_array().cloned().unwrap_or_default()
    }

    /// Why the messages lie in spam, the oldest first.
    pub(crate) async fn reasons(&self) -> Vec<(String, String)> {
        let spam = self.tray("spam").await;
        let told = spam.iter().rev();
        told.map(|it| (text(&it["answers"]["message"]), text(&it["spam_reason"]))).collect()
    }

    /// How often webhooks were told of a submission.
    pub(crate) async fn told(&self) -> usize {
        self.app.drain_jobs().await;
        let log = self.program.get("/api/webhooks/deliveries?limit=200").await.expect(200).json();
        log["data"].as_array().map_or(0, Vec::len)
    }

    pub(crate) async fn release(&self, submission: &Value) {
        let path = format!("/api/submissions/{}/spam", text(&submission["id"]));
        self.owner.send(Method::DELETE, &path, None, "".into()).await.expect(200);
    }
}

impl Opened {
    pub(crate) fn read(page: &str) -> Opened {
        let between = |begin: &str, end: &str| {
            let rest = page.split_once(begin).map_or("", |(_, rest)| rest);
            rest.split_once(end).map_or("", |(found, _)| found).to_owned()
        };
        let ticket = between("name=\"_ticket\" value=\"", "\"");
        assert!(!ticket.is_empty(), "the page has no ticket");
        let unseen = between("aria-hidden=\"true\" inert", "</div>");
        let honeypot = unseen.split_once("name=\"").map_or("", |(_, rest)| rest);
        Opened { ticket, honeypot: honeypot.split('"').next().unwrap_or_default().to_owned() }
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
