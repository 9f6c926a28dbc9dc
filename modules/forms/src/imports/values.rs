//! From what stands in a file to what a question takes. What cannot be understood is handed on as it is, so
//! that the question's own rule says what is wrong with it.

use std::borrow::Cow;

use kernel::Timestamp;
use serde_json::{Value, json};

use super::{
    dates::date,
    numbers::number,
    options::{Dates, Formulas, Options, Values},
};
use crate::{
    calendar::is_time,
    definition::Kind,
    exports::{self, formulas::plain},
};

/// A question, and how its options are written.
pub(super) struct Question {
    pub(super) key: String,
    pub(super) kind: Kind,
    pub(super) picks: Option<exports::options::Options>,
}

impl Question {
    /// The answer in a cell; none when it is empty.
    pub(super) fn text(&self, cell: &str, options: &Options) -> Option<Value> {
        let text = unguarded(cell, options);
        if text.is_empty() {
            return None;
        }
        Some(match &self.kind {
            Kind::Choices(_) | Kind::File(_) => json!(self.several(text)),
            Kind::YesNo | Kind::Consent(_) => flag(text).map_or_else(|| json!(text), Value::Bool),
            _ if takes_number(&self.kind) => json!(number(text, options.decimal)),
            Kind::Date(_) => json!(date(text, options.dates).unwrap_or_else(|| text.to_owned())),
            Kind::Time => json!(time(text).unwrap_or_else(|| text.to_owned())),
            Kind::Email(_) => json!(text.trim()),
            _ => json!(self.one(text, options)),
        })
    }

    /// The answer in a JSON document; an error when it is nested too deeply, or no text. Digits stay as they are written:
    /// read as a number of JSON, the last of many would be another.
    pub(super) fn json(&self, value: &str, options: &Options) -> serde_json::Result<Option<Value>> {
        Ok(match value.as_bytes().first() {
            Some(b'n') => None,
            Some(b'"') => self.text(&serde_json::from_str::<String>(value)?, options),
            Some(b'-' | b'0'..=b'9') if takes_number(&self.kind) => Some(json!(value)),
            Some(b'-' | b'0'..=b'9') => self.text(value, options),
            Some(b't' | b'f') if self.takes_text() => Some(json!(value)),
            _ => Some(serde_json::from_str(value)?),
        })
    }

    /// What to choose from, as the file is to write it: a refusal of the API names values, which nobody sees
    /// who has labels before them.
    pub(super) fn offered(&self, options: &Options) -> Option<String> {
        const NAMED: usize = 10;
        let offered = self.kind.options();
        if offered.is_empty() || options.values == Values::Stored {
            return None;
        }
        let named: Vec<&str> = offered.iter().take(NAMED).map(|it| it.label.as_str()).collect();
        let more = if offered.len() > NAMED { ", …" } else { "" };
        Some(format!("Choose one of the options: {}{more}.", named.join(", ")))
    }

    fn takes_text(&self) -> bool {
        matches!(
            self.kind,
            Kind::ShortText(_)
                | Kind::LongText(_)
                | Kind::Phone
                | Kind::Hidden(_)
                | Kind::Choice(_)
                | Kind::Dropdown(_)
        )
    }

    /// Whether a text of one's own is taken: then only what stands there exactly is an option.
    fn is_open(&self) -> bool {
        match &self.kind {
            Kind::Choice(pick) | Kind::Dropdown(pick) => pick.other,
            Kind::Choices(picks) => picks.other,
            _ => true,
        }
    }

    fn one(&self, text: &str, options: &Options) -> String {
        let Some(picks) = &self.picks else { return text.to_owned() };
        let value = match options.values {
            Values::Labels => picks.one(text),
            Values::Stored => text.to_owned(),
        };
        self.closest(value, picks)
    }

    fn several(&self, text: &str) -> Vec<String> {
        let none = exports::options::Options::default();
        let picks = self.picks.as_ref().unwrap_or(&none);
        if text.starts_with('[')
            && let Ok(list) = serde_json::from_str::<Vec<String>>(text)
        {
            return list;
        }
        picks.several(text).into_iter().map(|value| self.closest(value, picks)).collect()
    }

    fn closest(&self, value: String, picks: &exports::options::Options) -> String {
        if self.is_open() {
            return value;
        }
        match self.kind.options().iter().any(|option| option.value == value) {
            true => value,
            false => picks.alike(&value).map(str::to_owned).unwrap_or(value),
        }
    }
}

/// The cell without the guard that our exports set before formulas.
pub(super) fn unguarded<'a>(cell: &'a str, options: &Options) -> &'a str {
    match options.formulas {
        Formulas::Neutralised => plain(cell),
        Formulas::Raw => cell,
    }
}

/// Yes and no in the languages of our pages.
fn flag(text: &str) -> Option<bool> {
    const YES: [&str; 20] = [
        "yes",
        "y",
        "true",
        "1",
        "on",
        "x",
        "✓",
        "ja",
        "j",
        "oui",
        "sí",
        "si",
        "sim",
        "sì",
        "tak",
        "wahr",
        "vrai",
        "verdadero",
        "はい",
        "是",
    ];
    const NO: [&str; 16] = [
        "no",
        "n",
        "false",
        "0",
        "off",
        "nein",
        "non",
        "não",
        "nao",
        "nie",
        "nee",
        "falsch",
        "faux",
        "falso",
        "いいえ",
        "否",
    ];
    let word = text.trim().to_lowercase();
    let is = |words: &[&str]| words.contains(&word.as_str());
    is(&YES).then_some(true).or_else(|| is(&NO).then_some(false))
}

/// Whether the answer to such a question is a number.
pub(super) fn takes_number(kind: &Kind) -> bool {
    matches!(kind, Kind::Number(_) | Kind::Scale(_) | Kind::Rating(_) | Kind::Nps)
}

/// The time of day as `14:30`; `2:30 pm` as well.
fn time(text: &str) -> Option<String> {
    if is_time(text) {
        return Some(text.to_owned());
    }
    let lower = text.trim().to_lowercase();
    let (clock, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(clock), _) => (clock.trim_end(), Some(0)),
        (_, Some(clock)) => (clock.trim_end(), Some(12)),
        _ => (lower.as_str(), None),
    };
    let (hour, rest) = clock.split_once(':').unwrap_or((clock, "00"));
    let hour: u8 = hour.parse().ok()?;
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    let written = format!("{hour:02}:{rest}");
    is_time(&written).then_some(written)
}

/// A moment: with its offset, or without one as UTC; a day alone is its beginning.
pub(super) fn moment(text: &str, order: Dates) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(moment) = text.parse() {
        return Some(moment);
    }
    let day = date(text, order)?;
    let clock = match text.split_once(['T', ' ']) {
        Some((_, clock)) => Cow::Owned(time(clock.trim().trim_end_matches(" UTC"))?),
        None => Cow::Borrowed("00:00"),
    };
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    format!("{day}T{clock}{seconds}Z").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_people_write_them() {
        for (text, wanted) in [
            ("14:30", Some("14:30")),
            ("9:05", Some("09:05")),
            ("2:30 PM", Some("14:30")),
            ("12:15am", Some("00:15")),
            ("12 pm", Some("12:00")),
            ("13:00 pm", None),
            ("25:00", None),
            ("noon", None),
        ] {
            assert_eq!(time(text).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn moments_have_an_offset_or_are_utc() {
        let at = |text: &str| moment(text, Dates::Dmy).map(|it| it.to_string());
        let wanted = Some("2026-11-21T09:12:00Z".to_owned());
        for text in [
            "2026-11-21T09:12:00Z",
            "2026-11-21T10:12:00+01:00",
            "2026-11-21 09:12",
            "21.11.2026 9:12",
            "21.11.2026 09:12:00 UTC",
        ] {
            assert_eq!(at(text), wanted, "{text}");
        }
        assert_eq!(at("21.11.2026"), Some("2026-11-21T00:00:00Z".to_owned()));
        assert_eq!(at("yesterday"), None);
    }

    #[test]
    fn yes_and_no_are_understood() {
        for (text, wanted) in [
            ("Yes", true),
            ("TRUE", true),
            ("1", true),
            (" ja ", true),
            ("No", false),
            ("0", false),
        ] {
            assert_eq!(flag(text), Some(wanted), "{text}");
        }
        assert_eq!(flag("perhaps"), None);
    }
}
