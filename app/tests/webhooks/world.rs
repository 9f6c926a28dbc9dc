//! The house with a form, and an endpoint that listens.

use files::Files;
use mewayz::{modules, wiring::wiring};
use outbound::Outbound;
use serde_json::{Value, json};
use testing::{Actor, TestApp, TestSettings};

use crate::receiver::Receiver;

/// The house, and a program that may do all in a workspace, for as long as the clock runs.
pub(crate) async fn start() -> (TestApp, Actor) {
    let (app, owner) = start_with_people().await;
    let program = owner.with_key(&["*"]).await;
    (app, program)
}

/// The house with all its modules, and the owner of a workspace; receivers of tests live on this machine.
pub(crate) async fn start_with_people() -> (TestApp, Actor) {
    let settings = TestSettings { wiring: wiring(), ..TestSettings::default() };
    let app = TestApp::start_with(settings, |parts| {
        let files = Files::local(&parts.folder.join("files")).expect("a folder for uploads");
        let outbound = Outbound::new(vec!["127.0.0.1".parse().expect("an address")]);
        let systems = modules::Systems { files, mail: None, master_key: [7; 32], outbound };
        modules::systems(&parts.house, systems)
    })
    .await;
    let owner = app.register("Ada Byron", "Acme").await;
    (app, owner)
}

/// A published form that asks for a name; gives back its id.
pub(crate) async fn a_form(owner: &Actor) -> String {
    let fields = json!([{"key": "name", "type": "short_text", "label": "Name"}]);
    let form = json!({"title": "Contact", "fields": fields});
    let form = owner.post("/api/forms", &form).await.expect(201).json();
    let id = text(&form["id"]);
    owner.post(&format!("/api/forms/{id}/publication"), &json!({})).await.expect(200);
    id
}

/// Someone answers; gives back the submission's id.
pub(crate) async fn submit(owner: &Actor, form: &str, name: &str) -> String {
    let body = json!({"answers": {"name": name}});
    let receipt = owner.post(&format!("/api/forms/{form}/submissions"), &body).await.expect(201);
    text(&receipt.json()["id"])
}

/// An endpoint at this receiver; gives back its id and its secret.
pub(crate) async fn an_endpoint(owner: &Actor, receiver: &Receiver) -> (String, String) {
    let body = json!({"url": receiver.url, "event_types": ["submission.received"]});
    made(owner, &body).await
}

pub(crate) async fn made(owner: &Actor, body: &Value) -> (String, String) {
    let made = owner.post("/api/webhooks", body).await.expect(201).json();
    (text(&made["webhook"]["id"]), text(&made["secret"]))
}

/// What the log says of an endpoint, newest first.
pub(crate) async fn log(owner: &Actor, webhook: &str) -> Vec<Value> {
    let page = owner.get(&format!("/api/webhooks/deliveries?webhook={webhook}&limit=200")).await;
    page.expect(200).json()["data"].as_array().cloned().expect("a list")
}

/// One delivery with its attempts, the latest first.
pub(crate) async fn detail(owner: &Actor, delivery: &Value) -> Value {
    let id = text(&delivery["id"]);
    owner.get(&format!("/api/webhooks/deliveries/{id}")).await.expect(200).json()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
