//! What changed between two documents of a form.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::Definition;

/// What a newer document has otherwise than an older one. Questions are known by their keys.
#[derive(Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = FormChanges)]
pub(crate) struct Changes {
    pub(crate) added: Vec<Named>,
    pub(crate) removed: Vec<Named>,
    pub(crate) changed: Vec<FieldChange>,
    /// What stands elsewhere among the others: the fewest that explain the new order.
    pub(crate) moved: Vec<Named>,
    /// Of how the form presents itself.
    pub(crate) settings: Vec<Property>,
}

/// A field, by its key and its newest label.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FieldName)]
pub(crate) struct Named {
    pub(crate) key: String,
    pub(crate) label: String,
}

/// A field that is otherwise than before.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct FieldChange {
    #[serde(flatten)]
    #[schema(inline)]
    pub(crate) field: Named,
    pub(crate) properties: Vec<Property>,
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

    /// From the older to the newer.
    pub(crate) fn between(older: &Definition, newer: &Definition) -> Self {
        let (before, after) = (Fields::of(older), Fields::of(newer));
        let lacking = |of: &Fields, other: &Fields| {
            let missing = of.names.iter().filter(|name| !other.has(&name.key));
            missing.cloned().collect::<Vec<_>>()
        };
        let common = after.names.iter().filter(|name| before.has(&name.key));
        let changed = common.filter_map(|name| {
            let properties = properties(before.json(&name.key), after.json(&name.key));
            (!properties.is_empty()).then(|| FieldChange { field: name.clone(), properties })
        });
        Changes {
            added: lacking(&after, &before),
            removed: lacking(&before, &after),
            changed: changed.collect(),
            moved: moved(&before, &after),
            settings: properties(&as_object(&older.settings), &as_object(&newer.settings)),
        }
    }
}

/// Fields as JSON, by key, and in order.
struct Fields {
    names: Vec<Named>,
    by_key: HashMap<String, (usize, Map<String, Value>)>,
}

impl Fields {
    fn of(definition: &Definition) -> Self {
        let fields = definition.fields.iter();
        let names = fields
            .clone()
            .map(|field| Named { key: field.key.clone(), label: field.label.clone() })
            .collect();
        let by_key = fields
            .enumerate()
            .map(|(index, field)| (field.key.clone(), (index, as_object(field))))
            .collect();
        Fields { names, by_key }
    }

    fn has(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    fn json(&self, key: &str) -> &Map<String, Value> {
        &self.by_key[key].1
    }
}

/// Plain data, which always becomes JSON.
fn as_object(value: &impl Serialize) -> Map<String, Value> {
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

/// All common fields but for the most that still stand in the old order.
fn moved(before: &Fields, after: &Fields) -> Vec<Named> {
    let common: Vec<(&Named, usize)> = after
        .names
        .iter()
        .filter_map(|name| Some((name, before.by_key.get(&name.key)?.0)))
        .collect();
    let places: Vec<usize> = common.iter().map(|(_, place)| *place).collect();
    let still = longest_rising(&places);
    let elsewhere = common.iter().enumerate().filter(|(index, _)| !still.contains(index));
    elsewhere.map(|(_, (name, _))| (*name).clone()).collect()
}

/// The positions of a longest rising subsequence; a form has few enough fields for the plain way.
fn longest_rising(places: &[usize]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(places.len());
    for (index, place) in places.iter().enumerate() {
        let before = (0..index).filter(|&it| places[it] < *place).max_by_key(|&it| best[it].0);
        best.push((1 + before.map_or(0, |it| best[it].0), before));
    }
    let mut at = (0..places.len()).max_by_key(|&index| best[index].0);
    let mut rising = Vec::new();
    while let Some(index) = at {
        rising.push(index);
        at = best[index].1;
    }
    rising
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form(keys: &[&str]) -> Definition {
        let fields = keys.iter().map(|key| json!({"key": key, "type": "yes_no", "label": key}));
        Definition::from_fields(fields.collect()).expect("sound")
    }

    fn keys(names: &[Named]) -> Vec<&str> {
        names.iter().map(|name| name.key.as_str()).collect()
    }

    #[test]
    fn what_was_added_removed_and_moved_is_told_in_few_words() {
        let (old, new) = (form(&["a", "b", "c", "d", "e"]), form(&["a", "d", "b", "c", "f"]));
        let changes = Changes::between(&old, &new);
        assert_eq!(keys(&changes.added), ["f"]);
        assert_eq!(keys(&changes.removed), ["e"]);
        assert_eq!(keys(&changes.moved), ["d"]);
        assert!(changes.changed.is_empty() && Changes::between(&old, &old).is_empty());
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
            json!([{"key": "it", "label": "B", "properties": [
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
