//! A form with submissions, and the exports of it.

use std::{path::PathBuf, time::Duration};

use serde_json::{Value, json};
use testing::{Actor, Reply, TestApp};

use crate::counting;

pub(crate) struct World {
    pub(crate) app: TestApp,
    /// Looks at pages.
    pub(crate) owner: Actor,
    /// Calls the API by a key, which outlives what the clock is moved by.
    pub(crate) program: Actor,
    pub(crate) form: String,
    pub(crate) folder: PathBuf,
}

impl World {
    /// A published form with these fields.
    pub(crate) async fn with(fields: Value) -> World {
        let (app, folder) = counting::start().await;
        let owner = app.register("Ada Byron", "Acme").await;
        let program = owner.with_key(&["*"]).await;
        let mut world = World { app, owner, program, form: String::new(), folder };
        world.form = world.publish_form(&fields).await;
        world
    }

    pub(crate) async fn publish_form(&self, fields: &Value) -> String {
        let form = json!({"title": "Contact us", "fields": fields});
        let made = self.program.post("/api/forms", &form).await.expect(201).json();
        let form = text(&made["id"]).to_owned();
        self.program.post(&format!("/api/forms/{form}/publication"), &json!({})).await.expect(200);
        form
    }

    /// Publishes other fields as the next version.
    pub(crate) async fn republish(&self, fields: Value) {
        let form = format!("/api/forms/{}", self.form);
        self.program.patch(&form, &json!({"fields": fields})).await.expect(200);
        self.program.post(&format!("{form}/publication"), &json!({})).await.expect(200);
    }

    pub(crate) async fn submit(&self, answers: Value) {
        let submissions = format!("/api/forms/{}/submissions", self.form);
        self.program.post(&submissions, &json!({"answers": answers})).await.expect(201);
    }

    /// Sends so many, and lets them be counted.
    pub(crate) async fn fill(&self, count: usize, answers: impl Fn(usize) -> Value) {
        let bulk = format!("/api/forms/{}/submissions/bulk", self.form);
        let numbers: Vec<usize> = (1..=count).collect();
        for some in numbers.chunks(5_000) {
            let line = |number: &usize| json!({"answers": answers(*number)}).to_string();
            let lines: Vec<String> = some.iter().map(line).collect();
            let kind = Some("application/x-ndjson");
            let sent = self
                .program
                .send(axum::http::Method::POST, &bulk, kind, lines.join("\n").into())
                .await;
            assert_eq!(sent.expect(200).json()["rejected"], 0);
        }
        self.settle().await;
    }

    /// Lets everything be done that is waiting.
    pub(crate) async fn settle(&self) {
        self.app.clock.advance(Duration::from_secs(1));
        self.app.drain_jobs().await;
    }

    /// Asks for an export; gives its id.
    pub(crate) async fn ask(&self, request: &Value) -> String {
        let exports = format!("/api/forms/{}/exports", self.form);
        let asked = self.program.post(&exports, request).await.expect(202);
        let id = text(&asked.json()["id"]).to_owned();
        assert_eq!(asked.header("location"), format!("/api/exports/{id}"));
        id
    }

    pub(crate) async fn show(&self, id: &str) -> Value {
        self.program.get(&format!("/api/exports/{id}")).await.expect(200).json()
    }

    pub(crate) async fn file(&self, id: &str) -> Reply {
        self.program.get(&format!("/api/exports/{id}/file")).await
    }

    /// The file of an export that is asked for and made.
    pub(crate) async fn export(&self, request: &Value) -> Reply {
        let id = self.ask(request).await;
        self.settle().await;
        let export = self.show(&id).await;
        assert_eq!(export["status"], "done", "{export}");
        self.file(&id).await.expect(200)
    }

    /// Sends a file to a form; gives the answer.
    pub(crate) async fn send_file(&self, form: &str, kind: &str, content: Vec<u8>) -> Reply {
        let path = format!("/api/forms/{form}/imports?name=old");
        self.program.send(axum::http::Method::POST, &path, Some(kind), content.into()).await
    }

    /// Lets an import do one of its steps, and gives it as it is then.
    pub(crate) async fn step(&self, import: &str, step: &str) -> Value {
        let path = format!("/api/imports/{import}/{step}");
        self.program.post(&path, &json!({})).await.expect(202);
        self.settle().await;
        self.import(import).await
    }

    pub(crate) async fn import(&self, import: &str) -> Value {
        self.program.get(&format!("/api/imports/{import}")).await.expect(200).json()
    }

    /// The submissions of a form as its exports have them, the oldest first.
    pub(crate) async fn lines_of(&self, form: &str) -> Vec<Value> {
        let text = self.export_of(form, &json!({"format": "jsonl"})).await.text();
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// The file of an export of some form.
    pub(crate) async fn export_of(&self, form: &str, request: &Value) -> Reply {
        let exports = format!("/api/forms/{form}/exports");
        let id =
            text(&self.program.post(&exports, request).await.expect(202).json()["id"]).to_owned();
        self.settle().await;
        let export = self.show(&id).await;
        assert_eq!(export["status"], "done", "{export}");
        self.file(&id).await.expect(200)
    }

    /// Bytes that lie in the folder, finished or not.
    pub(crate) fn stored_files(&self) -> usize {
        let Ok(workspaces) = std::fs::read_dir(&self.folder) else { return 0 };
        let files = workspaces.flatten().filter_map(|it| std::fs::read_dir(it.path()).ok());
        files.map(Iterator::count).sum()
    }
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
