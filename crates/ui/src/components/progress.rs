//! How far something long has come, and how much of a limit is used.

use maud::{Markup, html};

use crate::{Tone, sample::Sample};

/// A bar from 0 to `of`, with its words beside it.
pub fn progress(label: &str, done: u64, of: u64) -> Markup {
    let percent = (done.min(of) * 100).checked_div(of).unwrap_or(100);
    html! {
        label.progress {
            span.progress__label { (label) }
            span.progress__figure { (percent) " %" }
            progress value=(done) max=(of.max(1)) { (percent) " %" }
        }
    }
}

/// A bar for a walk of few steps; the words say how far one has come.
pub fn steps(label: &str, here: u64, of: u64) -> Markup {
    html! {
        label.progress {
            span.progress__label { (label) }
            progress value=(here) max=(of.max(1)) { (label) }
        }
    }
}

/// A bar for work whose length nobody knows.
pub fn working(label: &str) -> Markup {
    html! {
        label.progress { span.progress__label { (label) } progress { (label) } }
    }
}

/// How much of a limit is used; the colour warns above four fifths. The bar is drawn beside the
/// native meter, which no two browsers let one dress alike.
pub fn usage(label: &str, figures: &str, used: u64, limit: u64) -> Markup {
    let limit = limit.max(1);
    let percent = used.min(limit) * 100 / limit;
    let tone = match percent {
        0..80 => Tone::Good,
        80..95 => Tone::Warning,
        _ => Tone::Bad,
    };
    html! {
        label.progress data-tone=(tone.name()) {
            span.progress__label { (label) }
            span.progress__figure { (figures) }
            meter.visually-hidden value=(used.min(limit)) min="0" max=(limit) { (figures) }
            svg.progress__bar width="100%" height="8" aria-hidden="true" {
                rect.progress__track width="100%" height="8" rx="4" {}
                rect.progress__fill width={ (percent) "%" } height="8" rx="4" {}
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![Sample::new(
        "progress",
        "Work and limits",
        html! {
            div.stack {
                (progress("Importing 10,000 reports", 6_430, 10_000))
                (steps("Page 2 of 3", 2, 3))
                (working("Waiting for the receiver…"))
                (usage("Submissions this month", "41,200 of 100,000", 41_200, 100_000))
                (usage("Storage", "8.7 of 10 GB", 87, 100))
                (usage("Members", "10 of 10", 10, 10))
            }
        },
    )]
}
