//! Takes the properties of one JSON object by name and complains about those nobody asked for.

use jiff::civil::Date;
use kernel::Fields;
use serde_json::{Map, Number, Value};

/// The properties of the object at `path` that have not been taken yet.
///
/// A property that is `null` counts as absent.
pub(super) struct Properties<'a> {
    path: String,
    rest: Map<String, Value>,
    problems: &'a mut Fields,
}

impl<'a> Properties<'a> {
    /// Opens a JSON object, or complains that it is none.
    pub(super) fn open(path: String, value: Value, problems: &'a mut Fields) -> Option<Self> {
        match value {
            Value::Object(rest) => Some(Self { path, rest, problems }),
            _ => {
                problems.push(path, "wrong_type", "Send an object in braces here.");
                None
            }
        }
    }

    /// The full name of a property, such as `fields[3].label`.
    pub(super) fn name(&self, property: &str) -> String {
        if self.path.is_empty() { property.to_owned() } else { format!("{}.{property}", self.path) }
    }

    /// Complains about a property.
    pub(super) fn complain(
        &mut self,
        property: &str,
        code: &'static str,
        message: impl Into<String>,
    ) {
        self.problems.push(self.name(property), code, message);
    }

    /// The complaints so far, for the parts of this object.
    pub(super) fn problems(&mut self) -> &mut Fields {
        self.problems
    }

    /// A property as it came.
    pub(super) fn value(&mut self, property: &str) -> Option<Value> {
        self.rest.shift_remove(property).filter(|value| !value.is_null())
    }

    /// Whether there is such a property.
    pub(super) fn has(&self, property: &str) -> bool {
        self.rest.get(property).is_some_and(|value| !value.is_null())
    }

    /// A text.
    pub(super) fn text(&mut self, property: &str) -> Option<String> {
        match self.value(property)? {
            Value::String(text) => Some(text),
            _ => self.refuse(property, "Send text in quotes here."),
        }
    }

    /// `true` or `false`; absent is `false`.
    pub(super) fn flag(&mut self, property: &str) -> bool {
        match self.value(property) {
            None => false,
            Some(Value::Bool(flag)) => flag,
            Some(_) => {
                self.refuse::<()>(property, "Send true or false here.");
                false
            }
        }
    }

    /// Any number.
    pub(super) fn number(&mut self, property: &str) -> Option<Number> {
        match self.value(property)? {
            Value::Number(number) => Some(number),
            _ => self.refuse(property, "Send a number without quotes here."),
        }
    }

    /// A whole number that fits the wanted type.
    pub(super) fn whole<T: TryFrom<i64>>(&mut self, property: &str) -> Option<T> {
        let number = self.value(property)?;
        match number.as_i64().and_then(|whole| T::try_from(whole).ok()) {
            Some(whole) => Some(whole),
            None => self.refuse(property, "Send a whole number of a sensible size here."),
        }
    }

    /// A calendar date, `2026-11-21`.
    pub(super) fn date(&mut self, property: &str) -> Option<Date> {
        let text = self.text(property)?;
        let date = crate::calendar::calendar_date(&text);
        if date.is_none() {
            self.complain(property, "not_a_date", "Write the date as 2026-11-21.");
        }
        date
    }

    /// A list, empty when absent.
    pub(super) fn list(&mut self, property: &str) -> Vec<Value> {
        match self.value(property) {
            None => Vec::new(),
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.refuse::<()>(property, "Send a list in brackets here.");
                Vec::new()
            }
        }
    }

    /// Complains about every property that was not taken.
    pub(super) fn refuse_rest(self, owner: &str) {
        for property in self.rest.keys() {
            let name = if self.path.is_empty() {
                property.clone()
            } else {
                format!("{}.{property}", self.path)
            };
            let message = format!("{owner} has no property “{property}”. Remove it.");
            self.problems.push(name, "unknown_property", message);
        }
    }

    fn refuse<T>(&mut self, property: &str, message: &str) -> Option<T> {
        self.complain(property, "wrong_type", message);
        None
    }
}
