//! One rule for each type of field: what it takes and how it is stored.

use std::borrow::Cow;
use std::collections::HashSet;

use jiff::civil::Date;
use kernel::Fields;
use regex::Regex;

use super::given::Given;
use super::problem::Problem;
use super::{Value, limits, shapes};
use crate::definition::{Choice, Field, Kind, Numbers, Text, whole_text};

kernel::typed_id!(FileId, FileKind, "fil");

const DEFAULT_HINT: &str = "Write this in the form that is asked for.";

type Answer = Result<Value, Problem>;

/// A field made ready to judge answers, patterns compiled and options indexed.
#[derive(Debug)]
pub(super) enum Rule {
    Text(TextRule),
    Email {
        max: usize,
    },
    Phone,
    Number(NumberRule),
    Date {
        min: Option<Date>,
        max: Option<Date>,
    },
    Time,
    Pick(PickRule),
    Picks {
        pick: PickRule,
        min: usize,
        max: usize,
    },
    YesNo,
    File {
        max: usize,
    },
    Consent,
    Hidden {
        default: Option<String>,
    },
    /// A section or a page.
    Nothing,
}

impl Rule {
    /// Prepares a field; fails only on a pattern that [`crate::definition::Definition::check`] refuses.
    pub(super) fn new(field: &Field) -> Result<Self, Fields> {
        Ok(match &field.kind {
            Kind::ShortText(text) => Rule::Text(TextRule::new(field, text, limits::SHORT_TEXT)?),
            Kind::LongText(text) => Rule::Text(TextRule::new(field, text, limits::LONG_TEXT)?),
            Kind::Email(email) => {
                Rule::Email { max: email.max_length.map_or(limits::EMAIL, |max| max as usize) }
            }
            Kind::Phone => Rule::Phone,
            Kind::Number(numbers) => Rule::Number(NumberRule::new(numbers)),
            Kind::Date(dates) => Rule::Date { min: dates.min, max: dates.max },
            Kind::Time => Rule::Time,
            Kind::Choice(pick) | Kind::Dropdown(pick) => {
                Rule::Pick(PickRule::new(&pick.options, pick.other))
            }
            Kind::Choices(picks) => Rule::Picks {
                pick: PickRule::new(&picks.options, picks.other),
                min: picks.min_picks.unwrap_or(1) as usize,
                max: picks.max_picks.map_or(usize::MAX, |max| max as usize),
            },
            Kind::Scale(points) => Rule::Number(NumberRule::points(points.min, points.max)),
            Kind::Rating(rating) => Rule::Number(NumberRule::points(1, rating.max)),
            Kind::Nps => Rule::Number(NumberRule::points(0, 10)),
            Kind::YesNo => Rule::YesNo,
            Kind::File(file) => Rule::File { max: file.max_files as usize },
            Kind::Consent(_) => Rule::Consent,
            Kind::Hidden(hidden) => Rule::Hidden { default: hidden.default.clone() },
            Kind::Section | Kind::Page => Rule::Nothing,
        })
    }

    /// The answer to store, or why it is refused; `given` is neither absent nor holds a NUL.
    pub(super) fn judge(&self, given: Given, required: bool) -> Answer {
        match self {
            Rule::Text(rule) => rule.judge(&text(given)?),
            Rule::Email { max } => email(&text(given)?, *max),
            Rule::Phone => phone(&text(given)?),
            Rule::Number(rule) => rule.judge(given),
            Rule::Date { min, max } => date(&text(given)?, *min, *max),
            Rule::Time => time(&text(given)?),
            Rule::Pick(rule) => rule.judge(&text(given)?).map(Value::Text),
            Rule::Picks { pick, min, max } => picks(&list(given)?, pick, *min, *max),
            Rule::YesNo => yes_no(given).map(Value::Flag),
            Rule::File { max } => files(given, *max),
            Rule::Consent => consent(given, required),
            Rule::Hidden { .. } => hidden(&text(given)?),
            Rule::Nothing => {
                Problem::err("unknown_field", "This field takes no answer. Remove it.")
            }
        }
    }
}

fn text(given: Given<'_>) -> Result<Cow<'_, str>, Problem> {
    match given {
        Given::Text(text) => Ok(text),
        _ => Problem::err("wrong_type", "Send text in quotes here."),
    }
}

fn list(given: Given<'_>) -> Result<Vec<Cow<'_, str>>, Problem> {
    match given {
        Given::List(list) => Ok(list),
        _ => Problem::err("wrong_type", "Send a list of texts in brackets here."),
    }
}

/// Unicode scalar values, a CR LF counted once: a browser counts a line break as one character
/// and then sends two.
fn length(text: &str) -> usize {
    let breaks = if text.contains('\r') { text.matches("\r\n").count() } else { 0 };
    text.chars().count() - breaks
}

fn no_longer_than(text: &str, max: usize) -> Result<(), Problem> {
    // Never more characters than bytes, so most texts need no counting.
    if text.len() <= max {
        return Ok(());
    }
    let count = length(text);
    if count <= max {
        return Ok(());
    }
    Problem::err("too_long", format!("Use at most {max} characters; this has {count}."))
}

/// Length and pattern of a text.
#[derive(Debug)]
pub(super) struct TextRule {
    min: usize,
    max: usize,
    max_bytes: usize,
    pattern: Option<Regex>,
    hint: String,
    /// White space at the ends is part of a long text, also from a page.
    pub(super) keeps_edges: bool,
}

impl TextRule {
    fn new(field: &Field, text: &Text, default: usize) -> Result<Self, Fields> {
        let pattern = text.pattern.as_deref().map(whole_text).transpose().map_err(|_| {
            Fields::one(&field.key, "pattern", "The pattern of this field is not one we can use.")
        })?;
        Ok(TextRule {
            min: text.min_length.unwrap_or(0) as usize,
            max: text.max_length.map_or(default, |max| max as usize),
            max_bytes: text.max_length.map_or(limits::TEXT_BYTES, |_| usize::MAX),
            pattern,
            hint: text.pattern_hint.as_deref().unwrap_or(DEFAULT_HINT).to_owned(),
            keeps_edges: matches!(field.kind, Kind::LongText(_)),
        })
    }

    fn judge(&self, text: &str) -> Answer {
        no_longer_than(text, self.max)?;
        if text.len() > self.max_bytes {
            let (max, count) = (self.max_bytes, text.len());
            return Problem::err("too_long", format!("Use at most {max} bytes; this has {count}."));
        }
        if self.min > 0 {
            self.long_enough(text)?;
        }
        if self.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(text)) {
            return Problem::err("pattern", self.hint.clone());
        }
        Ok(Value::Text(text.to_owned()))
    }

    fn long_enough(&self, text: &str) -> Result<(), Problem> {
        let (min, count) = (self.min, length(text));
        if count >= min {
            return Ok(());
        }
        Problem::err("too_short", format!("Use at least {min} characters; this has {count}."))
    }
}

fn email(text: &str, max: usize) -> Answer {
    no_longer_than(text, max)?;
    if !shapes::is_email(text) {
        return Problem::err("not_an_email", "Write an e-mail address, such as ada@example.com.");
    }
    Ok(Value::Text(text.to_owned()))
}

fn phone(text: &str) -> Answer {
    if text.len() > 64 || !shapes::is_phone(text) {
        let message = "Write a phone number of 6 to 15 digits, such as +49 30 1234567.";
        return Problem::err("not_a_phone", message);
    }
    Ok(Value::Text(text.to_owned()))
}

fn date(text: &str, min: Option<Date>, max: Option<Date>) -> Answer {
    let Some(date) = shapes::calendar_date(text) else {
        let message = "Write a day of the calendar as year-month-day, such as 2026-11-21.";
        return Problem::err("not_a_date", message);
    };
    match (min, max) {
        (Some(min), _) if date < min => {
            Problem::err("too_small", format!("Choose {min} or a later day."))
        }
        (_, Some(max)) if date > max => {
            Problem::err("too_large", format!("Choose {max} or an earlier day."))
        }
        _ => Ok(Value::Text(text.to_owned())),
    }
}

fn time(text: &str) -> Answer {
    if !shapes::is_time(text) {
        let message = "Write a time of day from 00:00 to 23:59, such as 14:30.";
        return Problem::err("not_a_time", message);
    }
    Ok(Value::Text(text.to_owned()))
}

/// Bounds of a number; scale, rating and NPS are whole numbers with both bounds.
#[derive(Debug)]
pub(super) struct NumberRule {
    min: Option<f64>,
    max: Option<f64>,
    integer: bool,
}

impl NumberRule {
    fn new(numbers: &Numbers) -> Self {
        NumberRule {
            min: numbers.min.as_ref().and_then(serde_json::Number::as_f64),
            max: numbers.max.as_ref().and_then(serde_json::Number::as_f64),
            integer: numbers.integer,
        }
    }

    fn points(min: impl Into<f64>, max: impl Into<f64>) -> Self {
        NumberRule { min: Some(min.into()), max: Some(max.into()), integer: true }
    }

    fn judge(&self, given: Given) -> Answer {
        let number = match &given {
            Given::Number(digits) => shapes::decimal(digits),
            Given::Text(text) => shapes::decimal(text),
            _ => return Problem::err("wrong_type", "Send a number here."),
        };
        let Some(number) = number else {
            let message = "Write a number with digits and a dot, such as 12 or 12.5.";
            return Problem::err("not_a_number", message);
        };
        self.bounds(number)?;
        if self.integer && number.fract() != 0.0 {
            return Problem::err("not_an_integer", "Use a whole number, without a fraction.");
        }
        Ok(Value::number(number))
    }

    fn bounds(&self, number: f64) -> Result<(), Problem> {
        let min = self.min.unwrap_or(-limits::NUMBER);
        let max = self.max.unwrap_or(limits::NUMBER);
        if number < min {
            return Problem::err("too_small", format!("Use a number of {min} or more."));
        }
        if number > max {
            return Problem::err("too_large", format!("Use a number of {max} or less."));
        }
        Ok(())
    }
}

/// The options of a field.
#[derive(Debug)]
pub(super) struct PickRule {
    values: HashSet<Box<str>>,
    /// The refusal, which names the options.
    refusal: String,
    pub(super) other: bool,
}

impl PickRule {
    fn new(options: &[Choice], other: bool) -> Self {
        const NAMED: usize = 10;
        let named: Vec<&str> =
            options.iter().take(NAMED).map(|option| option.value.as_str()).collect();
        let more = if options.len() > NAMED { ", …" } else { "" };
        PickRule {
            values: options.iter().map(|option| option.value.as_str().into()).collect(),
            refusal: format!("Choose one of the options: {}{more}.", named.join(", ")),
            other,
        }
    }

    fn judge(&self, text: &str) -> Result<String, Problem> {
        if self.values.contains(text) {
            return Ok(text.to_owned());
        }
        if !self.other || text.trim().is_empty() {
            return Problem::err("not_an_option", self.refusal.clone());
        }
        no_longer_than(text, limits::OTHER_TEXT)?;
        Ok(text.to_owned())
    }
}

fn picks(texts: &[impl AsRef<str>], rule: &PickRule, min: usize, max: usize) -> Answer {
    let count = texts.len();
    if count > max {
        return Problem::err("too_many", format!("Choose at most {max}; these are {count}."));
    }
    let mut picked = Vec::with_capacity(count.min(rule.values.len() + 1));
    let (mut seen, mut own) = (HashSet::with_capacity(picked.capacity()), 0);
    for text in texts {
        let pick = rule.judge(text.as_ref())?;
        own += usize::from(!rule.values.contains(pick.as_str()));
        if !seen.insert(text.as_ref()) {
            return Problem::err("duplicate", format!("“{pick}” is chosen twice. Remove one."));
        }
        if own > 1 {
            return Problem::err("too_many", "Write only one answer of your own.");
        }
        picked.push(pick);
    }
    if count < min {
        return Problem::err("too_few", format!("Choose at least {min}; these are {count}."));
    }
    Ok(Value::List(picked))
}

fn yes_no(given: Given) -> Result<bool, Problem> {
    let word = match &given {
        Given::Flag(flag) => return Ok(*flag),
        Given::Text(text) => text.as_ref(),
        _ => return Problem::err("wrong_type", "Send true or false here."),
    };
    match word {
        // What a checkbox without a value of its own sends.
        "yes" | "true" | "on" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Problem::err("not_an_option", "Choose yes or no."),
    }
}

fn consent(given: Given, required: bool) -> Answer {
    match yes_no(given)? {
        false if required => must_be_accepted(),
        accepted => Ok(Value::Flag(accepted)),
    }
}

pub(super) fn must_be_accepted<T>() -> Result<T, Problem> {
    Problem::err("must_be_accepted", "Tick this to go on.")
}

fn files(given: Given, max: usize) -> Answer {
    let ids = match given {
        Given::Text(id) => vec![id],
        Given::List(ids) => ids,
        _ => {
            let message = "Send the id of an uploaded file, or a list of them.";
            return Problem::err("wrong_type", message);
        }
    };
    if ids.len() > max {
        let count = ids.len();
        return Problem::err("too_many", format!("Send at most {max} files; these are {count}."));
    }
    if ids.iter().any(|id| id.parse::<FileId>().is_err()) {
        let message = "Send the id that the upload answered, which begins with fil_.";
        return Problem::err("not_a_file", message);
    }
    Ok(Value::List(ids.into_iter().map(Into::into).collect()))
}

fn hidden(text: &str) -> Answer {
    no_longer_than(text, limits::HIDDEN)?;
    Ok(Value::Text(text.to_owned()))
}
