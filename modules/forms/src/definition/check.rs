//! The rules of a form document that the types alone do not hold.

use std::collections::HashSet;

use kernel::Fields;

use super::decode::{MOST_FIELDS, MOST_OPTIONS, too_many_fields};
use super::pattern::{LONGEST_PATTERN, whole_text};
use super::{
    Choice, Consent, Dates, Definition, Field, File, Hidden, Kind, Numbers, OTHER, Picks, Points,
    Rating, Text,
};
use crate::answers::limits;

const LONGEST_LABEL: usize = 500;
const LONGEST_HELP: usize = 2_000;
const LONGEST_STATEMENT: usize = 5_000;
const LONGEST_OPTION_VALUE: usize = 200;
const MOST_PATTERNS: usize = 30;
const MOST_POINTS: i32 = 20;
const MOST_FILES: u32 = 20;
const MOST_FILE_BYTES: u64 = 1024 * 1024 * 1024;
const MOST_ACCEPTED: usize = 50;

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
    patterns(fields, &mut problems);
    for (index, field) in fields.iter().enumerate() {
        Place { path: format!("fields[{index}]"), problems: &mut problems }.field(field);
    }
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
fn patterns(fields: &[Field], problems: &mut Fields) {
    let has_pattern = |field: &&Field| match &field.kind {
        Kind::ShortText(text) | Kind::LongText(text) => text.pattern.is_some(),
        _ => false,
    };
    if fields.iter().filter(has_pattern).count() > MOST_PATTERNS {
        let message = format!("At most {MOST_PATTERNS} fields of a form may have a pattern.");
        problems.push("fields", "too_many", message);
    }
}

/// Where in the document we are, and what was found wrong so far.
struct Place<'a> {
    path: String,
    problems: &'a mut Fields,
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
    }

    fn kind(&mut self, kind: &Kind) {
        match kind {
            Kind::ShortText(text) => self.text(text, limits::SHORT_TEXT_MOST),
            Kind::LongText(text) => self.text(text, limits::LONG_TEXT_MOST),
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

    fn text(&mut self, text: &Text, most: usize) {
        self.length("max_length", text.max_length, most);
        self.length("min_length", text.min_length, most);
        if let (Some(min), Some(max)) = (text.min_length, text.max_length)
            && min > max
        {
            let message = format!("The shortest length, {min}, is above the longest, {max}.");
            self.complain("min_length", "inconsistent", message);
        }
        self.short_if("pattern_hint", text.pattern_hint.as_deref(), LONGEST_LABEL);
        match &text.pattern {
            Some(pattern) => self.pattern(pattern),
            None if text.pattern_hint.is_some() => {
                self.complain("pattern_hint", "inconsistent", "A hint needs a pattern beside it.");
            }
            None => {}
        }
    }

    fn length(&mut self, property: &str, length: Option<u32>, most: usize) {
        if length.is_some_and(|length| length == 0 || length as usize > most) {
            self.complain(property, "out_of_range", format!("Choose a length from 1 to {most}."));
        }
    }

    fn pattern(&mut self, pattern: &str) {
        if !self.short("pattern", pattern, LONGEST_PATTERN) {
            return;
        }
        if let Err(error) = whole_text(pattern) {
            self.complain("pattern", "pattern", unreadable(&error));
        }
    }

    fn numbers(&mut self, numbers: &Numbers) {
        let (min, max) = (numbers.min.as_ref(), numbers.max.as_ref());
        for (property, bound) in [("min", min), ("max", max)] {
            let number = bound.and_then(serde_json::Number::as_f64);
            if number.is_some_and(|number| number.abs() > limits::NUMBER) {
                let message = "Choose a number between -1,000,000,000,000,000 and \
                               1,000,000,000,000,000.";
                self.complain(property, "out_of_range", message);
            }
        }
        if let (Some(min), Some(max)) = (min, max)
            && min.as_f64() > max.as_f64()
        {
            let message = format!("The smallest number, {min}, is above the largest, {max}.");
            self.complain("min", "inconsistent", message);
        }
    }

    fn dates(&mut self, dates: &Dates) {
        if let (Some(min), Some(max)) = (dates.min, dates.max)
            && min > max
        {
            let message = format!("The first date, {min}, is after the last, {max}.");
            self.complain("min", "inconsistent", message);
        }
    }

    fn picks(&mut self, picks: &Picks) {
        self.options(&picks.options);
        let offered = picks.options.len() + usize::from(picks.other);
        for (property, count) in [("min_picks", picks.min_picks), ("max_picks", picks.max_picks)] {
            if count.is_some_and(|count| count == 0 || count as usize > offered) {
                let message = format!("Choose a number from 1 to {offered}, as many as there are.");
                self.complain(property, "out_of_range", message);
            }
        }
        if let (Some(min), Some(max)) = (picks.min_picks, picks.max_picks)
            && min > max
        {
            let message = format!("The fewest picks, {min}, are more than the most, {max}.");
            self.complain("min_picks", "inconsistent", message);
        }
    }

    fn options(&mut self, options: &[Choice]) {
        if options.is_empty() || options.len() > MOST_OPTIONS {
            let message =
                format!("Offer 1 to {MOST_OPTIONS} options; these are {}.", options.len());
            self.complain(
                "options",
                if options.is_empty() { "required" } else { "too_many" },
                message,
            );
        }
        let (mut values, mut labels) = (HashSet::new(), HashSet::new());
        for (index, option) in options.iter().enumerate().take(MOST_OPTIONS) {
            let (value, label) =
                (format!("options[{index}].value"), format!("options[{index}].label"));
            self.option(option, &value, &label);
            if !values.insert(&option.value) {
                self.complain(&value, "duplicate", "Another option already has this value.");
            } else if !labels.insert(&option.label) {
                self.complain(&label, "duplicate", "Another option already has this label.");
            }
        }
    }

    fn option(&mut self, option: &Choice, value: &str, label: &str) {
        self.present(value, &option.value);
        self.short(value, &option.value, LONGEST_OPTION_VALUE);
        self.present(label, &option.label);
        self.short(label, &option.label, LONGEST_LABEL);
        if option.value == OTHER {
            let message = "“_other” stands for the respondent's own text; set \"other\": true.";
            self.complain(value, "reserved", message);
        }
    }

    fn points(&mut self, points: &Points) {
        self.short_if("min_label", points.min_label.as_deref(), LONGEST_LABEL);
        self.short_if("max_label", points.max_label.as_deref(), LONGEST_LABEL);
        if !(-100..=100).contains(&points.min) {
            self.complain("min", "out_of_range", "Choose a number from -100 to 100.");
        } else if points.max <= points.min || points.max > points.min + MOST_POINTS {
            let (first, last) = (points.min + 1, points.min + MOST_POINTS);
            self.complain(
                "max",
                "out_of_range",
                format!("Choose a number from {first} to {last}."),
            );
        }
    }

    fn rating(&mut self, rating: &Rating) {
        if !(3..=10).contains(&rating.max) {
            self.complain("max", "out_of_range", "Choose 3 to 10 steps.");
        }
    }

    fn file(&mut self, file: &File) {
        if !(1..=MOST_FILES).contains(&file.max_files) {
            let message = format!("Allow 1 to {MOST_FILES} files.");
            self.complain("max_files", "out_of_range", message);
        }
        if !(1..=MOST_FILE_BYTES).contains(&file.max_bytes) {
            let message = format!("Allow 1 to {MOST_FILE_BYTES} bytes a file.");
            self.complain("max_bytes", "out_of_range", message);
        }
        if file.accept.len() > MOST_ACCEPTED {
            self.complain("accept", "too_many", format!("Name at most {MOST_ACCEPTED} types."));
        }
        for (index, accepted) in file.accept.iter().enumerate().take(MOST_ACCEPTED) {
            if !is_file_type(accepted) {
                let message = "Name a media type such as image/png or image/*, or an ending such \
                               as .pdf.";
                self.complain(&format!("accept[{index}]"), "pattern", message);
            }
        }
    }

    fn present(&mut self, property: &str, text: &str) {
        if text.trim().is_empty() {
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
        } else {
            return true;
        }
        false
    }
}

fn unreadable(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => {
            "This pattern is too large; use smaller repetitions.".to_owned()
        }
        // The last line says what is wrong; those before it draw the pattern in a fixed-width font.
        other => {
            let drawn = other.to_string();
            let reason = drawn.lines().last().unwrap_or_default().trim_start_matches("error: ");
            format!("This is not a regular expression we can use: {reason}.")
        }
    }
}

/// `.pdf`, `image/png` or `image/*`.
fn is_file_type(text: &str) -> bool {
    let is_word = |word: &str| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte);
        !word.is_empty() && word.len() <= 100 && word.bytes().all(fits)
    };
    match (text.strip_prefix('.'), text.split_once('/')) {
        (Some(ending), _) => is_word(ending),
        (None, Some((family, member))) => is_word(family) && (member == "*" || is_word(member)),
        (None, None) => false,
    }
}
