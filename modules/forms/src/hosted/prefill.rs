//! What a form is filled in with before anybody has written: by its link, or else by its maker.

use serde_json::Value;

use super::views::KEY;
use crate::{definition::Definition, visits::trail::VISIT};

/// Names and texts as a browser would send them, with the page's own key and none that the link claims.
pub(super) fn prefilled(
    definition: &Definition,
    link: Vec<(String, String)>,
    key: &str,
) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> =
        link.into_iter().filter(|(name, _)| name != KEY && name != VISIT).collect();
    for field in &definition.fields {
        let Some(default) = &field.default else { continue };
        if !pairs.iter().any(|(name, _)| *name == field.key) {
            pairs.extend(texts(default).into_iter().map(|text| (field.key.clone(), text)));
        }
    }
    pairs.push((KEY.to_owned(), key.to_owned()));
    pairs
}

fn texts(default: &Value) -> Vec<String> {
    match default {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Null | Value::Object(_) => Vec::new(),
        Value::Bool(_) | Value::Number(_) => vec![default.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_link_has_the_first_word_and_the_maker_the_second() {
        let definition = Definition::from_fields(json!([
            {"key": "town", "type": "short_text", "label": "Town", "default": "Faro"},
            {"key": "days", "type": "choices", "label": "Days", "options": ["Mo", "Tu"], "default": ["Mo", "Tu"]},
            {"key": "age", "type": "number", "label": "Age", "default": 12.5},
            {"key": "ok", "type": "yes_no", "label": "OK?", "default": false},
        ]));
        let link = [("town", "Beja"), ("_key", "chosen")].map(|(a, b)| (a.into(), b.into()));
        let pairs = prefilled(&definition.expect("sound"), link.to_vec(), "made");
        let told: Vec<String> = pairs.iter().map(|(name, text)| format!("{name}={text}")).collect();
        assert_eq!(told, ["town=Beja", "days=Mo", "days=Tu", "age=12.5", "ok=false", "_key=made"]);
    }
}
