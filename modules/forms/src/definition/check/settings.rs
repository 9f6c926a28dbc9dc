//! The settings of each type: limits that hold together, options that can be told apart.

use std::collections::HashSet;

use super::{LONGEST_LABEL, Place};
use crate::definition::decode::MOST_OPTIONS;
use crate::definition::pattern::{Budget, LONGEST_PATTERN, PATTERN_BYTES, room};
use crate::definition::{Choice, Dates, File, Numbers, OTHER, Picks, Points, Rating, Text};
use crate::limits;

const LONGEST_OPTION_VALUE: usize = 200;
const MOST_POINTS: i32 = 20;
const MOST_FILES: u32 = 20;
const MOST_FILE_BYTES: u64 = 1024 * 1024 * 1024;
const MOST_ACCEPTED: usize = 50;

impl Place<'_> {
    pub(super) fn text(&mut self, text: &Text, usual: usize, most: usize) {
        self.length("max_length", text.max_length, most);
        self.length("min_length", text.min_length, most);
        let longest = text.max_length.map_or(usual, |max| max as usize);
        if let Some(min) = text.min_length
            && min as usize > longest
        {
            let message = format!("The shortest length, {min}, is above the longest, {longest}.");
            self.complain("min_length", "inconsistent", message);
        }
        self.short_if("pattern_hint", text.pattern_hint.as_deref(), LONGEST_LABEL);
        match &text.pattern {
            Some(pattern) => {
                self.pattern(pattern, longest);
            }
            None if text.pattern_hint.is_some() => {
                self.complain("pattern_hint", "inconsistent", "A hint needs a pattern beside it.");
            }
            None => {}
        }
    }

    pub(super) fn length(&mut self, property: &str, length: Option<u32>, most: usize) {
        if length.is_some_and(|length| length == 0 || length as usize > most) {
            self.complain(property, "out_of_range", format!("Choose a length from 1 to {most}."));
        }
    }

    /// `longest` is how many characters of text it may meet.
    fn pattern(&mut self, pattern: &str, longest: usize) {
        if !self.short("pattern", pattern, LONGEST_PATTERN) {
            return;
        }
        let Some(Budget { bytes: left, work }) = *self.budget else { return };
        match room(pattern, left.min(PATTERN_BYTES)) {
            Ok(bytes) if bytes.saturating_mul(longest) > work => {
                let fitting = work / bytes;
                let message = format!(
                    "Matching this against texts of up to {longest} characters takes too much work. \
                     Set \"max_length\" to {fitting} or less, or use smaller repetitions and \
                     smaller sets, such as [0-9] for \\d."
                );
                self.complain("pattern", "too_much_work", message);
            }
            Ok(bytes) => {
                *self.budget = Some(Budget { bytes: left - bytes, work: work - bytes * longest });
            }
            Err(regex::Error::CompiledTooBig(_)) if left < PATTERN_BYTES => {
                let message = "The patterns of this form are too large together. Use fewer, or smaller \
                               repetitions.";
                self.complain("pattern", "pattern", message);
            }
            Err(error) => self.complain("pattern", "pattern", unreadable(&error)),
        }
    }

    pub(super) fn numbers(&mut self, numbers: &Numbers) {
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

    pub(super) fn dates(&mut self, dates: &Dates) {
        if let (Some(min), Some(max)) = (dates.min, dates.max)
            && min > max
        {
            let message = format!("The first date, {min}, is after the last, {max}.");
            self.complain("min", "inconsistent", message);
        }
    }

    pub(super) fn picks(&mut self, picks: &Picks) {
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

    pub(super) fn options(&mut self, options: &[Choice]) {
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

    pub(super) fn points(&mut self, points: &Points) {
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

    pub(super) fn rating(&mut self, rating: &Rating) {
        if !(3..=10).contains(&rating.max) {
            self.complain("max", "out_of_range", "Choose 3 to 10 steps.");
        }
    }

    pub(super) fn file(&mut self, file: &File) {
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
}

fn unreadable(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => {
            "This pattern is too large; use smaller repetitions, and [A-Za-z0-9_] for \\w: that one stands \
             for the letters of all scripts."
                .to_owned()
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
