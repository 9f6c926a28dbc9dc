//! Names and values of one thing.

use maud::{Markup, html};

use crate::{Tone, sample::Sample, status};

/// A definition list; values are markup so that a badge or a time may stand in it.
pub fn facts(pairs: &[(&str, Markup)]) -> Markup {
    html! {
        dl.facts {
            @for (name, value) in pairs {
                div.facts__pair { dt { (name) } dd { (value) } }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![Sample::new(
        "facts",
        "Details",
        facts(&[
            ("State", status(Tone::Good, "Published")),
            ("Version", html! { "4" }),
            ("Submissions", html! { "1,204" }),
            ("Id", html! { code { "frm_01jb2m8q4x" } }),
            ("Note", html! { "Asked after every delivery, in the language of the receipt." }),
        ]),
    )]
}
