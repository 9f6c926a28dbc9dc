//! How a program sends submissions to this form: its id, and a call with its own keys.

use maud::{Markup, html};
use serde_json::{Map, Value, json};
use ui::{Icon, code_block, copy_button};

use super::Editor;
use crate::{
    definition::{Definition, Field, Kind},
    paths,
};

/// Closed until someone wants it.
pub(super) fn section(editor: &Editor<'_>) -> Markup {
    let id = editor.form.id.to_string();
    let keys = paths::keys_to_send(editor.viewer.slug);
    html! {
        details.by-program {
            summary.by-program__head { (Icon::Key) span { "Send submissions from a program" } (Icon::ChevronDown) }
            div.stack.by-program__body {
                div.row { span.muted { "Form id" } code { (id) } (copy_button(&id, "Copy id")) }
                (code_block("Try it", &call(&id, editor.definition, editor.origin)))
                p.muted {
                    "Put a key in place of mwz_…; " a href=(keys) { "make one" }
                    " that may only send. " a href="/api/docs" { "All calls" }
                }
            }
        }
    }
}

fn call(id: &str, definition: &Definition, origin: &str) -> String {
    let body = json!({"answers": answers(definition)});
    let body = serde_json::to_string_pretty(&body).unwrap_or_default().replace('\'', r"'\''");
    format!(
        "curl -X POST {origin}/api/forms/{id}/submissions \\\n  -H 'Authorization: Bearer mwz_…' \\\n  \
         -H 'Content-Type: application/json' \\\n  -H 'Idempotency-Key: first-one' \\\n  -d '{body}'"
    )
}

/// One plausible answer for each question.
fn answers(definition: &Definition) -> Map<String, Value> {
    let questions = definition.fields.iter();
    questions.filter_map(|field| Some((field.key.clone(), answer(field)?))).collect()
}

fn answer(field: &Field) -> Option<Value> {
    let first = || field.kind.options().first().map(|option| json!(option.value));
    match &field.kind {
        Kind::ShortText(_) | Kind::LongText(_) => Some(json!("Some words")),
        Kind::Email(_) => Some(json!("ada@example.com")),
        Kind::Phone => Some(json!("+44 20 7946 0018")),
        Kind::Number(numbers) => Some(numbers.min.clone().map_or(json!(12), Value::Number)),
        Kind::Date(dates) => {
            Some(json!(dates.min.map_or("2026-08-03".into(), |day| day.to_string())))
        }
        Kind::Time => Some(json!("09:30")),
        Kind::Choice(_) | Kind::Dropdown(_) => first(),
        Kind::Choices(_) => first().map(|value| json!([value])),
        Kind::Scale(points) => Some(json!(points.max)),
        Kind::Rating(rating) => Some(json!(rating.max)),
        Kind::Nps => Some(json!(9)),
        Kind::YesNo | Kind::Consent(_) => Some(json!(true)),
        // A file is uploaded first; what is hidden has its own default.
        Kind::File(_) | Kind::Hidden(_) | Kind::Section | Kind::Page => None,
    }
}
