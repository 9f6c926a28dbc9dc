//! What each type of field takes and refuses, and how a whole submission is judged.

mod kinds;
mod whole;

use forms::answers::{Answers, Compiled};
use forms::definition::Definition;
use forms::limits;
use serde_json::{Value, json};

fn definition(fields: Value) -> Definition {
    Definition::from_fields(fields).expect("a sound form")
}

fn form(fields: Value) -> Compiled {
    Compiled::new(&definition(fields)).expect("compiles")
}

/// A form of the one field `it`.
fn asking(kind: &str, settings: Value) -> Compiled {
    let mut field = json!({"key": "it", "type": kind, "label": "It"});
    field.as_object_mut().expect("object").extend(settings.as_object().expect("object").clone());
    form(json!([field]))
}

/// The stored JSON of the answers, or their problems as `place code`.
fn outcome(judged: Result<Answers, kernel::Fields>) -> String {
    match judged {
        Ok(answers) => answers.to_json(),
        Err(problems) => {
            let told = problems.iter().map(|problem| format!("{} {}", problem.field, problem.code));
            told.collect::<Vec<_>>().join(", ")
        }
    }
}

/// What becomes of one JSON value sent as `it`: the stored value, or the code of the refusal.
fn sent(form: &Compiled, value: &Value) -> String {
    let outcome = outcome(form.from_json(&format!("{{\"it\":{value}}}")));
    let stored = outcome.strip_prefix("{\"it\":").and_then(|rest| rest.strip_suffix('}'));
    stored.or(outcome.strip_prefix("answers.it ")).unwrap_or(&outcome).to_owned()
}

fn takes(form: &Compiled, values: impl IntoIterator<Item = Value>) {
    for value in values {
        assert_eq!(sent(form, &value), value.to_string());
    }
}

fn refuses(form: &Compiled, cases: impl IntoIterator<Item = (Value, &'static str)>) {
    for (value, code) in cases {
        assert_eq!(sent(form, &value), code, "{value}");
    }
}

/// The outcome of a page that sends these pairs.
fn on_page(form: &Compiled, pairs: &[(&str, &str)]) -> String {
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    outcome(form.from_form(&pairs.iter().map(owned).collect::<Vec<_>>()))
}

fn message(judged: Result<Answers, kernel::Fields>) -> String {
    judged.expect_err("refused").iter().next().expect("one problem").message.clone()
}
