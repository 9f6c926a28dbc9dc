//! Keys printed where they help.

use maud::{Markup, html};

use crate::sample::Sample;

/// Keys separated by spaces: `kbd("g f")`, `kbd("Ctrl K")`.
pub fn kbd(keys: &str) -> Markup {
    html! {
        span.keys aria-hidden="true" {
            @for key in keys.split(' ') { kbd.key { (key) } }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![Sample::new(
        "keys",
        "Keys",
        html! {
            p { "Open the palette " (kbd("Ctrl K")) ", go to forms " (kbd("g f")) }
        },
    )]
}
