//! Small marks: a state, a count, a dot.

use maud::{Markup, Render, html};

use crate::{Icon, sample::Sample};

/// What a mark, a message or a figure means; the colour follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    Neutral,
    /// In the product's own colour.
    Accent,
    /// Good to know.
    Info,
    /// It worked or it is on.
    Good,
    /// Needs attention soon.
    Warning,
    /// Went wrong.
    Bad,
}

impl Tone {
    /// Every tone.
    pub const ALL: [Self; 6] =
        [Self::Neutral, Self::Accent, Self::Info, Self::Good, Self::Warning, Self::Bad];

    /// Its word in classes, attributes and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Info => "info",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Bad => "bad",
        }
    }

    pub(crate) fn icon(self) -> Icon {
        match self {
            Self::Neutral | Self::Info => Icon::Info,
            Self::Accent => Icon::Sparkles,
            Self::Good => Icon::Check,
            Self::Warning | Self::Bad => Icon::Warning,
        }
    }
}

/// A word in a pill: the state of a form, the kind of a field.
pub fn badge(tone: Tone, label: &str) -> Markup {
    html! { span.badge data-tone=(tone.name()) { (label) } }
}

/// A dot and a word or two: something that lives and may change under one's eyes.
pub fn status(tone: Tone, label: impl Render) -> Markup {
    html! { span.status data-tone=(tone.name()) { span.status__dot {} (label) } }
}

/// A number beside a name, such as what is unread.
pub fn count(number: &str, meaning: &str) -> Markup {
    html! { span.count { (number) span.visually-hidden { " " (meaning) } } }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "badges",
            "Badges",
            html! {
                div.row { @for tone in Tone::ALL { (badge(tone, tone.name())) } }
            },
        ),
        Sample::new(
            "badges",
            "Status and counts",
            html! {
                div.row {
                    (status(Tone::Good, "Published"))
                    (status(Tone::Neutral, "Draft"))
                    (status(Tone::Bad, "Failing"))
                    span { "Inbox " (count("12", "unread")) }
                }
            },
        ),
    ]
}
