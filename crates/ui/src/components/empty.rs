//! What a list shows when nothing is in it yet: why, and what to do next.

use maud::{Markup, Render, html};

use crate::{Button, Icon, Illustration, sample::Sample};

/// A drawing, a sentence and the next step.
pub struct EmptyState<'a> {
    illustration: Illustration,
    title: &'a str,
    text: &'a str,
    actions: Option<Markup>,
    whole: bool,
    small: bool,
}

impl<'a> EmptyState<'a> {
    /// A state with its drawing, its title and one sentence.
    pub fn new(illustration: Illustration, title: &'a str, text: &'a str) -> Self {
        Self { illustration, title, text, actions: None, whole: false, small: false }
    }

    /// The next steps as buttons.
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }

    /// All there is on the page: its title is the first heading.
    pub fn whole_page(mut self) -> Self {
        self.whole = true;
        self
    }

    /// In one line, where something more important follows.
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }
}

impl Render for EmptyState<'_> {
    fn render(&self) -> Markup {
        html! {
            div.empty.empty--small[self.small] {
                (self.illustration)
                div {
                    @if self.whole { h1.empty__title { (self.title) } } @else { h2.empty__title { (self.title) } }
                    p.empty__text { (self.text) }
                }
                @if let Some(actions) = &self.actions { div.row.empty__actions { (actions) } }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let mut samples = vec![Sample::new(
        "empty",
        "A list with nothing in it yet",
        html! {
            (EmptyState::new(
                Illustration::Forms,
                "Your first form is a minute away",
                "Ask for anything: an e-mail, a rating, a file. Answers arrive here as they are sent.",
            )
            .actions(html! {
                (Button::primary("New form").icon(Icon::Plus).keys("c"))
                (Button::secondary("Send one by API").href("#api"))
            }))
        },
    )];
    let others = [
        (Illustration::Inbox, "Nothing has arrived yet", "Share the form's address and watch."),
        (Illustration::Search, "No submission says that", "Try fewer words, or another field."),
        (Illustration::People, "It is just you so far", "Invite those who answer with you."),
        (Illustration::Key, "No keys yet", "A key lets another program send submissions."),
        (Illustration::Done, "All caught up", "Every job has run. Nothing waits, nothing failed."),
        (Illustration::Lost, "This page went for a walk", "The address may be old or mistyped."),
    ];
    samples.extend(others.map(|(illustration, title, text)| {
        Sample::new("empty", title, EmptyState::new(illustration, title, text).render())
    }));
    samples.push(Sample::new(
        "empty",
        "In one line",
        EmptyState::new(Illustration::Key, "No keys yet", "The first one is made below.")
            .small()
            .render(),
    ));
    samples.push(Sample::new(
        "empty",
        "A whole page",
        EmptyState::new(Illustration::Lost, "Nothing here", "The address may be old.")
            .whole_page()
            .render(),
    ));
    samples
}
