//! Conditions as people say them: "Topic is Order and Age is at least 18".

use serde_json::Value;

use super::{Condition, Operator, Test};
use crate::{
    calendar::calendar_date,
    definition::{Definition, Field, Kind, OTHER},
    texts::{Texts, fill},
};

impl Condition {
    /// The condition in English words, with the questions as they are asked.
    pub fn in_words(&self, definition: &Definition) -> String {
        self.said(definition, Texts::english())
    }

    /// The same in another language.
    pub(crate) fn said(&self, definition: &Definition, texts: &Texts) -> String {
        match self {
            Condition::Test(test) => test.said(definition, texts),
            Condition::Not(inner) => {
                fill(texts.not, &[("condition", &inner.said(definition, texts))])
            }
            Condition::All(list) => joined(list, texts.and, definition, texts),
            Condition::Any(list) => joined(list, texts.or, definition, texts),
        }
    }
}

fn joined(list: &[Condition], word: &str, definition: &Definition, texts: &Texts) -> String {
    let part = |part: &Condition| {
        let words = part.said(definition, texts);
        let several =
            matches!(part, Condition::All(inner) | Condition::Any(inner) if inner.len() > 1);
        if several && list.len() > 1 { format!("({words})") } else { words }
    };
    list.iter().map(part).collect::<Vec<_>>().join(word)
}

impl Test {
    /// "“Topic” is one of Order, Invoice".
    pub(crate) fn in_words(&self, definition: &Definition) -> String {
        self.said(definition, Texts::english())
    }

    /// The same in another language.
    fn said(&self, definition: &Definition, texts: &Texts) -> String {
        let field = definition.field(&self.field);
        let label = field.map_or(self.field.as_str(), Field::name);
        let sentence = self.is.sentence(field.map(|field| &field.kind), texts);
        let value = self.value.as_ref().map(|value| value_said(value, field, texts));
        fill(sentence, &[("question", &label), ("value", &value.unwrap_or_default())])
    }
}

impl Operator {
    /// The operator as it stands between question and value, in English.
    pub(crate) fn in_words(self, kind: Option<&Kind>) -> &'static str {
        let sentence = self.sentence(kind, Texts::english());
        sentence.trim_start_matches("“{question}” ").trim_end_matches(" {value}")
    }

    /// The sentence in which question and value have their places.
    fn sentence(self, kind: Option<&Kind>, texts: &Texts) -> &'static str {
        let time = matches!(kind, Some(Kind::Time));
        match self {
            Operator::Answered => texts.is_answered,
            Operator::NotAnswered => texts.is_not_answered,
            Operator::Equals => texts.equals,
            Operator::NotEquals => texts.not_equals,
            Operator::OneOf => texts.one_of,
            Operator::NoneOf if matches!(kind, Some(Kind::Choices(_))) => texts.has_none_of,
            Operator::NoneOf => texts.none_of,
            Operator::AnyOf => texts.any_of,
            Operator::AllOf => texts.all_of,
            Operator::Contains => texts.contains,
            Operator::NotContains => texts.not_contains,
            Operator::StartsWith => texts.starts_with,
            Operator::EndsWith => texts.ends_with,
            Operator::Less => texts.less,
            Operator::AtMost => texts.at_most,
            Operator::More => texts.more,
            Operator::AtLeast => texts.at_least,
            Operator::Before => texts.before,
            Operator::OnOrBefore if time => texts.at_or_before,
            Operator::OnOrBefore => texts.on_or_before,
            Operator::After => texts.after,
            Operator::OnOrAfter if time => texts.at_or_after,
            Operator::OnOrAfter => texts.on_or_after,
            Operator::Accepted => texts.accepted,
            Operator::NotAccepted => texts.not_accepted,
        }
    }
}

fn value_said(value: &Value, field: Option<&Field>, texts: &Texts) -> String {
    match value {
        Value::Array(list) => {
            let each: Vec<String> =
                list.iter().map(|value| value_said(value, field, texts)).collect();
            each.join(texts.comma)
        }
        Value::Bool(flag) => if *flag { texts.yes } else { texts.no }.to_owned(),
        Value::String(text) if text == OTHER => texts.another_answer.to_owned(),
        Value::String(text) => {
            let options = field.map_or(&[][..], |field| field.kind.options());
            let option = options.iter().find(|option| option.value == *text);
            match (option, calendar_date(text)) {
                (Some(option), _) => option.label.clone(),
                (None, Some(day)) => texts.date(day),
                (None, None) => format!("“{text}”"),
            }
        }
        Value::Number(number) => {
            number.as_f64().map_or_else(|| number.to_string(), |number| texts.number(number))
        }
        other => other.to_string(),
    }
}
