//! The pieces of a line as bare words.

use super::{Inline, Values};

/// What a variable holds, or what stands for it.
pub(super) fn value<'a>(values: &'a Values, name: &str, otherwise: &'a str) -> &'a str {
    match values.text(name) {
        "" => otherwise,
        value => value,
    }
}

/// Words alone, without marks and without where links lead.
pub(super) fn plain(pieces: &[Inline], values: &Values) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Inline::Text(plain) => text.push_str(plain),
            Inline::Variable { name, otherwise } => text.push_str(value(values, name, otherwise)),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link(inner, _) => {
                text.push_str(&plain(inner, values));
            }
        }
    }
    text
}
