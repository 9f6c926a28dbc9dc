//! What makers of forms do: arranging them, and what becomes of their versions.

mod arranging;
mod versions;

use files::Files;
use forms::Forms;
use serde_json::{Value, json};
use testing::{Actor, Parts};
use web::Module;

fn modules(parts: &Parts) -> Vec<Box<dyn Module>> {
    let files = Files::local(&parts.folder.join("files")).expect("a folder for uploads");
    vec![Box::new(Forms::start(parts.house.clone(), files))]
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

async fn make(owner: &Actor, title: &str, fields: Value) -> Value {
    owner.post("/api/forms", &json!({"title": title, "fields": fields})).await.expect(201).json()
}

async fn publish(owner: &Actor, form: &str) -> Value {
    owner.post(&format!("/api/forms/{form}/publication"), &json!({})).await.expect(200).json()
}

fn field(key: &str, label: &str) -> Value {
    json!({"key": key, "type": "short_text", "label": label})
}
