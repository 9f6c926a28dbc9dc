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

/// All complaints about one input; empty when there is nothing to say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Fields(Vec<FieldError>);

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
        self.0.push(FieldError { field: field.into(), code: code.into(), message: message.into() });
    }

    /// Adds a complaint unless `holds`.
    pub fn check(&mut self, holds: bool, field: &str, code: &'static str, message: &str) {
        if !holds {
            self.push(field, code, message);
        }
    }

    /// Takes over all complaints of another input.
    pub fn extend(&mut self, other: Fields) {
        self.0.extend(other.0);
    }

    /// Whether the input is fine.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The complaints in the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.0.iter()
    }

    /// The first complaint about a field, for showing beside it.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|error| error.field == field).map(|error| error.message.as_str())
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
        self.0.iter()
    }
}
