//! The shape of what is still on its way.

use maud::{Markup, html};

use crate::sample::Sample;

/// Lines of text to come.
pub fn skeleton_lines(lines: usize) -> Markup {
    html! {
        div.skeleton role="status" {
            span.visually-hidden { "Loading…" }
            @for _ in 0..lines { span.skeleton__line {} }
        }
    }
}

/// Rows of a list to come.
pub fn skeleton_rows(rows: usize) -> Markup {
    html! {
        div.skeleton role="status" {
            span.visually-hidden { "Loading…" }
            @for _ in 0..rows {
                span.skeleton__row {
                    span.skeleton__dot {} span.skeleton__line {} span.skeleton__line {}
                }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample::new("skeletons", "Lines", skeleton_lines(3)),
        Sample::new("skeletons", "Rows", skeleton_rows(3)),
    ]
}
