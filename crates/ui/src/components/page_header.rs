//! The head of a page: where one is, what it is called, what can be done.

use maud::{Markup, Render, html};

use crate::{Button, Icon, Tone, sample::Sample, status, whole};

/// Title with the way that leads to it and the actions of the page.
#[derive(Default)]
pub struct PageHeader<'a> {
    title: &'a str,
    trail: &'a [(&'a str, &'a str)],
    summary: Option<Markup>,
    actions: Option<Markup>,
}

impl<'a> PageHeader<'a> {
    /// A header with the page's only first-level heading.
    pub fn new(title: &'a str) -> Self {
        Self { title, ..Self::default() }
    }

    /// Pages above this one, as label and address, from the top.
    pub fn trail(mut self, trail: &'a [(&'a str, &'a str)]) -> Self {
        self.trail = trail;
        self
    }

    /// A line under the title: state, numbers.
    pub fn summary(mut self, summary: Markup) -> Self {
        self.summary = Some(summary);
        self
    }

    /// Buttons at the end; the primary one last.
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }

    fn breadcrumbs(&self) -> Markup {
        html! {
            nav.breadcrumbs aria-label="Breadcrumbs" {
                ol {
                    @for (label, href) in self.trail { li { a href=(href) title=[whole(label)] { (label) } } }
                    li aria-current="page" title=[whole(self.title)] { (self.title) }
                }
            }
        }
    }
}

impl Render for PageHeader<'_> {
    fn render(&self) -> Markup {
        html! {
            header.page-header {
                @if !self.trail.is_empty() { (self.breadcrumbs()) }
                div.page-header__line {
                    h1.page-header__title.clamp title=[whole(self.title)] { (self.title) }
                    @if let Some(actions) = &self.actions { div.page-header__actions { (actions) } }
                }
                @if let Some(summary) = &self.summary { div.page-header__summary { (summary) } }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![Sample::new(
        "page header",
        "With a trail and actions",
        html! {
            (PageHeader::new("Customer feedback")
                .trail(&[("Forms", "#forms")])
                .summary(html! { (status(Tone::Good, "Published")) span { "1,204 submissions" } })
                .actions(html! {
                    (Button::secondary("Share").icon(Icon::Link))
                    (Button::primary("Edit").icon(Icon::Edit).keys("e"))
                }))
        },
    )]
}
