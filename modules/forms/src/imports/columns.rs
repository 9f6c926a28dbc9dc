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
}

const SAMPLES: usize = 3;
const SAMPLE_LETTERS: usize = 60;

impl Column {
    pub(super) fn new(name: String) -> Self {
        Column { name, samples: Vec::new() }
    }

    /// Notes a value, unless enough are known.
    pub(super) fn show(&mut self, value: &str) {
        let sample = beginning(value.trim(), SAMPLE_LETTERS);
        if self.samples.len() < SAMPLES && !sample.is_empty() && !self.samples.contains(&sample) {
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
