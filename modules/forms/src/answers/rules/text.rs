//! Texts: their length and their pattern.

use kernel::Fields;
use regex::Regex;

use super::Answer;
use crate::answers::problem::Problem;
use crate::definition::{Field, Kind, Text, whole_text};
use crate::{answers::Value, limits};

/// Length and pattern of a text.
#[derive(Debug)]
pub(in crate::answers) struct TextRule {
    min: usize,
    max: usize,
    max_bytes: usize,
    pattern: Option<Regex>,
    /// What its author says of the pattern.
    hint: Option<Box<str>>,
    /// White space at the ends is part of a long text, also from a page.
    pub(in crate::answers) keeps_edges: bool,
}

impl TextRule {
    pub(super) fn new(field: &Field, text: &Text, default: usize) -> Result<Self, Fields> {
        let pattern = text.pattern.as_deref().map(whole_text).transpose().map_err(|_| {
            Fields::one(&field.key, "pattern", "The pattern of this field is not one we can use.")
        })?;
        Ok(TextRule {
            min: text.min_length.unwrap_or(0) as usize,
            max: text.max_length.map_or(default, |max| max as usize),
            max_bytes: text.max_length.map_or(limits::TEXT_BYTES, |_| usize::MAX),
            pattern,
            hint: text.pattern_hint.as_deref().map(Into::into),
            keeps_edges: matches!(field.kind, Kind::LongText(_)),
        })
    }

    pub(in crate::answers) fn has_pattern(&self) -> bool {
        self.pattern.is_some()
    }

    pub(super) fn judge(&self, text: &str) -> Answer {
        no_longer_than(text, self.max)?;
        if text.len() > self.max_bytes {
            return Err(Problem::TooManyBytes { max: self.max_bytes, count: text.len() });
        }
        if self.min > 0 {
            self.long_enough(text)?;
        }
        if self.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(text)) {
            return Err(Problem::Pattern(self.hint.clone()));
        }
        Ok(Value::Text(text.to_owned()))
    }

    fn long_enough(&self, text: &str) -> Result<(), Problem> {
        let (min, count) = (self.min, length(text));
        if count >= min {
            return Ok(());
        }
        Err(Problem::TooShort { min, count })
    }
}

/// Unicode scalar values, a CR LF counted once: a browser counts a line break as one character
/// and then sends two.
fn length(text: &str) -> usize {
    let breaks = if text.contains('\r') { text.matches("\r\n").count() } else { 0 };
    text.chars().count() - breaks
}

/// Refuses a text of more characters than `max`.
pub(super) fn no_longer_than(text: &str, max: usize) -> Result<(), Problem> {
    // Never more characters than bytes, so most texts need no counting.
    if text.len() <= max {
        return Ok(());
    }
    let count = length(text);
    if count <= max {
        return Ok(());
    }
    Err(Problem::TooLong { max, count })
}
