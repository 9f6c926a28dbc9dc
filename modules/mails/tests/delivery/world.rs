//! A house with mails, and someone who may see all.

use mails::{Mails, NewMail, Settings, Smtp, template::Rendered};
use serde_json::{Value, json};
use testing::{Actor, TestApp};

/// The house, and the owner of its workspace, who acts by a key: it lives for as long as the clock runs.
pub(crate) async fn start(smtp: Option<Smtp>) -> (TestApp, Actor) {
    let (app, _, owner, _) = TestApp::start(|parts| {
        vec![Box::new(Mails::new(parts.house.clone(), Settings { master_key: [7; 32], smtp }))]
    })
    .await;
    let program = owner.with_key(&["*"]).await;
    (app, program)
}

/// A name that only this test writes to.
pub(crate) fn address(word: &str) -> String {
    format!("{word}+{}@example.com", uuid())
}

fn uuid() -> String {
    kernel::short_id(&kernel::Chance::system())
}

pub(crate) fn mail(to: &str) -> NewMail {
    NewMail {
        source: format!("test {to}"),
        at: "2026-08-03T09:12:00Z".parse().expect("a time"),
        purpose: mails::purpose::ANSWER,
        about: "frm_01".into(),
        recipient: to.into(),
        recipient_name: "Jürgen “Jim” Müller, Dr.".into(),
        reply_to: None,
        content: Rendered {
            subject: "Grüße aus der Bäckerei 🥖".into(),
            text: "Zwölf Brote.\n\nBis Samstag!\n".into(),
            html: "<p>Zwölf <strong>Brote</strong>.</p>".into(),
        },
        unsubscribe: None,
    }
}

/// Writes it in a transaction of its own.
pub(crate) async fn write(app: &TestApp, owner: &Actor, mails: Vec<NewMail>) {
    let house = &app.house;
    let mut tx = house.db.begin(owner.workspace().id).await.expect("a transaction");
    mails::write(&mut tx, mails, house.clock.now(), &house.chance).await.expect("written");
    tx.commit().await.expect("a commit");
}

/// What the log says of an address, newest first.
pub(crate) async fn log(owner: &Actor, to: &str) -> Vec<Value> {
    let to = to.replace('+', "%2B");
    let page = owner.get(&format!("/api/mails?recipient={to}&limit=200")).await.expect(200).json();
    page["data"].as_array().cloned().expect("a list")
}

/// The only mail to an address, with its attempts, the latest first.
pub(crate) async fn detail(owner: &Actor, to: &str) -> Value {
    let log = log(owner, to).await;
    assert_eq!(log.len(), 1, "{log:?}");
    let id = log[0]["id"].as_str().expect("an id");
    owner.get(&format!("/api/mails/{id}")).await.expect(200).json()
}

/// Outcome and status of every attempt, the latest first.
pub(crate) fn outcomes(detail: &Value) -> Vec<Value> {
    let attempts = detail["attempts"].as_array().expect("a list").iter();
    attempts.map(|one| json!([one["outcome"], one["status"]])).collect()
}
