//! Filters one may press.

use maud::{Markup, html};

use crate::{Icon, sample::Sample};

/// One filter: a link to the same list, narrowed or widened.
pub struct Chip<'a> {
    /// What the filter keeps.
    pub label: &'a str,
    /// The list with this filter turned around.
    pub href: &'a str,
    /// Whether it is on.
    pub on: bool,
}

/// A row of filters under one name.
pub fn chips(label: &str, chips: &[Chip<'_>]) -> Markup {
    html! {
        ul.chips aria-label=(label) {
            @for chip in chips {
                li {
                    a.chip href=(chip.href) aria-current=[chip.on.then_some("true")] {
                        @if chip.on { (Icon::Check) }
                        (chip.label)
                    }
                }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let sample = [
        Chip { label: "All", href: "#all", on: false },
        Chip { label: "Published", href: "#published", on: true },
        Chip { label: "Drafts", href: "#drafts", on: false },
    ];
    vec![Sample::new("chips", "Filters", chips("Show", &sample))]
}
