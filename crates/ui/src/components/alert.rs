//! A message that belongs to the page rather than to a moment.

use maud::{Markup, Render, html};

use crate::{Button, Icon, Tone, sample::Sample};

/// A banner with a tone, a title, and optionally a text and an action.
pub struct Alert<'a> {
    tone: Tone,
    title: &'a str,
    text: Option<&'a str>,
    points: &'a [String],
    action: Option<Markup>,
}

impl<'a> Alert<'a> {
    fn new(tone: Tone, title: &'a str) -> Self {
        Self { tone, title, text: None, points: &[], action: None }
    }

    /// Good to know.
    pub fn info(title: &'a str) -> Self {
        Self::new(Tone::Info, title)
    }

    /// It worked.
    pub fn success(title: &'a str) -> Self {
        Self::new(Tone::Good, title)
    }

    /// Needs attention soon.
    pub fn warning(title: &'a str) -> Self {
        Self::new(Tone::Warning, title)
    }

    /// Went wrong; announced at once by assistive technology.
    pub fn danger(title: &'a str) -> Self {
        Self::new(Tone::Bad, title)
    }

    /// A sentence that says what to do.
    pub fn text(mut self, text: &'a str) -> Self {
        self.text = Some(text);
        self
    }

    /// Several things to be said, one a line.
    pub fn points(mut self, points: &'a [String]) -> Self {
        self.points = points;
        self
    }

    /// A button or link at the end.
    pub fn action(mut self, action: Markup) -> Self {
        self.action = Some(action);
        self
    }
}

impl Render for Alert<'_> {
    fn render(&self) -> Markup {
        let role = if self.tone == Tone::Bad { "alert" } else { "status" };
        html! {
            div.alert data-tone=(self.tone.name()) role=(role) {
                (self.tone.icon())
                div.alert__body {
                    strong.alert__title { (self.title) }
                    @if let Some(text) = self.text { p { (text) } }
                    @if !self.points.is_empty() {
                        ul.alert__points { @for point in self.points { li { (point) } } }
                    }
                }
                @if let Some(action) = &self.action { div.alert__action { (action) } }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "alerts",
            "Tones",
            html! {
                div.stack {
                    (Alert::info("This form has a newer version")
                        .text("Submissions keep the version they answered."))
                    (Alert::success("Form published").action(html! {
                        (Button::secondary("Open it").small().href("#form"))
                    }))
                    (Alert::danger("No form was made of contact.json").points(&[
                        "Question 1, “Your name”, type (fields[0].type): There is no type “gps”.".to_owned(),
                        "title (title): Give the form a title.".to_owned(),
                    ]))
                    (Alert::warning("You have used 90 % of this month's submissions"))
                    (Alert::danger("The webhook has failed 12 times")
                        .text("The receiver answered 500. We try again in 8 minutes."))
                }
            },
        ),
        Sample::new(
            "alerts",
            "Icons of the tones",
            html! {
                div.row { @for tone in Tone::ALL { (tone.icon()) } (Icon::Bolt) }
            },
        ),
    ]
}
