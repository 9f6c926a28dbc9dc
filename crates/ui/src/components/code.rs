//! Program text with a button that copies it.

use maud::{Markup, html};

use crate::{Icon, sample::Sample};

/// A named block of program text.
pub fn code_block(label: &str, code: &str) -> Markup {
    html! {
        figure.code {
            figcaption.code__head { span { (label) } (copy_button(code, "Copy")) }
            pre.code__text tabindex="0" aria-label=(label) role="region" { code { (code) } }
        }
    }
}

/// A button that puts `value` on the clipboard and says so; hidden where scripts do not run.
pub fn copy_button(value: &str, label: &str) -> Markup {
    html! {
        copy-text data-value=(value) {
            button.button.button--quiet type="button" data-size="small" hidden {
                (Icon::Copy)
                span.button__label aria-live="polite" { (label) }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let code = "curl https://forms.example/api/forms/frm_01j/submissions \\\n  -H 'Authorization: \
                Bearer mwz_…' \\\n  -d '{\"answers\": {\"email\": \"ada@example.com\"}}'";
    vec![Sample::new(
        "code",
        "Block and copy button",
        html! {
            div.stack { (code_block("Shell", code)) (copy_button("frm_01j", "Copy id")) }
        },
    )]
}
