//! The house with all its modules, and a program that may do all in a workspace.

use std::{path::PathBuf, time::Duration};

use axum::{Router, body::Bytes, http::Method};
use files::Files;
use mewayz::{modules, wiring::wiring};
use outbound::Outbound;
use serde_json::{Value, json};
use testing::{Actor, TestApp, TestSettings};

pub(crate) struct World {
    pub(crate) app: TestApp,
    pub(crate) owner: Actor,
    pub(crate) program: Actor,
    /// Where files lie.
    pub(crate) folder: PathBuf,
}

impl World {
    pub(crate) async fn start() -> World {
        let settings = TestSettings { wiring: wiring(), ..TestSettings::default() };
        let mut folder = PathBuf::new();
        let app = TestApp::start_with(settings, |parts| {
            folder = parts.folder.join("files");
            let files = Files::local(&folder).expect("a folder for uploads");
            let outbound = Outbound::new(vec!["127.0.0.1".parse().expect("an address")]);
            let systems = modules::Systems { files, mail: None, master_key: [7; 32], outbound };
            modules::systems(&parts.house, systems)
        })
        .await;
        let owner = app.register("Ada Byron", "Acme").await;
        let program = owner.with_key(&["*"]).await;
        World { app, owner, program, folder }
    }

    /// A published form with these fields and what it accepts.
    pub(crate) async fn form(&self, title: &str, fields: Value, acceptance: Value) -> String {
        let form = json!({"title": title, "fields": fields, "acceptance": acceptance});
        let form = text(&self.program.post("/api/forms", &form).await.expect(201).json()["id"]);
        let publication = format!("/api/forms/{form}/publication");
        self.program.post(&publication, &json!({})).await.expect(200);
        form
    }

    /// A form that asks for a name, an address and a wish.
    pub(crate) async fn contact(&self) -> String {
        let fields = json!([
            {"key": "name", "type": "short_text", "label": "Your name"},
            {"key": "email", "type": "email", "label": "E-mail"},
            {"key": "topic", "type": "choice", "label": "Topic", "options": ["Order", "Return"]},
            {"key": "wish", "type": "long_text", "label": "Wish"},
        ]);
        self.form("Contact", fields, json!({})).await
    }

    pub(crate) async fn submit(&self, form: &str, answers: Value) -> String {
        self.submit_with(form, json!({"answers": answers})).await
    }

    pub(crate) async fn submit_with(&self, form: &str, body: Value) -> String {
        let call = format!("/api/forms/{form}/submissions");
        text(&self.program.post(&call, &body).await.expect(201).json()["id"])
    }

    /// Many at once.
    pub(crate) async fn fill(&self, form: &str, count: usize, answers: impl Fn(usize) -> Value) {
        let lines: Vec<String> =
            (0..count).map(|it| json!({"answers": answers(it)}).to_string()).collect();
        let call = format!("/api/forms/{form}/submissions/bulk");
        let kind = Some("application/x-ndjson");
        let sent = self.program.send(Method::POST, &call, kind, lines.join("\n").into()).await;
        assert_eq!(sent.expect(200).json()["rejected"], 0);
    }

    /// Lets everything be done that is waiting, and what follows from it.
    pub(crate) async fn settle(&self) {
        for _ in 0..3 {
            self.app.clock.advance(Duration::from_secs(1));
            self.app.drain_jobs().await;
        }
    }

    /// Asks for a person; gives the id.
    pub(crate) async fn ask(&self, body: &Value) -> String {
        let asked = self.program.post("/api/erasures", body).await.expect(202);
        let id = text(&asked.json()["id"]);
        assert_eq!(asked.header("location"), format!("/api/erasures/{id}"));
        id
    }

    pub(crate) async fn show(&self, id: &str) -> Value {
        self.program.get(&format!("/api/erasures/{id}")).await.expect(200).json()
    }

    /// Looks for a person.
    pub(crate) async fn search(&self, body: &Value) -> Value {
        let id = self.ask(body).await;
        self.settle().await;
        let found = self.show(&id).await;
        assert_eq!(found["status"], "found", "{found}");
        found
    }

    /// Says the word on what was found.
    pub(crate) async fn erase(&self, found: &Value) -> Value {
        let id = text(&found["id"]);
        self.program.post(&format!("/api/erasures/{id}/run"), &json!({})).await.expect(202);
        self.settle().await;
        let erased = self.show(&id).await;
        assert_eq!(erased["status"], "done", "{erased}");
        erased
    }

    /// How many submissions the list of a tray has.
    pub(crate) async fn listed(&self, form: &str, query: &str) -> usize {
        let call = format!("/api/forms/{form}/submissions?limit=200&{query}");
        let page = self.program.get(&call).await.expect(200).json();
        page["data"].as_array().expect("a list").len()
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A program that answers with what it was sent.
pub(crate) async fn echo() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/hooks", listener.local_addr().expect("an address"));
    let router = Router::new().fallback(|body: Bytes| async move { body });
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}
