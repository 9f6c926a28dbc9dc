//! What people answer: one validation for the API and the page, one form in which it is stored.

mod compiled;
mod given;
mod json;
mod logic;
mod page;
mod problem;
mod rules;
mod shapes;
mod shown;
mod stored;

use serde::ser::{Serialize, SerializeMap, Serializer};

use stored::Stored;

pub use compiled::{Attached, Compiled};
pub use logic::{Fate, Shown};
pub(crate) use logic::{FieldTold, Told};
pub(crate) use shapes::is_email;

/// Answers that passed every rule, in the order of the form; unanswered questions are absent.
///
/// Texts are kept byte for byte. Only a page's single-line inputs lose white space at their ends,
/// because people do not see what they paste there.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    values: Vec<(String, Value)>,
}

/// One answer as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Integer(i64),
    /// Always with a fraction; whole numbers are [`Value::Integer`].
    Decimal(f64),
    Flag(bool),
    /// Picked options, or ids of files.
    List(Vec<String>),
}

impl Value {
    /// A finite number within ±10¹⁵.
    fn number(number: f64) -> Self {
        // Exact: whole numbers of this size are far below 2⁵³.
        if number.fract() == 0.0 { Value::Integer(number as i64) } else { Value::Decimal(number) }
    }

    /// Bytes, with room for what stands around it in a document.
    fn weight(&self) -> usize {
        const AROUND: usize = 32;
        match self {
            Value::Text(text) => text.len() + AROUND,
            Value::List(list) => {
                list.iter().map(|text| text.len() + AROUND).sum::<usize>() + AROUND
            }
            Value::Integer(_) | Value::Decimal(_) | Value::Flag(_) => AROUND,
        }
    }
}

impl Answers {
    fn new(values: Vec<(String, Value)>) -> Self {
        Answers { values }
    }

    /// The compact JSON object to store.
    pub fn to_json(&self) -> String {
        // Cannot fail: the keys are texts and the numbers finite.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Bytes of all texts and keys, roughly.
    fn weight(&self) -> usize {
        self.values.iter().map(|(key, value)| key.len() + value.weight()).sum()
    }

    /// The answer to one question.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.values.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// Keys and answers.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The values of what was stored, for those who need no document of it.
    pub(crate) fn stored_values(json: &str) -> serde_json::Result<Vec<(String, Value)>> {
        let Stored(values) = serde_json::from_str(json)?;
        Ok(values)
    }

    /// Reads what was stored; PostgreSQL may have put the keys in another order.
    pub fn parse_stored(json: &str) -> serde_json::Result<Self> {
        let Stored(values) = serde_json::from_str(json)?;
        Ok(Answers::new(values))
    }
}

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (key, value) in &self.values {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Text(text) => serializer.serialize_str(text),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Decimal(number) => serializer.serialize_f64(*number),
            Value::Flag(flag) => serializer.serialize_bool(*flag),
            Value::List(list) => list.serialize(serializer),
        }
    }
}
