//! The form document: the fields a form asks, as the API speaks it and a frozen version keeps it.

pub(crate) mod changes;
mod check;
mod decode;
mod keys;
mod kinds;
pub(crate) mod logic;
mod pattern;
mod properties;
mod settings;
mod strict;
pub(crate) mod visible;

use kernel::Fields;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

pub use kinds::{Choice, Text};
pub use kinds::{Consent, Dates, Email, File, Hidden, Kind, Numbers, Pick, Picks, Points, Rating};
pub use logic::{Compares, Condition, Operator, Test};
pub(crate) use pattern::whole_text;
pub use settings::Settings;
pub use strict::Strict;

pub use crate::texts::{Language, Spoken};
pub use crate::theme::{Colour, Corners, Font, Picture, Scheme, Theme};

/// How an answer that is not among the options is marked in a page submission.
///
/// The page sends `KEY=_other` beside the text in `KEY.other`; see [`other_name`].
pub const OTHER: &str = "_other";

/// The name of the page input that holds the free text beside "Other".
pub fn other_name(key: &str) -> String {
    format!("{key}.other")
}

/// Everything a form asks, in order, and how it presents itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Definition {
    pub fields: Vec<Field>,
    #[serde(skip_serializing_if = "Settings::is_usual")]
    pub settings: Settings,
}

/// One question, heading or page break.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Names the answer; unique in the form, `[a-z][a-z0-9_]{0,63}`.
    pub key: String,
    /// The question as people read it; may be empty for `hidden` and `page`.
    pub label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    pub required: bool,
    /// It is shown only where this holds; of a page break, the whole page up to the next one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Condition>,
    /// It must be answered also where this holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub require_if: Option<Condition>,
    /// What the hosted page fills in, in the shape of an answer; the address may say otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// The type and its settings, flat beside the others in JSON.
    #[serde(flatten)]
    pub kind: Kind,
}

impl Field {
    /// What people know it by: its label, or its key when it has none.
    pub fn name(&self) -> &str {
        if self.label.is_empty() { &self.key } else { &self.label }
    }
}

impl Definition {
    /// Reads `{"fields": […], "settings": {…}}` and checks every rule; problems name their place,
    /// `fields[3].label`.
    pub fn from_json(document: Value) -> Result<Self, Fields> {
        let definition = decode::document(document)?;
        definition.check()?;
        Ok(definition)
    }

    /// As [`Definition::from_json`], for the bare list of fields.
    pub fn from_fields(fields: Value) -> Result<Self, Fields> {
        let definition = decode::fields(fields)?;
        definition.check()?;
        Ok(definition)
    }

    /// Every rule that the types alone do not hold.
    pub fn check(&self) -> Result<(), Fields> {
        check::definition(self)
    }

    /// The field of that key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The limits of a field that takes files.
    pub(crate) fn file_field(&self, key: &str) -> Option<&File> {
        match &self.field(key)?.kind {
            Kind::File(file) => Some(file),
            _ => None,
        }
    }

    /// The questions that can tell people apart: everybody must answer them, so that no condition hides
    /// them or the page they stand on.
    pub(crate) fn telling_apart(&self) -> impl Iterator<Item = &Field> {
        let mut page_is_shown = true;
        self.fields.iter().filter(move |field| {
            let shown = field.show_if.is_none();
            if matches!(field.kind, Kind::Page) {
                page_is_shown = shown;
            }
            page_is_shown && shown && field.required && field.kind.tells_apart()
        })
    }
}

/// Reads a stored document without checking it: rules that grow stricter must not lock old versions.
impl<'de> Deserialize<'de> for Definition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::document(Value::deserialize(deserializer)?).map_err(|problems| {
            let told =
                problems.iter().map(|problem| format!("{}: {}", problem.field, problem.message));
            D::Error::custom(told.collect::<Vec<_>>().join(" "))
        })
    }
}
