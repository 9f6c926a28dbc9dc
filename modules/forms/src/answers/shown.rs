//! Answers as people read them: labels instead of keys and values.

use std::borrow::Cow;

use super::{Answers, Value};
use crate::{
    calendar::calendar_date,
    definition::{Definition, Field, Kind},
};

impl Answers {
    /// All answers as one text for the search index, one a line, with the labels of the options.
    ///
    /// Leaves out what nobody searches for: yes and no, consent, ids of files.
    pub fn searchable_text(&self, definition: &Definition) -> String {
        let mut text = String::with_capacity(self.weight());
        for (field, _, value) in self.with_fields(definition) {
            let is_file = field.is_some_and(|field| matches!(field.kind, Kind::File(_)));
            if is_file || matches!(value, Value::Flag(_)) {
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&displayed(value, field));
            // As it is written, and as it is shown.
            if let Some(Kind::Date(_)) = field.map(|field| &field.kind)
                && let Some(day) = day(value)
            {
                text.push(' ');
                text.push_str(&day);
            }
        }
        text
    }

    /// Label and answer of everything that was answered, in the form's order.
    pub fn summary<'a>(&'a self, definition: &'a Definition) -> Vec<(&'a str, Cow<'a, str>)> {
        let answered = self.with_fields(definition);
        answered
            .map(|(field, key, value)| {
                let label = field.map_or("", |field| field.label.as_str());
                let label = if label.is_empty() { key } else { label };
                (label, summarised(value, field))
            })
            .collect()
    }

    /// One answer as people read it; nothing when the question was left unanswered.
    pub(crate) fn shown<'a>(&'a self, field: &'a Field) -> Option<Cow<'a, str>> {
        self.get(&field.key).map(|value| summarised(value, Some(field)))
    }

    /// The ids of the files that were sent.
    pub(crate) fn files(&self, definition: &Definition) -> Vec<files::FileId> {
        let fields = definition.fields.iter().filter(|field| matches!(field.kind, Kind::File(_)));
        let ids = fields.filter_map(|field| match self.get(&field.key) {
            Some(Value::List(ids)) => Some(ids),
            _ => None,
        });
        ids.flatten().filter_map(|id| id.parse().ok()).collect()
    }

    /// The form's order first, then whatever this definition does not know.
    fn with_fields<'a>(
        &'a self,
        definition: &'a Definition,
    ) -> impl Iterator<Item = (Option<&'a Field>, &'a str, &'a Value)> {
        let known = definition.fields.iter().filter_map(|field| {
            self.get(&field.key).map(|value| (Some(field), field.key.as_str(), value))
        });
        let unknown = self.iter().filter(|(key, _)| definition.field(key).is_none());
        known.chain(unknown.map(|(key, value)| (None, key, value)))
    }
}

fn displayed<'a>(value: &'a Value, field: Option<&'a Field>) -> Cow<'a, str> {
    match value {
        Value::Text(text) => label(text, field).into(),
        Value::Integer(number) => number.to_string().into(),
        Value::Decimal(number) => number.to_string().into(),
        Value::Flag(true) => "Yes".into(),
        Value::Flag(false) => "No".into(),
        Value::List(list) => {
            list.iter().map(|text| label(text, field)).collect::<Vec<_>>().join(", ").into()
        }
    }
}

fn label<'a>(value: &'a str, field: Option<&'a Field>) -> &'a str {
    let options = field.map_or(&[][..], |field| field.kind.options());
    options.iter().find(|option| option.value == value).map_or(value, |option| &option.label)
}

/// As [`displayed`], but a point on a scale also says how long the scale is, and a day is written as people
/// write it.
fn summarised<'a>(value: &'a Value, field: Option<&'a Field>) -> Cow<'a, str> {
    let most = match field.map(|field| &field.kind) {
        Some(Kind::Scale(points)) => i64::from(points.max),
        Some(Kind::Rating(rating)) => i64::from(rating.max),
        Some(Kind::Nps) => 10,
        Some(Kind::Date(_)) => return day(value).unwrap_or_else(|| displayed(value, field)),
        Some(Kind::Consent(_)) if *value == Value::Flag(true) => return "Accepted".into(),
        Some(Kind::Consent(_)) => return "Not accepted".into(),
        _ => return displayed(value, field),
    };
    format!("{} of {most}", displayed(value, field)).into()
}

fn day<'a>(value: &Value) -> Option<Cow<'a, str>> {
    let Value::Text(text) = value else { return None };
    Some(calendar_date(text)?.strftime("%-d %b %Y").to_string().into())
}
