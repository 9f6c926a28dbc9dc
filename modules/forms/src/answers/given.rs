//! What a sender gave for one field, before any rule has looked at it.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::problem::Problem;

/// One value as JSON or a page can carry it.
#[derive(Debug, PartialEq)]
pub(super) enum Given<'a> {
    Nothing,
    Text(Cow<'a, str>),
    /// The digits as they were sent.
    Number(&'a str),
    Flag(bool),
    List(Vec<Cow<'a, str>>),
    /// An object, or a list of anything but text: no field takes that.
    Nested,
}

impl<'a> Given<'a> {
    /// Reads one JSON value; nesting is seen but never followed.
    pub(super) fn from_json(raw: &'a RawValue) -> Result<Self, Problem> {
        let json = raw.get();
        Ok(match json.as_bytes().first() {
            Some(b'"') => Given::Text(text(json)?),
            Some(b't') => Given::Flag(true),
            Some(b'f') => Given::Flag(false),
            Some(b'-' | b'0'..=b'9') => Given::Number(json),
            Some(b'[') => list(json)?,
            Some(b'{') => Given::Nested,
            _ => Given::Nothing,
        })
    }

    /// Whether this leaves the field unanswered: nothing, `""` or `[]`.
    pub(super) fn is_absent(&self) -> bool {
        match self {
            Given::Nothing => true,
            Given::Text(text) => text.is_empty(),
            Given::List(list) => list.is_empty(),
            Given::Number(_) | Given::Flag(_) | Given::Nested => false,
        }
    }

    /// Whether a text in it holds the one character that PostgreSQL cannot store.
    pub(super) fn has_nul(&self) -> bool {
        match self {
            Given::Text(text) => text.contains('\0'),
            Given::List(list) => list.iter().any(|text| text.contains('\0')),
            Given::Nothing | Given::Number(_) | Given::Flag(_) | Given::Nested => false,
        }
    }
}

fn text(json: &str) -> Result<Cow<'_, str>, Problem> {
    let plain = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match plain {
        Some(plain) if !plain.contains('\\') => Ok(Cow::Borrowed(plain)),
        _ => serde_json::from_str(json).map(Cow::Owned).or_else(|_| {
            let message = "This text has a broken \\u escape. Write the character itself.";
            Problem::malformed("invalid_text", message)
        }),
    }
}

fn list(json: &str) -> Result<Given<'_>, Problem> {
    // Cannot fail: the text was read as JSON once already.
    let items: Vec<&RawValue> = serde_json::from_str(json).unwrap_or_default();
    if items.iter().any(|item| !item.get().starts_with('"')) {
        return Ok(Given::Nested);
    }
    items.into_iter().map(|item| text(item.get())).collect::<Result<_, _>>().map(Given::List)
}
