//! Newer and older: lists are walked by key, so there are no page numbers.

use maud::{Markup, Render, html};

use crate::{Icon, sample::Sample};

/// The two ways on from a page of a list; `None` where the list ends.
pub struct Pagination<'a> {
    /// Address of the newer page.
    pub newer: Option<&'a str>,
    /// Address of the older page.
    pub older: Option<&'a str>,
    /// What is shown: "50 of 1,204".
    pub summary: &'a str,
}

impl Render for Pagination<'_> {
    fn render(&self) -> Markup {
        html! {
            nav.pagination aria-label="Pages" {
                span.pagination__summary { (self.summary) }
                (step(self.newer, html! { (Icon::ChevronLeft) "Newer" }, "prev"))
                (step(self.older, html! { "Older" (Icon::ChevronRight) }, "next"))
            }
        }
    }
}

fn step(href: Option<&str>, label: Markup, rel: &str) -> Markup {
    html! {
        @match href {
            Some(href) => a.button data-size="small" href=(href) rel=(rel) { (label) },
            None => span.button.button--spent data-size="small" { (label) },
        }
    }
}

/// The end of a list that grows as one reads on; without scripts a link to the older page. The
/// address answers with further entries and, while there are more, another of these.
pub fn load_more(href: &str) -> Markup {
    html! {
        load-more data-href=(href) { a.button data-size="small" href=(href) rel="next" { "Older" } }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "pagination",
            "First page",
            html! {
                (Pagination { newer: None, older: Some("#older"), summary: "1–50 of 1,204" })
            },
        ),
        Sample::new(
            "pagination",
            "End of a list that grows",
            html! {
                p.muted { "Fetches the older page when it comes into view, so it rests in a template here." }
                template { (load_more("#older")) }
            },
        ),
    ]
}
