//! One test made ready: what is compared was read once, when the form was compiled.

use std::cmp::Ordering;

use serde_json::Value;

use super::{
    fold::folded,
    seen::{self, Seen},
};
use crate::definition::{Kind, OTHER, Operator, Test};

/// A test of one answer.
#[derive(Debug)]
pub(super) struct Check {
    /// Holds exactly where the rest does not.
    negative: bool,
    positive: Positive,
}

#[derive(Debug)]
enum Positive {
    Answered,
    Accepted,
    /// Any of the values, compared in this way.
    Any(Way, Vec<Seen>),
    /// Options, of which any or all are to be there; `other` is an answer that is none of them.
    Picked {
        options: Vec<String>,
        other: bool,
        all: bool,
    },
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Equals,
    Contains,
    StartsWith,
    EndsWith,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Check {
    /// Of a test that was checked; a value that does not fit is like none.
    pub(super) fn new(test: &Test, kind: &Kind) -> Self {
        let values = match &test.value {
            Some(Value::Array(list)) => list.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        let positive = match test.is {
            Operator::Answered | Operator::NotAnswered => Positive::Answered,
            Operator::Accepted | Operator::NotAccepted => Positive::Accepted,
            _ if !kind.options().is_empty() => {
                let texts = values.iter().filter_map(Value::as_str);
                let (other, options): (Vec<_>, Vec<_>) =
                    texts.map(str::to_owned).partition(|text| text == OTHER);
                let all = test.is == Operator::AllOf;
                Positive::Picked { options, other: !other.is_empty(), all }
            }
            operator => {
                let values = values.iter().filter_map(|value| wanted(value, kind));
                Positive::Any(Way::of(operator), values.collect())
            }
        };
        Check { negative: test.is.is_negative(), positive }
    }

    /// Whether it holds for an answer, or for none.
    pub(super) fn holds(&self, seen: Option<&Seen>) -> bool {
        seen.is_some_and(|seen| self.positive.holds(seen)) != self.negative
    }
}

/// What an answer is compared with, read as answers are.
fn wanted(value: &Value, kind: &Kind) -> Option<Seen> {
    match (kind, value) {
        (Kind::Date(_), Value::String(text)) => seen::day(text),
        (Kind::Time, Value::String(text)) => seen::time(text),
        (_, Value::String(text)) => Some(Seen::Text(folded(text))),
        (_, Value::Number(number)) => number.as_f64().map(Seen::Number),
        (_, Value::Bool(flag)) => Some(Seen::Flag(*flag)),
        _ => None,
    }
}

impl Positive {
    fn holds(&self, seen: &Seen) -> bool {
        match self {
            Positive::Answered => true,
            Positive::Accepted => *seen == Seen::Flag(true),
            Positive::Any(way, values) => values.iter().any(|value| way.holds(seen, value)),
            Positive::Picked { options, other, all } => match seen {
                Seen::Picks { values, other: own } if *all => {
                    options.iter().all(|option| values.contains(option)) && (*own || !other)
                }
                Seen::Picks { values, other: own } => {
                    options.iter().any(|option| values.contains(option)) || (*own && *other)
                }
                _ => false,
            },
        }
    }
}

impl Way {
    fn of(operator: Operator) -> Self {
        match operator {
            Operator::Contains | Operator::NotContains => Way::Contains,
            Operator::StartsWith => Way::StartsWith,
            Operator::EndsWith => Way::EndsWith,
            Operator::Less | Operator::Before => Way::Less,
            Operator::AtMost | Operator::OnOrBefore => Way::AtMost,
            Operator::More | Operator::After => Way::More,
            Operator::AtLeast | Operator::OnOrAfter => Way::AtLeast,
            _ => Way::Equals,
        }
    }

    fn holds(self, seen: &Seen, value: &Seen) -> bool {
        if let (Seen::Text(text), Seen::Text(value)) = (seen, value) {
            return match self {
                Way::Equals => text == value,
                Way::Contains => text.contains(value),
                Way::StartsWith => text.starts_with(value),
                Way::EndsWith => text.ends_with(value),
                _ => false,
            };
        }
        let order = match (seen, value) {
            (Seen::Number(seen), Seen::Number(value)) => seen.partial_cmp(value),
            (Seen::Moment(seen), Seen::Moment(value)) => Some(seen.cmp(value)),
            (Seen::Flag(seen), Seen::Flag(value)) => Some(seen.cmp(value)),
            _ => None,
        };
        match self {
            Way::Equals => order == Some(Ordering::Equal),
            Way::Less => order == Some(Ordering::Less),
            Way::AtMost => order.is_some_and(Ordering::is_le),
            Way::More => order == Some(Ordering::Greater),
            Way::AtLeast => order.is_some_and(Ordering::is_ge),
            Way::Contains | Way::StartsWith | Way::EndsWith => false,
        }
    }
}
