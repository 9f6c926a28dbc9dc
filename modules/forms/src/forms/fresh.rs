//! A new field: as it was described, or as the palette makes one.

use serde_json::{Value, json};

use super::settings::{OPTIONS, changed, has_options};
use crate::pages::sent;

/// With the label and options that were sent; without a label, one that is ready to be written over.
pub(crate) fn fresh(others: &[Value], pairs: &[(String, String)]) -> Value {
    let kind = sent(pairs, "type").unwrap_or_default();
    match sent(pairs, "label") {
        Some(label) => described(kind, label.trim(), pairs),
        None => ready(others, kind),
    }
}

fn described(kind: &str, label: &str, pairs: &[(String, String)]) -> Value {
    let mut bare = json!({"type": kind, "required": sent(pairs, "required") == Some("true")});
    bare["label"] = label.into();
    if has_options(kind) {
        bare[OPTIONS.name] = changed(&bare, pairs)[OPTIONS.name].take();
    }
    bare
}

/// Its key names the type: it stays when the label is written, and must not lie.
fn ready(others: &[Value], kind: &str) -> Value {
    let label = match kind {
        "page" => "New page",
        "section" => "New section",
        "hidden" => "Hidden value",
        "consent" => "I agree",
        _ => "New question",
    };
    let taken = |key: &String| others.iter().any(|field| field["key"] == **key);
    let keys = (2..).map(|number| format!("{kind}_{number}"));
    let key = std::iter::once(kind.to_owned()).chain(keys).find(|key| !taken(key));
    let mut field = json!({"type": kind, "key": key, "label": label, "required": false});
    if has_options(kind) {
        field[OPTIONS.name] = json!(["Option 1", "Option 2", "Option 3"]);
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::{Definition, Kind};

    #[test]
    fn whatever_the_palette_makes_is_sound() {
        let mut fields = Vec::new();
        for kind in Kind::NAMES.iter().chain(&Kind::NAMES) {
            let field = fresh(&fields, &[("type".into(), (*kind).into())]);
            fields.push(field);
        }
        assert_eq!(Definition::from_fields(fields.into()).map(|it| it.fields.len()), Ok(38));
    }
}
