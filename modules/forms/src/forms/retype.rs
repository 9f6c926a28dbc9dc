//! Another type for a field, with all of its settings that the new type knows.

use serde_json::{Map, Value, json};

use super::settings::settings;

/// Types whose answers are of one nature, so that a field may turn from one into another.
const FAMILIES: [&[&str]; 5] = [
    &["short_text", "long_text", "email", "phone"],
    &["choice", "choices", "dropdown"],
    &["scale", "rating", "nps", "number"],
    &["yes_no", "consent"],
    &["section", "page"],
];

/// The types that a field of this type may turn into, itself among them.
pub(crate) fn family(kind: &str) -> &'static [&'static str] {
    FAMILIES.iter().find(|family| family.contains(&kind)).copied().unwrap_or_default()
}

/// The field as one of another type; what does not fit is left out.
pub(crate) fn retyped(field: &Value, kind: &str) -> Value {
    let known = settings(kind);
    let kept = |name: &str| {
        matches!(name, "key" | "label") || known.iter().any(|setting| setting.name == name)
    };
    let properties = field.as_object().into_iter().flatten();
    let properties = properties.filter(|(name, _)| kept(name));
    let mut changed: Map<String, Value> =
        properties.map(|(name, value)| (name.clone(), value.clone())).collect();
    changed.insert("type".into(), json!(kind));
    fit(&mut changed, kind);
    Value::Object(changed)
}

/// Brings limits and default into the new type's bounds.
fn fit(field: &mut Map<String, Value>, kind: &str) {
    if let Some(default) = field.get_mut("default") {
        match (kind, default.take()) {
            ("choices", Value::String(one)) => *default = json!([one]),
            ("choice" | "dropdown", Value::Array(several)) => {
                *default = several.first().cloned().unwrap_or_default();
            }
            (_, other) => *default = other,
        }
    }
    if kind == "rating" {
        let most = field.get("max").and_then(Value::as_i64).unwrap_or(5).clamp(3, 10);
        field.insert("max".into(), json!(most));
    }
    if kind == "scale" {
        let least = field.get("min").and_then(Value::as_i64).unwrap_or(1).clamp(-100, 100);
        let most = field.get("max").and_then(Value::as_i64).unwrap_or(least + 4);
        field.insert("min".into(), json!(least));
        field.insert("max".into(), json!(most.clamp(least + 1, least + 20)));
    }
    let bounds = match kind {
        "rating" => Some((1, field["max"].as_i64().unwrap_or(5))),
        "nps" => Some((0, 10)),
        "scale" => field["min"].as_i64().zip(field["max"].as_i64()),
        _ => None,
    };
    let default = field.get("default").and_then(Value::as_f64);
    if let (Some((low, high)), Some(default)) = (bounds, default)
        && !(low as f64..=high as f64).contains(&default)
    {
        field.remove("default");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::{Definition, Kind};

    fn sound(field: Value) -> Value {
        let definition = Definition::from_fields(json!([field, {"type": "nps", "label": "N"}]));
        serde_json::to_value(&definition.expect("a sound form").fields[0]).expect("JSON")
    }

    #[test]
    fn whatever_a_field_becomes_is_sound() {
        for kind in Kind::NAMES {
            let mut field = json!({"type": kind, "label": "A", "key": "a"});
            if family(kind).contains(&"choice") {
                field["options"] = json!(["x", "y"]);
            }
            for other in family(kind) {
                assert_eq!(sound(retyped(&sound(field.clone()), other))["type"], *other, "{kind}");
            }
        }
        let wide = json!({"type": "number", "label": "A", "key": "a", "min": -500, "max": 4000, "default": 99});
        for other in ["scale", "rating", "nps"] {
            assert_eq!(sound(retyped(&wide, other))["default"], Value::Null, "{other}");
        }
    }

    #[test]
    fn what_the_new_type_knows_is_kept() {
        let picks = json!({"type": "choices", "key": "a", "label": "A", "help": "H", "required": true, "other": true,
            "shuffle": true, "options": ["x", "y"], "default": ["y", "x"], "max_picks": 2});
        let pick = sound(retyped(&sound(picks), "dropdown"));
        assert_eq!(pick["default"], "y");
        assert!(pick["other"] == true && pick["shuffle"] == true && pick["required"] == true);
        assert_eq!((&pick["help"], &pick["max_picks"]), (&json!("H"), &Value::Null));
        assert_eq!(sound(retyped(&pick, "choices"))["default"], json!(["y"]));
    }
}
