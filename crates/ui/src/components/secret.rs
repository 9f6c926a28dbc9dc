//! A secret that is shown once.

use maud::{Markup, html};

use crate::{Icon, copy_button, sample::Sample};

/// A key or link in full, with the reminder that it will not be shown again.
pub fn secret_box(title: &str, secret: &str, reminder: &str) -> Markup {
    html! {
        section.secret aria-label=(title) {
            div.secret__head { (Icon::Key) strong { (title) } }
            div.secret__line { code.secret__value { (secret) } (copy_button(secret, "Copy")) }
            p.secret__reminder { (reminder) }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![Sample::new(
        "secrets",
        "A new API key",
        secret_box(
            "Your new key",
            "mwz_live_7Qf2vN9tYkB4xW1rLz8cD3hJ6mPsA5eG0uTi",
            "Copy it now. We keep only a fingerprint and cannot show it again.",
        ),
    )]
}
