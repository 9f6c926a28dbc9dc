//! The conditions of a form as its page hands them to the browser: the same document, without what
//! conditions do not ask.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::definition::{Condition, Definition, Field, Kind};

impl Definition {
    /// Whether anything depends on answers.
    pub fn has_logic(&self) -> bool {
        self.fields.iter().any(|field| field.show_if.is_some() || field.require_if.is_some())
    }

    /// Every field with its type and conditions, and what tests need to know of those that they ask.
    pub fn logic_for_browser(&self) -> Value {
        let conditions = self.fields.iter().flat_map(|field| [&field.show_if, &field.require_if]);
        let tests = conditions.flatten().flat_map(Condition::tests);
        let asked: HashSet<&str> = tests.map(|test| test.field.as_str()).collect();
        self.fields.iter().map(|field| entry(field, asked.contains(field.key.as_str()))).collect()
    }
}

fn entry(field: &Field, asked: bool) -> Value {
    let mut entry = json!({"key": field.key, "type": field.kind.name()});
    if field.required {
        entry["required"] = true.into();
    }
    for (name, condition) in [("show_if", &field.show_if), ("require_if", &field.require_if)] {
        if let Some(condition) = condition {
            entry[name] = serde_json::to_value(condition).unwrap_or_default();
        }
    }
    if !asked {
        return entry;
    }
    match &field.kind {
        Kind::Choice(pick) | Kind::Dropdown(pick) if pick.other => entry["other"] = true.into(),
        Kind::Choices(picks) if picks.other => entry["other"] = true.into(),
        Kind::Hidden(hidden) => entry["default"] = hidden.default.clone().into(),
        _ => {}
    }
    // To know an own answer by being none of them.
    if entry.get("other").is_some() {
        let values = field.kind.options().iter();
        entry["options"] = values.map(|option| option.value.as_str()).collect();
    }
    entry
}
