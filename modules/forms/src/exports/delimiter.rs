//! What stands between the cells of CSV, in files that go out and in those that come in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::choices::Few;

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

impl Few for Delimiter {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Delimiter::Comma, "comma", "Comma"),
        (Delimiter::Semicolon, "semicolon", "Semicolon"),
        (Delimiter::Tab, "tab", "Tab"),
        (Delimiter::Pipe, "pipe", "Vertical bar"),
    ];
}

impl Delimiter {
    pub(crate) fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
            Delimiter::Pipe => b'|',
        }
    }
}
