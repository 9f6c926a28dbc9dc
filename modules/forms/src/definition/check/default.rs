//! What a question is filled in with at first: something that it would take as an answer.

use std::collections::HashSet;

use serde_json::Value;

use super::Place;
use crate::{
    calendar::calendar_date,
    definition::{Choice, Dates, Field, Kind, Numbers},
    limits,
};

const NO_OPTION: &str = "Choose one of the options.";

impl Place<'_> {
    pub(super) fn default(&mut self, field: &Field) {
        let Some(default) = &field.default else { return };
        match refusal(&field.kind, default) {
            Ok(()) => {
                let text = default.as_str().unwrap_or_default();
                self.short("default", text, limits::LONG_TEXT_MOST);
            }
            Err((code, message)) => self.complain("default", code, message),
        }
    }
}

type Refusal = (&'static str, String);

fn refusal(kind: &Kind, default: &Value) -> Result<(), Refusal> {
    match kind {
        Kind::ShortText(text) => text_of(default, text.max_length, limits::SHORT_TEXT),
        Kind::LongText(text) => text_of(default, text.max_length, limits::LONG_TEXT),
        Kind::Email(email) => text_of(default, email.max_length, limits::EMAIL),
        Kind::Phone => text_of(default, None, limits::SHORT_TEXT),
        Kind::Number(numbers) => number(default, numbers),
        Kind::Date(dates) => date(default, dates),
        Kind::Time => time(default),
        Kind::Choice(pick) | Kind::Dropdown(pick) => option(&pick.options, default),
        Kind::Choices(picks) => several(&picks.options, default),
        Kind::Scale(points) => whole(default, points.min.into(), points.max.into()),
        Kind::Rating(rating) => whole(default, 1, rating.max.into()),
        Kind::Nps => whole(default, 0, 10),
        Kind::YesNo if default.is_boolean() => Ok(()),
        Kind::YesNo => wrong_type("Send true or false here."),
        Kind::Consent(_) | Kind::File(_) | Kind::Section | Kind::Page | Kind::Hidden(_) => {
            let message = format!("A {} cannot be filled in beforehand.", kind.name());
            Err(("inconsistent", message))
        }
    }
}

fn wrong_type(message: &str) -> Result<(), Refusal> {
    Err(("wrong_type", message.into()))
}

fn text_of(default: &Value, most: Option<u32>, usual: usize) -> Result<(), Refusal> {
    let Some(text) = default.as_str() else { return wrong_type("Send text in quotes here.") };
    let (count, most) = (text.chars().count(), most.map_or(usual, |most| most as usize));
    if count > most {
        return Err(("too_long", format!("Use at most {most} characters; this has {count}.")));
    }
    Ok(())
}

fn number(default: &Value, numbers: &Numbers) -> Result<(), Refusal> {
    let Some(number) = default.as_f64() else {
        return wrong_type("Send a number without quotes here.");
    };
    let bound = |bound: &Option<serde_json::Number>| bound.as_ref().and_then(|it| it.as_f64());
    let low = bound(&numbers.min).unwrap_or(-limits::NUMBER);
    let high = bound(&numbers.max).unwrap_or(limits::NUMBER);
    if !(low..=high).contains(&number) || (numbers.integer && number.fract() != 0.0) {
        return Err(("out_of_range", "This field would not take that number.".into()));
    }
    Ok(())
}

fn date(default: &Value, dates: &Dates) -> Result<(), Refusal> {
    let Some(date) = default.as_str().and_then(calendar_date) else {
        return Err(("not_a_date", "Write the date as 2026-11-21.".into()));
    };
    if dates.min.is_some_and(|min| date < min) || dates.max.is_some_and(|max| date > max) {
        return Err(("out_of_range", "This field would not take that day.".into()));
    }
    Ok(())
}

fn time(default: &Value) -> Result<(), Refusal> {
    let time = default.as_str().filter(|text| text.len() == 5);
    match time.map(|text| text.parse::<jiff::civil::Time>()) {
        Some(Ok(_)) => Ok(()),
        _ => Err(("not_a_time", "Write the time as 09:30.".into())),
    }
}

fn option(options: &[Choice], default: &Value) -> Result<(), Refusal> {
    if options.iter().any(|option| *default == option.value) {
        return Ok(());
    }
    Err(("not_an_option", NO_OPTION.into()))
}

fn several(options: &[Choice], default: &Value) -> Result<(), Refusal> {
    let Some(list) = default.as_array() else {
        return wrong_type("Send a list of options in brackets here.");
    };
    let mut seen = HashSet::new();
    for value in list {
        option(options, value)?;
        if !seen.insert(value.as_str()) {
            return Err(("duplicate", "Name each option once.".into()));
        }
    }
    Ok(())
}

fn whole(default: &Value, low: i64, high: i64) -> Result<(), Refusal> {
    match default.as_i64() {
        Some(number) if (low..=high).contains(&number) => Ok(()),
        _ => Err(("out_of_range", format!("Choose a whole number from {low} to {high}."))),
    }
}
