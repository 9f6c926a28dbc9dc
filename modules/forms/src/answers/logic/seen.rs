//! What a condition sees of an answer: its shape alone, whether or not its limits allow it.

use super::fold::folded;
use crate::answers::given::Given;
use crate::answers::rules::{PickRule, Rule};
use crate::answers::shapes;
use crate::calendar::{calendar_date, is_time};

/// An answer as tests compare it. What has no such shape was not answered.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Seen {
    Text(String),
    Number(f64),
    /// A day, or a time of day to the second: later ones are greater texts.
    Moment(String),
    Flag(bool),
    Picks {
        values: Vec<String>,
        /// Whether one of them is none of the options.
        other: bool,
    },
    File,
}

impl Seen {
    /// Reads what was given for a field.
    pub(super) fn of(rule: &Rule, given: Option<&Given<'_>>) -> Option<Self> {
        let given = given.unwrap_or(&Given::Nothing);
        match rule {
            Rule::Text(_) | Rule::Email { .. } | Rule::Phone => text(trimmed(given)?),
            Rule::Hidden { default } => {
                text(if given.is_absent() { default.as_deref()? } else { trimmed(given)? })
            }
            Rule::Number(_) => number(given),
            Rule::Date { .. } => day(trimmed(given)?),
            Rule::Time => time(trimmed(given)?),
            Rule::Pick(pick) => match given {
                Given::Text(text) => picks(pick, [text.as_ref()].into_iter()),
                _ => None,
            },
            Rule::Picks { pick, .. } => match given {
                Given::List(list) => picks(pick, list.iter().map(AsRef::as_ref)),
                _ => None,
            },
            Rule::YesNo | Rule::Consent => flag(given),
            Rule::File { .. } => file(given),
            Rule::Nothing => None,
        }
    }
}

fn trimmed<'a>(given: &'a Given<'_>) -> Option<&'a str> {
    match given {
        Given::Text(text) => Some(text.trim()),
        _ => None,
    }
}

pub(super) fn text(text: &str) -> Option<Seen> {
    let text = folded(text);
    (!text.is_empty()).then_some(Seen::Text(text))
}

fn number(given: &Given<'_>) -> Option<Seen> {
    let digits = match given {
        Given::Number(digits) => digits,
        _ => trimmed(given)?,
    };
    shapes::decimal(digits).filter(|number| number.is_finite()).map(Seen::Number)
}

pub(super) fn day(text: &str) -> Option<Seen> {
    calendar_date(text).map(|_| Seen::Moment(text.to_owned()))
}

pub(super) fn time(text: &str) -> Option<Seen> {
    let seconds = if text.len() == 5 { ":00" } else { "" };
    is_time(text).then(|| Seen::Moment(format!("{text}{seconds}")))
}

fn picks<'a>(pick: &PickRule, texts: impl Iterator<Item = &'a str>) -> Option<Seen> {
    let values: Vec<String> =
        texts.filter(|text| !text.trim().is_empty()).map(str::to_owned).collect();
    let other = values.iter().any(|value| !pick.offers(value));
    (!values.is_empty()).then_some(Seen::Picks { values, other })
}

fn flag(given: &Given<'_>) -> Option<Seen> {
    match given {
        Given::Flag(flag) => Some(Seen::Flag(*flag)),
        _ => match trimmed(given)? {
            "yes" | "true" | "on" => Some(Seen::Flag(true)),
            "no" | "false" => Some(Seen::Flag(false)),
            _ => None,
        },
    }
}

fn file(given: &Given<'_>) -> Option<Seen> {
    let named = match given {
        Given::Text(id) => !id.is_empty(),
        Given::List(ids) => ids.iter().any(|id| !id.is_empty()),
        _ => false,
    };
    named.then_some(Seen::File)
}
