//! What stands between the cells of CSV, in files that go out and in those that come in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What stands between the cells of CSV.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Delimiter {
    #[default]
    Comma,
    /// What spreadsheets await where a comma stands before the fraction of a number.
    Semicolon,
    Tab,
    Pipe,
}

impl Delimiter {
    /// All, with the word of the API and what people call it.
    pub(crate) const ALL: [(Delimiter, &'static str, &'static str); 4] = [
        (Delimiter::Comma, "comma", "Comma"),
        (Delimiter::Semicolon, "semicolon", "Semicolon"),
        (Delimiter::Tab, "tab", "Tab"),
        (Delimiter::Pipe, "pipe", "Vertical bar"),
    ];

    pub(crate) fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
            Delimiter::Pipe => b'|',
        }
    }

    pub(crate) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(one, ..)| *one == self).map_or("comma", |(_, word, _)| word)
    }

    /// As people call it.
    pub(crate) fn label(self) -> &'static str {
        Self::ALL.iter().find(|(one, ..)| *one == self).map_or("Comma", |(.., label)| label)
    }

    /// The delimiter that a word of the API names.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == word).map(|(one, ..)| *one)
    }
}
