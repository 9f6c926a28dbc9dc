//! A framed part of a page.

use maud::{Markup, Render, html};

use crate::{Button, Element, sample::Sample};

/// A frame with an optional title, actions beside it, and a foot.
#[derive(Default)]
pub struct Card<'a> {
    title: Option<&'a str>,
    summary: Option<&'a str>,
    id: Option<&'a str>,
    actions: Option<Markup>,
    foot: Option<Markup>,
    body: Markup,
}

impl<'a> Card<'a> {
    /// A card around `body`.
    pub fn new(body: Markup) -> Self {
        Self { body, ..Self::default() }
    }

    /// Heading of the card (level two).
    pub fn title(mut self, title: &'a str) -> Self {
        self.title = Some(title);
        self
    }

    /// One sentence under the heading.
    pub fn summary(mut self, summary: &'a str) -> Self {
        self.summary = Some(summary);
        self
    }

    /// The element's id, for replacing it later.
    pub fn id(mut self, id: &'a str) -> Self {
        self.id = Some(id);
        self
    }

    /// Buttons beside the heading.
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }

    /// A strip at the bottom.
    pub fn foot(mut self, foot: Markup) -> Self {
        self.foot = Some(foot);
        self
    }
}

impl Render for Card<'_> {
    fn render(&self) -> Markup {
        // A section without a heading is none that one could jump to; it is a mere frame.
        let tag = if self.title.is_some() { "section" } else { "div" };
        let inner = html! {
            @if self.title.is_some() || self.actions.is_some() {
                header.card__head {
                    div {
                        @if let Some(title) = self.title { h2.card__title { (title) } }
                        @if let Some(summary) = self.summary { p.card__summary { (summary) } }
                    }
                    @if let Some(actions) = &self.actions { div.row { (actions) } }
                }
            }
            div.card__body { (self.body) }
            @if let Some(foot) = &self.foot { footer.card__foot { (foot) } }
        };
        Element::new(tag).attr("class", "card").maybe("id", self.id).body(inner).render()
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![Sample::new(
        "cards",
        "Card",
        html! {
            (Card::new(html! { p { "Only members of this workspace may see submissions." } })
                .id("who-may-see")
                .title("Who may see it")
                .summary("Applies to every form of this workspace.")
                .actions(html! { (Button::secondary("Change").small()) })
                .foot(html! { "Changed yesterday by Ada Byron" }))
        },
    )]
}
