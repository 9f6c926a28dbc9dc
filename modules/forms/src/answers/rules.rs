//! One rule for each type of field: what it takes and how it is stored.

mod number;
mod pick;
mod text;

use std::borrow::Cow;

use jiff::civil::Date;
use kernel::Fields;

use super::given::Given;
use super::problem::Problem;
use super::{Value, shapes};
use crate::definition::{Field, Kind};
use crate::limits;

use number::NumberRule;
pub(super) use pick::PickRule;
use pick::picks;
use text::{TextRule, no_longer_than};

kernel::typed_id!(FileId, FileKind, "fil");

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
                min: picks.min_picks.unwrap_or(0) as usize,
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
                Problem::malformed("unknown_field", "This field takes no answer. Remove it.")
            }
        }
    }
}

fn text(given: Given<'_>) -> Result<Cow<'_, str>, Problem> {
    match given {
        Given::Text(text) => Ok(text),
        _ => Problem::malformed("wrong_type", "Send text in quotes here."),
    }
}

fn list(given: Given<'_>) -> Result<Vec<Cow<'_, str>>, Problem> {
    match given {
        Given::List(list) => Ok(list),
        _ => Problem::malformed("wrong_type", "Send a list of texts in brackets here."),
    }
}

fn email(text: &str, max: usize) -> Answer {
    no_longer_than(text, max)?;
    if !shapes::is_email(text) {
        return Err(Problem::NotAnEmail);
    }
    Ok(Value::Text(text.to_owned()))
}

fn phone(text: &str) -> Answer {
    if text.len() > 64 || !shapes::is_phone(text) {
        return Err(Problem::NotAPhone);
    }
    Ok(Value::Text(text.to_owned()))
}

fn date(text: &str, min: Option<Date>, max: Option<Date>) -> Answer {
    let Some(date) = crate::calendar::calendar_date(text) else {
        return Err(Problem::NotADate);
    };
    match (min, max) {
        (Some(min), _) if date < min => Err(Problem::TooEarly(min)),
        (_, Some(max)) if date > max => Err(Problem::TooLate(max)),
        _ => Ok(Value::Text(text.to_owned())),
    }
}

fn time(text: &str) -> Answer {
    if !crate::calendar::is_time(text) {
        return Err(Problem::NotATime);
    }
    Ok(Value::Text(text.to_owned()))
}

fn yes_no(given: Given) -> Result<bool, Problem> {
    let word = match &given {
        Given::Flag(flag) => return Ok(*flag),
        Given::Text(text) => text.as_ref(),
        _ => return Problem::malformed("wrong_type", "Send true or false here."),
    };
    match word {
        // What a checkbox without a value of its own sends.
        "yes" | "true" | "on" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err(Problem::YesOrNo),
    }
}

fn consent(given: Given, required: bool) -> Answer {
    match yes_no(given)? {
        false if required => Err(Problem::MustBeAccepted),
        accepted => Ok(Value::Flag(accepted)),
    }
}

fn files(given: Given, max: usize) -> Answer {
    let ids = match given {
        Given::Text(id) => vec![id],
        Given::List(ids) => ids,
        _ => {
            let message = "Send the id of an uploaded file, or a list of them.";
            return Problem::malformed("wrong_type", message);
        }
    };
    if ids.len() > max {
        return Err(Problem::TooManyFiles { max, count: ids.len() });
    }
    if ids.iter().any(|id| id.parse::<FileId>().is_err()) {
        let message = "Send the id that the upload answered, which begins with fil_.";
        return Problem::malformed("not_a_file", message);
    }
    Ok(Value::List(ids.into_iter().map(Into::into).collect()))
}

fn hidden(text: &str) -> Answer {
    no_longer_than(text, limits::HIDDEN)?;
    Ok(Value::Text(text.to_owned()))
}
