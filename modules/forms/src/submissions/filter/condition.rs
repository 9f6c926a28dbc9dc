//! What a filter asks of one answer.

use std::borrow::Cow;

use crate::{answers::Value, calendar::calendar_date, definition::Field};

/// A question about one answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// It is one of these values, or holds one of them.
    Is(Vec<String>),
    /// It contains all these words, as the search reads them.
    Words(String),
    /// It is a number, a date or a time not below this.
    Min(Bound),
    /// It is a number, a date or a time not above this.
    Max(Bound),
    /// Whether there is an answer at all.
    Answered(bool),
    /// It holds one of the respondent's own, beside the options.
    Own,
}

/// An end of a range.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Bound {
    Number(f64),
    /// `2026-08-03`
    Date(String),
    /// `14:30`
    Time(String),
}

impl Bound {
    /// A number, a date or a time of day.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if calendar_date(text).is_some() {
            return Some(Bound::Date(text.to_owned()));
        }
        if is_time(text) {
            return Some(Bound::Time(text.to_owned()));
        }
        text.parse().ok().filter(|number: &f64| number.is_finite()).map(Bound::Number)
    }

    /// As it was written.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Bound::Number(number) => number.to_string().into(),
            Bound::Date(text) | Bound::Time(text) => text.into(),
        }
    }

    /// How a value of the same kind compares with it; nothing for another kind.
    fn compare(&self, value: &str) -> Option<std::cmp::Ordering> {
        match self {
            Bound::Number(bound) => value.parse::<f64>().ok()?.partial_cmp(bound),
            // ISO texts of one shape sort as what they mean.
            Bound::Date(bound) => calendar_date(value).map(|_| value.cmp(bound)),
            Bound::Time(bound) => is_time(value).then(|| value.cmp(bound)),
        }
    }
}

fn is_time(text: &str) -> bool {
    let digit = |index: usize| text.as_bytes().get(index).is_some_and(u8::is_ascii_digit);
    matches!(text.len(), 5 | 8)
        && text.as_bytes()[2] == b':'
        && digit(0)
        && digit(1)
        && digit(3)
        && digit(4)
}

impl Condition {
    /// Whether an answer, or its absence, meets it. `text` gives the answer as people read it.
    pub(crate) fn holds(&self, value: Option<&Value>, text: impl Fn() -> Option<String>) -> bool {
        match self {
            Condition::Answered(answered) => value.is_some() == *answered,
            Condition::Words(words) => text().is_some_and(|text| search::holds(&text, words)),
            _ => value.is_some_and(|value| each(value, |part| self.holds_text(part))),
        }
    }

    /// Whether a value as it stands in the index meets it; words are not told by it.
    pub(crate) fn holds_text(&self, value: &str) -> bool {
        match self {
            Condition::Is(values) => values.iter().any(|wanted| wanted == value),
            Condition::Min(bound) => bound.compare(value).is_some_and(std::cmp::Ordering::is_ge),
            Condition::Max(bound) => bound.compare(value).is_some_and(std::cmp::Ordering::is_le),
            Condition::Words(_) => true,
            Condition::Answered(answered) => *answered,
            // Told by the options, which only the definition knows.
            Condition::Own => true,
        }
    }
}

/// Whether something in an answer is none of the options.
pub(super) fn holds_own(value: &Value, field: &Field) -> bool {
    let options = field.kind.options();
    each(value, |part| options.iter().all(|option| option.value != part))
}

/// Whether some part of an answer passes: an answer of several is as many values.
pub(crate) fn each(value: &Value, mut passes: impl FnMut(&str) -> bool) -> bool {
    match value {
        Value::Text(text) => passes(text),
        Value::Integer(number) => passes(&number.to_string()),
        Value::Decimal(number) => passes(&number.to_string()),
        Value::Flag(flag) => passes(if *flag { "true" } else { "false" }),
        Value::List(list) => list.iter().any(|part| passes(part)),
    }
}
