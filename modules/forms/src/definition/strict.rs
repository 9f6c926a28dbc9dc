//! JSON in which no property may stand twice: of two, one would be lost unseen.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Any JSON value without duplicate properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Strict(pub Value);

impl From<Value> for Strict {
    fn from(value: Value) -> Self {
        Strict(value)
    }
}

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue).map(Strict)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(flag.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            if object.contains_key(&name) {
                let message = format!("“{name}” is there twice; send it once");
                return Err(A::Error::custom(message));
            }
            let Strict(value) = map.next_value()?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_stands_once_and_everything_else_is_as_it_was() {
        let json =
            r#"[null, true, -1, 18446744073709551615, 1.5, "a\u00e9", {"a": [{}], "b": {"a": 1}}]"#;
        let plain: Value = serde_json::from_str(json).expect("JSON");
        assert_eq!(serde_json::from_str::<Strict>(json).expect("JSON"), Strict(plain));
        let twice = serde_json::from_str::<Strict>(r#"[{"label": "A", "label": "B"}]"#);
        assert!(twice.is_err_and(|error| error.to_string().contains("“label” is there twice")));
    }
}
