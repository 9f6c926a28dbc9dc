//! The rules of a form document that the types alone do not hold.

mod conditions;
mod default;
mod presentation;
mod settings;

use std::collections::HashSet;

use kernel::Fields;

use super::decode::{MOST_FIELDS, too_many_fields};
use super::pattern::Budget;
use super::visible::{TURNS_AROUND, is_blank, turns_around};
use super::{Consent, Definition, Field, Hidden, Kind};
use crate::limits;

const LONGEST_LABEL: usize = 500;
const LONGEST_HELP: usize = 2_000;
const LONGEST_STATEMENT: usize = 5_000;
const MOST_PATTERNS: usize = 30;

/// Checks the whole document and names each faulty place.
pub(super) fn definition(definition: &Definition) -> Result<(), Fields> {
    let fields = &definition.fields;
    if fields.len() > MOST_FIELDS {
        return Err(too_many_fields(fields.len()));
    }
    if !fields.iter().any(|field| field.kind.is_question()) {
        let message = "Ask at least one question; sections and pages only arrange them.";
        return Err(Fields::one("fields", "too_few", message));
    }
    let mut problems = Fields::new();
    keys(fields, &mut problems);
    // Too many are not even compiled.
    let mut budget = few_patterns(fields, &mut problems).then(Budget::default);
    for (index, field) in fields.iter().enumerate() {
        let path = format!("fields[{index}]");
        Place { path, problems: &mut problems, budget: &mut budget }.field(field);
    }
    conditions::conditions(definition, &mut problems);
    let path = "settings".to_owned();
    Place { path, problems: &mut problems, budget: &mut budget }.presentation(&definition.settings);
    problems.into_result()
}

fn keys(fields: &[Field], problems: &mut Fields) {
    let mut seen = HashSet::new();
    for (index, field) in fields.iter().enumerate() {
        let place = format!("fields[{index}].key");
        if !is_key(&field.key) {
            let message = "Begin the key with a letter a–z and go on with a–z, 0–9 and _, at most \
                           64 characters.";
            problems.push(place, "pattern", message);
        } else if !seen.insert(&field.key) {
            let message = format!("Another field already has the key “{}”.", field.key);
            problems.push(place, "duplicate_key", message);
        }
    }
}

fn is_key(key: &str) -> bool {
    let rest_fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    key.len() <= 64
        && key.as_bytes().first().is_some_and(u8::is_ascii_lowercase)
        && key.bytes().all(rest_fits)
}

/// Compiled patterns take memory in every process that receives answers.
fn few_patterns(fields: &[Field], problems: &mut Fields) -> bool {
    let has_pattern = |field: &&Field| match &field.kind {
        Kind::ShortText(text) | Kind::LongText(text) => text.pattern.is_some(),
        _ => false,
    };
    let few = fields.iter().filter(has_pattern).count() <= MOST_PATTERNS;
    if !few {
        let message = format!("At most {MOST_PATTERNS} fields of a form may have a pattern.");
        problems.push("fields", "too_many", message);
    }
    few
}

/// Where in the document we are, and what was found wrong so far.
struct Place<'a> {
    path: String,
    problems: &'a mut Fields,
    /// What is left for patterns; `None` when they are not looked at.
    budget: &'a mut Option<Budget>,
}

impl Place<'_> {
    fn complain(&mut self, property: &str, code: &'static str, message: impl Into<String>) {
        self.problems.push(format!("{}.{property}", self.path), code, message);
    }

    fn field(&mut self, field: &Field) {
        let may_be_nameless = matches!(field.kind, Kind::Hidden(_) | Kind::Page);
        if !may_be_nameless {
            self.present("label", &field.label);
        }
        self.short("label", &field.label, LONGEST_LABEL);
        self.short_if("help", field.help.as_deref(), LONGEST_HELP);
        self.short_if("placeholder", field.placeholder.as_deref(), LONGEST_LABEL);
        if field.required && !field.kind.is_question() {
            let message =
                format!("A {} asks nothing, so it cannot be required.", field.kind.name());
            self.complain("required", "inconsistent", message);
        }
        self.kind(&field.kind);
        self.default(field);
    }

    fn kind(&mut self, kind: &Kind) {
        match kind {
            Kind::ShortText(text) => self.text(text, limits::SHORT_TEXT, limits::SHORT_TEXT_MOST),
            Kind::LongText(text) => self.text(text, limits::LONG_TEXT, limits::LONG_TEXT_MOST),
            Kind::Email(email) => self.length("max_length", email.max_length, limits::EMAIL),
            Kind::Number(numbers) => self.numbers(numbers),
            Kind::Date(dates) => self.dates(dates),
            Kind::Choice(pick) | Kind::Dropdown(pick) => self.options(&pick.options),
            Kind::Choices(picks) => self.picks(picks),
            Kind::Scale(points) => self.points(points),
            Kind::Rating(rating) => self.rating(rating),
            Kind::File(file) => self.file(file),
            Kind::Consent(Consent { text }) => {
                self.short_if("text", text.as_deref(), LONGEST_STATEMENT);
            }
            Kind::Hidden(Hidden { default }) => {
                self.short_if("default", default.as_deref(), limits::HIDDEN);
            }
            Kind::Phone | Kind::Time | Kind::Nps | Kind::YesNo | Kind::Section | Kind::Page => {}
        }
    }

    fn present(&mut self, property: &str, text: &str) {
        if is_blank(text) {
            self.complain(property, "required", "Write something here.");
        }
    }

    fn short_if(&mut self, property: &str, text: Option<&str>, most: usize) {
        if let Some(text) = text {
            self.short(property, text, most);
        }
    }

    fn short(&mut self, property: &str, text: &str, most: usize) -> bool {
        let count = text.chars().count();
        if text.contains('\0') {
            self.complain(property, "nul_character", limits::NUL_MESSAGE);
        } else if count > most {
            let message = format!("Use at most {most} characters; this has {count}.");
            self.complain(property, "too_long", message);
        } else if turns_around(text) {
            self.complain(property, "direction_control", TURNS_AROUND);
        } else {
            return true;
        }
        false
    }
}
