//! The columns of a file, as the first rows show them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A column with what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportColumn)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// The beginnings of up to three values that differ.
    pub(crate) samples: Vec<String>,
    /// All values that the first rows show, by which it is guessed where it goes; never kept.
    #[serde(skip)]
    pub(crate) seen: Vec<String>,
}

const SAMPLES: usize = 3;
const SAMPLE_LETTERS: usize = 60;
/// More than the longest e-mail address and most options have.
const SEEN_LETTERS: usize = 400;

impl Column {
    pub(super) fn new(name: String) -> Self {
        Column { name, samples: Vec::new(), seen: Vec::new() }
    }

    /// Notes a value.
    pub(super) fn show(&mut self, value: &str) {
        let seen = beginning(value.trim(), SEEN_LETTERS);
        if seen.is_empty() || self.seen.contains(&seen) {
            return;
        }
        let sample = beginning(&seen, SAMPLE_LETTERS);
        self.seen.push(seen);
        if self.samples.len() < SAMPLES && !self.samples.contains(&sample) {
            self.samples.push(sample);
        }
    }
}

/// The first letters, with a sign that there are more. What PostgreSQL cannot store is shown as a sign.
pub(super) fn beginning(text: &str, letters: usize) -> String {
    let text = text.replace('\0', "\u{fffd}");
    match text.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
