//! Conditions as people say them: "Topic is Order and Age is at least 18".

use serde_json::Value;

use super::{Condition, Operator, Test};
use crate::{
    calendar::calendar_date,
    definition::{Definition, Field, Kind, OTHER},
};

impl Condition {
    /// The condition in words, with the questions as they are asked.
    pub fn in_words(&self, definition: &Definition) -> String {
        match self {
            Condition::Test(test) => test.in_words(definition),
            Condition::Not(inner) => format!("not ({})", inner.in_words(definition)),
            Condition::All(list) => joined(list, " and ", definition),
            Condition::Any(list) => joined(list, " or ", definition),
        }
    }
}

fn joined(list: &[Condition], word: &str, definition: &Definition) -> String {
    let part = |part: &Condition| {
        let words = part.in_words(definition);
        let several =
            matches!(part, Condition::All(inner) | Condition::Any(inner) if inner.len() > 1);
        if several && list.len() > 1 { format!("({words})") } else { words }
    };
    list.iter().map(part).collect::<Vec<_>>().join(word)
}

impl Test {
    /// "“Topic” is one of Order, Invoice".
    pub fn in_words(&self, definition: &Definition) -> String {
        let field = definition.field(&self.field);
        let label = field.map_or(self.field.as_str(), Field::name);
        let operator = self.is.in_words(field.map(|field| &field.kind));
        match &self.value {
            None => format!("“{label}” {operator}"),
            Some(value) => format!("“{label}” {operator} {}", said(value, field)),
        }
    }
}

impl Operator {
    /// The operator as it stands between question and value.
    pub fn in_words(self, kind: Option<&Kind>) -> &'static str {
        let time = matches!(kind, Some(Kind::Time));
        match self {
            Operator::Answered => "is answered",
            Operator::NotAnswered => "is not answered",
            Operator::Equals => "is",
            Operator::NotEquals => "is not",
            Operator::OneOf => "is one of",
            Operator::NoneOf if matches!(kind, Some(Kind::Choices(_))) => "has none of",
            Operator::NoneOf => "is none of",
            Operator::AnyOf => "has any of",
            Operator::AllOf => "has all of",
            Operator::Contains => "contains",
            Operator::NotContains => "does not contain",
            Operator::StartsWith => "starts with",
            Operator::EndsWith => "ends with",
            Operator::Less => "is less than",
            Operator::AtMost => "is at most",
            Operator::More => "is more than",
            Operator::AtLeast => "is at least",
            Operator::Before => "is before",
            Operator::OnOrBefore if time => "is at or before",
            Operator::OnOrBefore => "is on or before",
            Operator::After => "is after",
            Operator::OnOrAfter if time => "is at or after",
            Operator::OnOrAfter => "is on or after",
            Operator::Accepted => "is accepted",
            Operator::NotAccepted => "is not accepted",
        }
    }
}

fn said(value: &Value, field: Option<&Field>) -> String {
    match value {
        Value::Array(list) => {
            list.iter().map(|value| said(value, field)).collect::<Vec<_>>().join(", ")
        }
        Value::Bool(flag) => if *flag { "Yes" } else { "No" }.to_owned(),
        Value::String(text) if text == OTHER => "another answer".to_owned(),
        Value::String(text) => {
            let options = field.map_or(&[][..], |field| field.kind.options());
            let option = options.iter().find(|option| option.value == *text);
            match (option, calendar_date(text)) {
                (Some(option), _) => option.label.clone(),
                (None, Some(day)) => day.strftime("%-d %b %Y").to_string(),
                (None, None) => format!("“{text}”"),
            }
        }
        other => other.to_string(),
    }
}
