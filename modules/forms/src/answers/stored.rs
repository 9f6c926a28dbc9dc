//! Reads answers back from the database, in whatever order it returns them.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Value;
use super::given::Given;
use super::shapes;

/// Keys and values as stored.
pub(super) struct Stored(pub(super) Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Stored {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Stored;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("stored answers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Stored, A::Error> {
        let mut values = Vec::with_capacity(map.size_hint().unwrap_or(8));
        while let Some((key, raw)) = map.next_entry::<String, &RawValue>()? {
            let value = value(raw).ok_or_else(|| A::Error::custom("not a stored answer"))?;
            values.push((key, value));
        }
        Ok(Stored(values))
    }
}

fn value(raw: &RawValue) -> Option<Value> {
    Some(match Given::from_json(raw).ok()? {
        Given::Text(text) => Value::Text(text.into_owned()),
        Given::Number(digits) => Value::number(shapes::decimal(digits)?),
        Given::Flag(flag) => Value::Flag(flag),
        Given::List(list) => Value::List(list.into_iter().map(Into::into).collect()),
        Given::Nothing | Given::Nested => return None,
    })
}
