//! What is wrong with an input, field by field.

use std::borrow::Cow;

use serde::Serialize;

/// One complaint: which field, a code for programs, a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldError {
    /// The path of the field as the sender knows it, such as `fields[2].label`.
    pub field: String,
    /// A stable word for programs, such as `required`.
    pub code: Cow<'static, str>,
    /// What is wrong and what to do, for people.
    pub message: String,
}

/// Complaints that are told one by one.
const TOLD: usize = 100;
/// Bytes of a name and of a message: an input must not be told back at many times its size.
const NAME_BYTES: usize = 300;
const MESSAGE_BYTES: usize = 1_000;

/// All complaints about one input; empty when there is nothing to say. After the first hundred one more
/// says how many there are beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    list: Vec<FieldError>,
    untold: usize,
}

impl Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.list.serialize(serializer)
    }
}

impl Fields {
    /// Nothing wrong so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// A single complaint.
    pub fn one(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        let mut fields = Self::new();
        fields.push(field, code, message);
        fields
    }

    /// Adds a complaint.
    pub fn push(
        &mut self,
        field: impl Into<String>,
        code: &'static str,
        message: impl Into<String>,
    ) {
        let (field, message) = (field.into(), message.into());
        self.add(FieldError { field, code: code.into(), message });
    }

    fn add(&mut self, mut error: FieldError) {
        if self.list.len() >= TOLD {
            return self.leave_untold(error.field, 1);
        }
        shorten(&mut error.field, NAME_BYTES);
        shorten(&mut error.message, MESSAGE_BYTES);
        self.list.push(error);
    }

    fn leave_untold(&mut self, mut field: String, count: usize) {
        self.untold += count;
        let message = format!("… and {} more.", self.untold);
        match self.list.get_mut(TOLD) {
            Some(last) => last.message = message,
            None => {
                shorten(&mut field, NAME_BYTES);
                self.list.push(FieldError { field, code: "and_more".into(), message });
            }
        }
    }

    /// Adds a complaint unless `holds`.
    pub fn check(&mut self, holds: bool, field: &str, code: &'static str, message: &str) {
        if !holds {
            self.push(field, code, message);
        }
    }

    /// Takes over all complaints of another input.
    pub fn extend(&mut self, other: Fields) {
        let untold = other.untold;
        for error in other.list {
            if error.code == "and_more" {
                self.leave_untold(error.field, untold);
            } else {
                self.add(error);
            }
        }
    }

    /// The same, with one field under the name that the sender knows it by.
    pub fn renamed(mut self, from: &str, to: &str) -> Self {
        let meant = self.list.iter_mut().filter(|error| error.field == from);
        meant.for_each(|error| error.field = to.to_owned());
        self
    }

    /// The same, of what is sent as a part with this name.
    pub fn within(mut self, part: &str) -> Self {
        self.list.iter_mut().for_each(|error| error.field = format!("{part}.{}", error.field));
        self
    }

    /// Whether the input is fine.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The complaints in the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.list.iter()
    }

    /// The first complaint about a field, for showing beside it.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.list.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    /// Fine, or the complaints.
    pub fn into_result(self) -> Result<(), Fields> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl<'a> IntoIterator for &'a Fields {
    type Item = &'a FieldError;
    type IntoIter = std::slice::Iter<'a, FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

/// Cuts a text that is too long, between two letters.
fn shorten(text: &mut String, most: usize) {
    if text.len() > most {
        text.truncate(text.floor_char_boundary(most));
        text.push('…');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_complaints_are_told_and_the_rest_counted() {
        let mut fields = Fields::new();
        for index in 0..100_000 {
            fields.push(format!("f{index}"), "wrong", "Wrong.");
        }
        assert_eq!(fields.iter().count(), 101);
        let last = fields.iter().last().expect("one");
        assert_eq!((last.code.as_ref(), last.message.as_str()), ("and_more", "… and 99900 more."));
        let mut all = Fields::one("first", "wrong", "Wrong.");
        all.extend(fields);
        let told = all.iter().last().map(|last| last.message.as_str());
        assert_eq!((all.iter().count(), told), (101, Some("… and 99901 more.")));
    }

    #[test]
    fn what_was_sent_is_not_told_back_at_length() {
        let fields = Fields::one("é".repeat(100_000), "wrong", "ü".repeat(100_000));
        let error = fields.iter().next().expect("one");
        assert!(error.field.len() < 310 && error.message.len() < 1_010);
    }
}
