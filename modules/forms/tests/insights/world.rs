//! A form with a question of each kind, and answers thrown by dice.

use std::time::Duration;

use axum::http::Method;
use kernel::{Chance, Role};
use serde_json::{Map, Value, json};
use testing::{Actor, Reply, TestApp};

use super::counting;

pub(crate) struct World {
    pub(crate) app: TestApp,
    pub(crate) owner: Actor,
    pub(crate) viewer: Actor,
    /// A program of the owner's, whose key outlives all days that pass here.
    pub(crate) program: Actor,
    pub(crate) form: String,
    pub(crate) dice: Chance,
}

const SCOPES: [&str; 6] = [
    "forms:read",
    "forms:write",
    "submissions:read",
    "submissions:write",
    "submissions:manage",
    "submissions:delete",
];
const TOPICS: [&str; 4] = ["order", "invoice", "return", "something of my own"];

fn fields(topic: &str) -> Value {
    json!([
        {"key": "topic", "type": topic, "label": "Topic", "options": TOPICS[..3], "other": true},
        {"key": "picks", "type": "choices", "label": "Picks", "options": TOPICS[..3], "other": true},
        {"key": "nps", "type": "nps", "label": "Recommend?"},
        {"key": "stars", "type": "rating", "label": "Stars"},
        {"key": "age", "type": "number", "label": "Age"},
        {"key": "weight", "type": "number", "label": "Weight"},
        {"key": "born", "type": "date", "label": "Born"},
        {"key": "at", "type": "time", "label": "At"},
        {"key": "agree", "type": "yes_no", "label": "Agreed?"},
        {"key": "note", "type": "long_text", "label": "Note"},
    ])
}

impl World {
    pub(crate) async fn new(seed: u64) -> World {
        let (app, _) = counting::start().await;
        let owner = app.register("Ada Byron", "Acme").await;
        let viewer = app.join(&owner, Role::Viewer).await;
        let program = owner.with_key(&SCOPES).await;
        // Programs answer it here, without waiting as people do.
        let form = json!({"title": "Report", "fields": fields("choice"), "protection": {"min_seconds": 0}});
        let form = program.post("/api/forms", &form).await.expect(201).json()["id"].clone();
        let form = form.as_str().expect("an id").to_owned();
        let world = World { app, owner, viewer, program, form, dice: Chance::seeded(seed) };
        world.publish().await;
        world
    }

    pub(crate) async fn publish(&self) {
        let publication = format!("/api/forms/{}/publication", self.form);
        self.program.post(&publication, &json!({})).await.expect(200);
    }

    /// Asks the same otherwise: the topic is a menu from now on.
    pub(crate) async fn ask_otherwise(&self) {
        let change = json!({"fields": fields("dropdown")});
        self.program.patch(&format!("/api/forms/{}", self.form), &change).await.expect(200);
        self.publish().await;
    }

    pub(crate) fn below(&self, limit: usize) -> usize {
        usize::try_from(self.dice.below(limit as u64)).expect("small")
    }

    /// Each question is answered more often than not.
    pub(crate) fn answers(&self) -> Value {
        let mut answers = Map::new();
        let mut put = |key: &str, value: Value| {
            if self.below(4) > 0 {
                answers.insert(key.to_owned(), value);
            }
        };
        let topic = || TOPICS[self.below(4)];
        put("topic", json!(topic()));
        put("picks", json!([topic()]));
        if self.below(2) > 0 {
            put("picks", json!([TOPICS[0], TOPICS[1 + self.below(3)]]));
        }
        put("nps", json!(self.below(11)));
        put("stars", json!(1 + self.below(5)));
        put("age", json!(self.below(if self.below(9) > 0 { 100 } else { 5_000 })));
        let hundredths = f64::from(u32::try_from(self.below(20_000)).expect("small"));
        put("weight", json!((hundredths - 5_000.0) / 100.0));
        let (month, day) = (1 + self.below(12), 1 + self.below(28));
        put("born", json!(format!("{}-{month:02}-{day:02}", 2024 + self.below(3))));
        put("at", json!(format!("{:02}:{:02}", self.below(24), self.below(60))));
        put("agree", json!(self.below(2) > 0));
        put("note", json!(format!("A note {}", self.below(1_000))));
        Value::Object(answers)
    }

    pub(crate) async fn receive(&self, count: usize) {
        let items: Vec<Value> = (0..count).map(|_| json!({"answers": self.answers()})).collect();
        let bulk = format!("/api/forms/{}/submissions/bulk", self.form);
        self.program.post(&bulk, &json!({"submissions": items})).await.expect(200);
        let one = format!("/api/forms/{}/submissions", self.form);
        self.program.post(&one, &json!({"answers": self.answers()})).await.expect(201);
        self.answer_hosted().await;
    }

    /// Somebody who came from one of three places answers on the hosted page.
    async fn answer_hosted(&self) {
        let form = self.get(&format!("/api/forms/{}", self.form)).await;
        let path = form["path"].as_str().expect("a path");
        let shown = self.app.clock.now().micros() / 1_000_000 - 60;
        let source = ["direct", "newsletter", "example.com"][self.below(3)];
        let visit = format!("shown={shown}&source={source}&began={}", self.below(60));
        let key = kernel::short_id(&self.dice);
        let pairs = [("_key", key.as_str()), ("_visit", &visit), ("topic", TOPICS[self.below(3)])];
        self.app.anonymous().submit(path, &pairs).await.expect(303);
    }

    pub(crate) async fn work(&self) {
        self.app.clock.advance(Duration::from_secs(1));
        self.app.drain_jobs().await;
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.program.get(path).await.expect(200).json()
    }

    pub(crate) async fn insights(&self, query: &str) -> Value {
        self.get(&format!("/api/forms/{}/insights?{query}", self.form)).await
    }

    pub(crate) async fn put(&self, actor: &Actor, path: &str, body: &Value) -> Reply {
        actor.send(Method::PUT, path, Some("application/json"), body.to_string().into()).await
    }

    /// All submissions that a query means.
    pub(crate) async fn rows(&self, query: &str) -> Vec<Value> {
        let (mut rows, mut cursor) = (Vec::new(), String::new());
        loop {
            let list = format!("/api/forms/{}/submissions?limit=200&{query}{cursor}", self.form);
            let page = self.get(&list).await;
            rows.extend(page["data"].as_array().cloned().unwrap_or_default());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return rows,
            }
        }
    }
}
