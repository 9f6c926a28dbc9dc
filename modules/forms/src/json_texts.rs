//! The texts in a JSON document of any shape.

use serde_json::Value;

/// Whether one of its texts, names or numbers is such a one.
pub(crate) fn any(value: &Value, is: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => is(text),
        Value::Number(number) => is(&number.to_string()),
        Value::Array(list) => list.iter().any(|one| any(one, is)),
        Value::Object(object) => object.iter().any(|(name, one)| is(name) || any(one, is)),
        Value::Null | Value::Bool(_) => false,
    }
}

/// Puts another text in the place of each such one; names stay.
pub(crate) fn replace(value: &mut Value, is: &dyn Fn(&str) -> bool, by: &str) {
    match value {
        Value::String(text) if is(text) => by.clone_into(text),
        Value::Array(list) => list.iter_mut().for_each(|one| replace(one, is, by)),
        Value::Object(object) => object.values_mut().for_each(|one| replace(one, is, by)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_are_found_and_replaced_wherever_they_stand() {
        let mut value = json!({"a": ["x", {"b": "ann"}], "n": 7, "ann": null});
        assert!(any(&value, &|text| text == "7") && any(&value, &|text| text == "ann"));
        assert!(!any(&value, &|text| text == "null"));
        replace(&mut value, &|text| text == "ann", "erased");
        assert_eq!(value, json!({"a": ["x", {"b": "erased"}], "n": 7, "ann": null}));
    }
}
