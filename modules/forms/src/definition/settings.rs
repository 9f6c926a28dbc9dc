//! How a form presents itself: part of the document, so that each version keeps its own.

use serde::Serialize;

use crate::{texts::Spoken, theme::Theme};

/// What people see besides the questions. Absent settings mean the usual.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Settings {
    /// The heading of the page after sending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thanks_title: Option<String>,
    /// The text of the page after sending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thanks_text: Option<String>,
    /// Where to go after sending, instead of a page of ours: `https://…` or `http://…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
    /// What the page says by itself is said in this language; in English, when nothing is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Spoken>,
    /// Nothing that is written is kept in the browser: for computers that many share.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub forget_drafts: bool,
    /// How it looks.
    #[serde(skip_serializing_if = "Theme::is_usual")]
    pub theme: Theme,
}

impl Settings {
    /// Whether nothing has been set.
    pub fn is_usual(&self) -> bool {
        *self == Settings::default()
    }
}
