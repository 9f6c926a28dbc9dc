//! A short message that comes and goes.

use maud::{Markup, Render, html};

use crate::{Button, Tone, sample::Sample};

/// What just happened, and perhaps the way back.
pub struct Toast<'a> {
    tone: Tone,
    text: &'a str,
    action: Option<Markup>,
}

impl<'a> Toast<'a> {
    /// A message with its tone.
    pub fn new(tone: Tone, text: &'a str) -> Self {
        Self { tone, text, action: None }
    }

    /// A button such as "Undo"; the message then stays longer.
    pub fn action(mut self, action: Markup) -> Self {
        self.action = Some(action);
        self
    }

    /// The message as an addition to any fragment: htmx puts it into the toast region.
    pub fn out_of_band(&self) -> Markup {
        html! { div data-hx-swap-oob="beforeend:#toasts" { (self) } }
    }
}

impl Render for Toast<'_> {
    fn render(&self) -> Markup {
        html! {
            toast-message.toast data-tone=(self.tone.name()) {
                (self.tone.icon())
                span.toast__text { (self.text) }
                @if let Some(action) = &self.action { (action) }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![Sample::new(
        "toasts",
        "Shown in place",
        html! {
            div.stack.toasts-in-place {
                (Toast::new(Tone::Good, "Form published"))
                (Toast::new(Tone::Neutral, "Submission deleted")
                    .action(html! { (Button::quiet("Undo").small()) }))
                (Toast::new(Tone::Bad, "Could not save. Check your connection and try again."))
            }
            template { (Toast::new(Tone::Info, "From any fragment").out_of_band()) }
        },
    )]
}
