//! The house with a form that asks for a name and an address.

use std::time::Duration;

use files::Files;
use mails::Smtp;
use mewayz::{modules, wiring::wiring};
use outbound::Outbound;
use serde_json::{Value, json};
use testing::{Actor, TestApp, TestSettings};

pub(crate) const MINUTE: Duration = Duration::from_secs(60);
pub(crate) const HOUR: Duration = Duration::from_secs(60 * 60);

/// The house with all its modules, the owner of a workspace, and a program of theirs that may do all for as long
/// as the clock runs.
pub(crate) async fn start(smtp: Option<Smtp>) -> (TestApp, Actor, Actor) {
    let settings = TestSettings { wiring: wiring(), ..TestSettings::default() };
    let app = TestApp::start_with(settings, |parts| {
        let files = Files::local(&parts.folder.join("files")).expect("a folder for uploads");
        let outbound = Outbound::new(Vec::new());
        let systems = modules::Systems { files, mail: smtp, master_key: [7; 32], outbound };
        modules::systems(&parts.house, systems)
    })
    .await;
    let owner = app.register("Ada Byron", "Acme").await;
    let program = owner.with_key(&["*"]).await;
    (app, owner, program)
}

/// A published form; gives back its id.
pub(crate) async fn a_form(owner: &Actor) -> String {
    let fields = json!([
        {"key": "name", "type": "short_text", "label": "Your name"},
        {"key": "email", "type": "email", "label": "E-mail"},
        {"key": "wish", "type": "long_text", "label": "Wish"},
    ]);
    let form = json!({"title": "Bread & Butter", "fields": fields});
    let form = owner.post("/api/forms", &form).await.expect(201).json();
    let id = text(&form["id"]);
    owner.post(&format!("/api/forms/{id}/publication"), &json!({})).await.expect(200);
    id
}

/// The id of the person who owns the workspace, and their address.
pub(crate) fn person(owner: &Actor) -> (String, String) {
    let user = owner.user.as_ref().expect("a person");
    (user.id.to_string(), user.email.clone())
}

/// Changes a notice: `team` or `respondent`.
pub(crate) async fn notice(program: &Actor, form: &str, kind: &str, change: Value) -> Value {
    let call = format!("/api/forms/{form}/notices/{kind}");
    program.patch(&call, &change).await.expect(200).json()
}

/// Somebody answers, so many times.
pub(crate) async fn submit(program: &Actor, form: &str, answers: &[Value]) {
    let items: Vec<Value> = answers.iter().map(|one| json!({"answers": one})).collect();
    let call = format!("/api/forms/{form}/submissions/bulk");
    program.post(&call, &json!({"submissions": items})).await.expect(200);
}

/// All that is due now is done, also what gathers for a moment.
pub(crate) async fn settle(app: &TestApp) {
    app.clock.advance(Duration::from_secs(1));
    app.drain_jobs().await;
}

/// What the log says, oldest first.
pub(crate) async fn log(program: &Actor, query: &str) -> Vec<Value> {
    let page = program.get(&format!("/api/mails?limit=200&{query}")).await.expect(200).json();
    let mut all = page["data"].as_array().cloned().expect("a list");
    all.reverse();
    all
}

/// A mail with what it says.
pub(crate) async fn detail(program: &Actor, mail: &Value) -> Value {
    program.get(&format!("/api/mails/{}", text(&mail["id"]))).await.expect(200).json()
}

pub(crate) fn subjects(mails: &[Value]) -> Vec<String> {
    mails.iter().map(|mail| text(&mail["subject"])).collect()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
