//! A form of two versions, with answers to both.

use std::time::Duration;

use kernel::Role;
use serde_json::{Value, json};
use testing::{Actor, TestApp};

use super::counting;

pub(crate) struct World {
    pub(crate) app: TestApp,
    pub(crate) owner: Actor,
    pub(crate) viewer: Actor,
    pub(crate) form: String,
    pub(crate) ids: Vec<String>,
}

impl World {
    /// `old` was asked by the first version alone; `status` is called like a column of ours.
    pub(crate) async fn new() -> World {
        let (app, _) = counting::start().await;
        let owner = app.register("Ada Byron", "Acme").await;
        let viewer = app.join(&owner, Role::Viewer).await;
        let name = json!({"key": "name", "type": "short_text", "label": "Name"});
        let topic = json!({"key": "topic", "type": "choice", "label": "Topic", "options": ["order", "return"]});
        let old = json!({"key": "old", "type": "short_text", "label": "Asked before"});
        let status = json!({"key": "status", "type": "short_text", "label": "Marital status"});
        let fields = json!([name, topic, old]);
        let form = owner.post("/api/forms", &json!({"title": "Contact", "fields": fields})).await;
        let form = form.expect(201).json()["id"].as_str().expect("an id").to_owned();
        let mut world = World { app, owner, viewer, form, ids: Vec::new() };
        world.publish().await;
        world.send(json!({"name": "Ada", "topic": "order", "old": "Once upon"})).await;
        world.send(json!({"name": "Grace", "topic": "return"})).await;
        let path = format!("/api/forms/{}", world.form);
        let fields = json!({"fields": [name, topic, status]});
        world.owner.patch(&path, &fields).await.expect(200);
        world.publish().await;
        world.send(json!({"name": "Hiro", "topic": "return", "status": "single"})).await;
        world.settle().await;
        world
    }

    async fn publish(&self) {
        let path = format!("/api/forms/{}/publication", self.form);
        self.owner.post(&path, &json!({})).await.expect(200);
    }

    pub(crate) async fn send(&mut self, answers: Value) {
        let path = format!("/api/forms/{}/submissions", self.form);
        let sent = self.owner.post(&path, &json!({"answers": answers})).await.expect(201).json();
        self.ids.push(sent["id"].as_str().expect("an id").to_owned());
    }

    pub(crate) async fn settle(&self) {
        self.app.clock.advance(Duration::from_secs(1));
        self.app.drain_jobs().await;
    }

    pub(crate) fn views(&self) -> String {
        format!("/api/forms/{}/views", self.form)
    }

    /// Saves a view and gives back what the API says of it.
    pub(crate) async fn save(&self, view: Value) -> Value {
        self.owner.post(&self.views(), &view).await.expect(201).json()
    }

    /// The names of the views in their order.
    pub(crate) async fn names(&self) -> Vec<String> {
        let all = self.owner.get(&self.views()).await.expect(200).json();
        let all = all["data"].as_array().cloned().unwrap_or_default();
        for (position, view) in (1..).zip(&all) {
            assert_eq!(view["position"], json!(position), "{view}");
        }
        all.iter().map(|view| view["name"].as_str().expect("a name").to_owned()).collect()
    }

    pub(crate) fn list(&self) -> String {
        self.owner.page(&format!("forms/{}/submissions", self.form))
    }

    /// The page of the list, as the owner sees it.
    pub(crate) async fn page(&self, query: &str) -> String {
        self.owner.get(&format!("{}?{query}", self.list())).await.expect(200).text()
    }
}

/// What the heads of the columns say.
pub(crate) fn heads(page: &str) -> Vec<String> {
    let labels = page.split("class=\"table__label clamp\"").skip(1);
    let text = |part: &str| {
        let after = part.split_once('>').map_or("", |(_, rest)| rest);
        after.split('<').next().unwrap_or_default().to_owned()
    };
    labels.map(text).collect()
}
