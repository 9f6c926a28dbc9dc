//! Sample JSON from a schema: its own examples first, then something plausible for each type.

use serde_json::{Map, Value, json};

/// Deeper than any shape of ours; ends circles of references.
const DEEPEST: usize = 6;

/// What a document of this schema may look like. `whole` fills in what may be left out.
pub(super) fn example(document: &Value, schema: &Value, whole: bool) -> Value {
    Maker { document, whole }.value(schema, 0)
}

struct Maker<'a> {
    document: &'a Value,
    whole: bool,
}

impl Maker<'_> {
    fn value(&self, schema: &Value, depth: usize) -> Value {
        if let Some(example) = schema.get("example") {
            return example.clone();
        }
        if depth > DEEPEST {
            return Value::Null;
        }
        if let Some(found) = super::schema::resolve(self.document, schema) {
            return self.value(found, depth + 1);
        }
        for choice in ["oneOf", "anyOf", "allOf"] {
            if let Some(first) = schema[choice].as_array().and_then(|all| all.first()) {
                return self.value(first, depth + 1);
            }
        }
        if let Some(first) = schema["enum"].as_array().and_then(|all| all.first()) {
            return first.clone();
        }
        match super::schema::kind(schema) {
            "object" => self.object(schema, depth),
            "array" => json!([self.value(&schema["items"], depth + 1)]),
            "integer" | "number" => schema.get("minimum").cloned().unwrap_or(json!(1)),
            "boolean" => json!(true),
            "string" => text(schema).into(),
            _ => Value::Null,
        }
    }

    fn object(&self, schema: &Value, depth: usize) -> Value {
        let must = |name: &str| {
            schema["required"].as_array().is_some_and(|names| names.iter().any(|it| it == name))
        };
        let properties = schema["properties"].as_object().into_iter().flatten();
        let shown = properties.filter(|(name, property)| {
            self.whole || must(name) || property.get("example").is_some()
        });
        let object: Map<String, Value> =
            shown.map(|(name, property)| (name.clone(), self.value(property, depth + 1))).collect();
        object.into()
    }
}

fn text(schema: &Value) -> String {
    match schema["format"].as_str() {
        Some("date-time") => return "2026-08-03T09:12:00.482Z".to_owned(),
        Some("email") => return "ada@example.com".to_owned(),
        Some("password") => return "correct horse battery".to_owned(),
        _ => {}
    }
    // Ids say by their pattern what they begin with: `^frm_[0-7]…`.
    let pattern = schema["pattern"].as_str().and_then(|pattern| pattern.strip_prefix('^'));
    match pattern.and_then(|pattern| pattern.split_once('_')) {
        Some((prefix, _)) if prefix.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            format!("{prefix}_01jb2m8q4xf0v3n6y8r2t5w7ka")
        }
        _ => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_what_must_be_there_and_a_reply_has_all() {
        let document = json!({"components": {"schemas": {
            "id": {"type": "string", "pattern": "^frm_[0-7]"},
        }}});
        let schema = json!({"type": "object", "required": ["id"], "properties": {
            "id": {"$ref": "#/components/schemas/id"},
            "note": {"type": ["string", "null"]},
            "mail": {"type": "string", "format": "email", "example": "ada@example.com"},
        }});
        let id = "frm_01jb2m8q4xf0v3n6y8r2t5w7ka";
        let request = example(&document, &schema, false);
        assert_eq!(request, json!({"id": id, "mail": "ada@example.com"}));
        assert_eq!(example(&document, &schema, true)["note"], "…");
    }
}
