//! Answers from the API: one JSON object, each key at most once.

use std::fmt;

use kernel::Fields;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::compiled::{Compiled, place, too_large};
use super::given::Given;
use super::problem::Problem;
use super::{Answers, FieldTold, Shown};
use crate::{definition::Definition, limits, texts::Texts};

impl Compiled {
    /// Judges `{"key": value, …}`; every problem is told, not only the first.
    pub fn from_json(&self, json: &str) -> Result<Answers, Fields> {
        self.judge_json(Texts::english(), json)
    }

    /// The same, with what people can do wrong told in another language.
    pub(crate) fn judge_json(&self, texts: &Texts, json: &str) -> Result<Answers, Fields> {
        if json.len() > limits::RECEIVED_BYTES {
            return Err(too_large(texts));
        }
        let mut received = Receive(self).read(json).map_err(|error| unreadable(&error))?;
        let problems = std::mem::take(&mut received.problems);
        self.judge(texts, problems, |position, _| received.given(position))
    }

    /// Which fields are shown for these answers, whether or not they are complete and right.
    pub fn shown_of_json(&self, json: &str) -> Result<Shown, Fields> {
        let received = Receive(self).read(json).map_err(|error| unreadable(&error))?;
        Ok(self.decide(|position, _| received.given(position)))
    }

    /// What becomes of each field, and why, for answers that need not be complete or right.
    pub(crate) fn told_of_json(
        &self,
        definition: &Definition,
        json: &str,
    ) -> Result<Vec<FieldTold>, Fields> {
        if json.len() > limits::RECEIVED_BYTES {
            return Err(too_large(Texts::english()));
        }
        let mut received = Receive(self).read(json).map_err(|error| unreadable(&error))?;
        std::mem::take(&mut received.problems).into_result()?;
        Ok(self.tell(definition, |position, _| received.given(position)))
    }
}

fn unreadable(error: &serde_json::Error) -> Fields {
    let message = if error.is_data() {
        "Send the answers as an object in braces: {\"key\": value, …}.".to_owned()
    } else {
        format!("This is not valid JSON: {error}.")
    };
    Fields::one("answers", if error.is_data() { "wrong_type" } else { "invalid_json" }, message)
}

/// The values by position in the form, still as JSON text.
struct Received<'de> {
    values: Vec<Option<&'de RawValue>>,
    problems: Fields,
    unknown: usize,
}

impl<'de> Received<'de> {
    fn given(&self, position: usize) -> Result<Given<'de>, Problem> {
        self.values[position].map_or(Ok(Given::Nothing), Given::from_json)
    }

    fn unknown(&mut self, key: &str) {
        self.unknown += 1;
        if self.unknown <= limits::UNKNOWN_NAMED {
            // A key may be as long as the body; the first letters tell which one is meant.
            let key: String = key.chars().take(64).collect();
            let message = format!("The form has no field “{key}”. Remove it or correct the key.");
            self.problems.push(place(&key), "unknown_field", message);
        }
    }
}

/// Reads the object without following any nesting, which is therefore of no danger.
struct Receive<'c>(&'c Compiled);

impl<'de> Receive<'_> {
    fn read(self, json: &'de str) -> serde_json::Result<Received<'de>> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let received = deserializer.deserialize_map(self)?;
        deserializer.end()?;
        Ok(received)
    }
}

impl<'de> Visitor<'de> for Receive<'_> {
    type Value = Received<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of answers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let values = vec![None; self.0.questions.len()];
        let mut received = Received { values, problems: Fields::new(), unknown: 0 };
        let mut guess = 0;
        while let Some(key) = map.next_key_seed(Key { compiled: self.0, guess })? {
            let value: &RawValue = map.next_value()?;
            match key {
                Ok(position) => {
                    guess = position + 1;
                    if received.values[position].replace(value).is_some() {
                        let key = &self.0.questions[position].key;
                        let message = format!("“{key}” is there twice. Send it once.");
                        received.problems.push(place(key), "duplicate_key", message);
                    }
                }
                Err(key) => received.unknown(&key),
            }
        }
        Ok(received)
    }
}

/// Finds a key's position in the form, or keeps the key when the form has none.
struct Key<'c> {
    compiled: &'c Compiled,
    guess: usize,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Result<usize, String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Result<usize, String>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the key of a field")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.compiled.position(key, self.guess).ok_or_else(|| key.to_owned()))
    }
}
