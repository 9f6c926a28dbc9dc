//! The colours of a theme as a style element that the page's policy names by its hash (CSP 3, 8.2).

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use maud::{Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::{Palette, Theme};

/// A style element and what the policy says of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Style {
    text: String,
    /// `'sha256-…'`
    pub(crate) source: String,
}

impl Style {
    /// None for a theme without colours of its own.
    pub(crate) fn of(theme: &Theme) -> Option<Self> {
        let text = rules(&Palette::of(theme));
        if text.is_empty() {
            return None;
        }
        let text = format!(":root{{{text}}}");
        let source = format!("'sha256-{}'", STANDARD.encode(Sha256::digest(&text)));
        Some(Style { text, source })
    }

    pub(crate) fn element(&self) -> Markup {
        // Made of names and digits of ours alone.
        html! { style { (PreEscaped(&self.text)) } }
    }
}

fn rules(palette: &Palette) -> String {
    let mut text = String::new();
    let mut rule = |name: &str, light: super::Colour, dark: super::Colour| {
        // Writing to a text cannot fail.
        let _ = write!(text, "--{name}:light-dark({light},{dark});");
    };
    if let Some([light, dark]) = palette.accent {
        rule("accent", light.fill, dark.fill);
        rule("accent-hover", light.hover, dark.hover);
        rule("accent-ink", light.ink, dark.ink);
        rule("accent-text", light.text, dark.text);
        rule("accent-tint", light.tint, dark.tint);
        rule("accent-line", light.line, dark.line);
        rule("ring", light.text, dark.text);
    }
    if let Some([light, dark]) = palette.backdrop {
        rule("page", light.page, dark.page);
        rule("page-ink", light.ink, dark.ink);
    }
    text
}
