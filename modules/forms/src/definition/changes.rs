//! What changed between two documents of a form.

mod options;
mod order;

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{Definition, Field};

pub(crate) use options::OptionChanges;
pub(crate) use order::Moved;

/// What a newer document has otherwise than an older one. Questions are known by their keys.
#[derive(Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = FormChanges)]
pub(crate) struct Changes {
    /// Of the form itself, when it is called otherwise.
    pub(crate) title: Option<Property>,
    pub(crate) added: Vec<Named>,
    pub(crate) removed: Vec<Named>,
    pub(crate) changed: Vec<FieldChange>,
    /// What stands elsewhere among the others: the fewest that explain the new order.
    pub(crate) moved: Vec<Moved>,
    /// Of how the form presents itself, but for its look.
    pub(crate) settings: Vec<Property>,
    /// Of how it looks.
    pub(crate) look: Vec<Property>,
}

/// A field, by its key, with its newest label and type.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FieldName)]
pub(crate) struct Named {
    pub(crate) key: String,
    pub(crate) label: String,
    #[serde(rename = "type")]
    #[schema(rename = "type")]
    pub(crate) kind: &'static str,
}

/// A field that is otherwise than before.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct FieldChange {
    #[serde(flatten)]
    #[schema(inline)]
    pub(crate) field: Named,
    /// All but its options.
    pub(crate) properties: Vec<Property>,
    /// None when the options are as they were.
    pub(crate) options: Option<OptionChanges>,
}

/// A property that is otherwise than before; `null` where it was not set, or is not any more.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = PropertyChange)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) before: Value,
    pub(crate) after: Value,
}

impl Changes {
    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Changes::default()
    }

    /// From the older to the newer; the title is no part of a document.
    pub(crate) fn between(older: &Definition, newer: &Definition) -> Self {
        let (before, after) = (by_key(older), by_key(newer));
        let lacking = |of: &Definition, other: &HashMap<&str, &Field>| -> Vec<Named> {
            let missing = of.fields.iter().filter(|field| !other.contains_key(field.key.as_str()));
            missing.map(Named::of).collect()
        };
        let changed = newer.fields.iter().filter_map(|field| {
            before.get(field.key.as_str()).and_then(|older| FieldChange::between(older, field))
        });
        let (settings, look) = presented(older, newer);
        Changes {
            title: None,
            added: lacking(newer, &before),
            removed: lacking(older, &after),
            changed: changed.collect(),
            moved: order::moved(older, newer),
            settings,
            look,
        }
    }

    /// The same of two editions with titles.
    pub(crate) fn titled(mut self, before: &str, after: &str) -> Self {
        self.title = (before != after).then(|| Property {
            name: "title".into(),
            before: before.into(),
            after: after.into(),
        });
        self
    }
}

impl Named {
    pub(super) fn of(field: &Field) -> Self {
        Named { key: field.key.clone(), label: field.label.clone(), kind: field.kind.name() }
    }
}

impl FieldChange {
    fn between(older: &Field, newer: &Field) -> Option<Self> {
        let mut properties = properties(&as_object(older), &as_object(newer));
        properties.retain(|property| property.name != "options");
        let options = OptionChanges::between(older.kind.options(), newer.kind.options());
        let any = !properties.is_empty() || options.is_some();
        any.then(|| FieldChange { field: Named::of(newer), properties, options })
    }
}

fn by_key(definition: &Definition) -> HashMap<&str, &Field> {
    definition.fields.iter().map(|field| (field.key.as_str(), field)).collect()
}

/// What changed in the settings, and in the look among them.
fn presented(older: &Definition, newer: &Definition) -> (Vec<Property>, Vec<Property>) {
    let mut settings = properties(&as_object(&older.settings), &as_object(&newer.settings));
    settings.retain(|property| property.name != "theme");
    let look = properties(&as_object(&older.settings.theme), &as_object(&newer.settings.theme));
    (settings, look)
}

/// Plain data, which always becomes JSON.
pub(crate) fn as_object(value: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

fn properties(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<Property> {
    let names = after.keys().chain(before.keys().filter(|name| !after.contains_key(*name)));
    let changes = names.filter_map(|name| {
        let (before, after) = (before.get(name), after.get(name));
        let value = |it: Option<&Value>| it.cloned().unwrap_or(Value::Null);
        (before != after).then(|| Property {
            name: name.clone(),
            before: value(before),
            after: value(after),
        })
    });
    changes.collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// A form of these questions, of which those that are called so are pages.
    pub(crate) fn form(keys: &[&str]) -> Definition {
        let kind = |key: &str| if key.starts_with("page") { "page" } else { "yes_no" };
        let fields = keys.iter().map(|key| json!({"key": key, "type": kind(key), "label": key}));
        Definition::from_fields(fields.collect()).expect("sound")
    }

    #[test]
    fn what_was_added_and_removed_is_told_with_its_type() {
        let changes = Changes::between(&form(&["a", "b"]), &form(&["b", "c"]));
        let told = serde_json::to_value(&changes).expect("JSON");
        assert_eq!(told["added"], json!([{"key": "c", "label": "c", "type": "yes_no"}]));
        assert_eq!(told["removed"], json!([{"key": "a", "label": "a", "type": "yes_no"}]));
        assert!(changes.changed.is_empty() && changes.moved.is_empty());
        assert!(Changes::between(&form(&["a"]), &form(&["a"])).is_empty());
    }

    #[test]
    fn a_look_is_told_apart_from_the_settings() {
        let document = |theme: Value| {
            let fields = json!([{"key": "a", "type": "yes_no", "label": "A"}]);
            Definition::from_json(json!({"fields": fields, "settings": {"theme": theme}}))
                .expect("sound")
        };
        let (old, new) =
            (document(json!({"font": "serif"})), document(json!({"corners": "round"})));
        let told = serde_json::to_value(Changes::between(&old, &new)).expect("JSON");
        assert_eq!(told["settings"], json!([]));
        assert_eq!(
            told["look"],
            json!([
                {"name": "corners", "before": null, "after": "round"},
                {"name": "font", "before": "serif", "after": null},
            ])
        );
    }

    #[test]
    fn what_changed_in_a_question_is_told_property_by_property() {
        let document = |label: &str, more: Value| {
            let field =
                json!({"key": "it", "type": "short_text", "label": label, "max_length": more});
            let settings = json!({"thanks_title": label});
            Definition::from_json(json!({"fields": [field], "settings": settings})).expect("sound")
        };
        let changes = Changes::between(&document("A", json!(9)), &document("B", Value::Null));
        let told = serde_json::to_value(&changes).expect("JSON");
        assert_eq!(
            told["changed"],
            json!([{"key": "it", "label": "B", "type": "short_text", "options": null, "properties": [
                {"name": "label", "before": "A", "after": "B"},
                {"name": "max_length", "before": 9, "after": null},
            ]}])
        );
        assert_eq!(
            told["settings"][0],
            json!({"name": "thanks_title", "before": "A", "after": "B"})
        );
    }
}
