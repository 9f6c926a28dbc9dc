//! The sheet at the door: signing in, registering, anything that is a page of its own.

use maud::{Markup, Render, html};

use crate::{Button, Field, layout::brand::mark, sample::Sample};

/// A sheet of paper with the mark, a heading, a form, and the way for those who are wrong here.
pub struct Entrance<'a> {
    title: &'a str,
    summary: &'a str,
    body: Markup,
    foot: Option<Markup>,
}

impl<'a> Entrance<'a> {
    /// A sheet with the page's only first-level heading, one sentence, and what is asked.
    pub fn new(title: &'a str, summary: &'a str, body: Markup) -> Self {
        Self { title, summary, body, foot: None }
    }

    /// A line under the sheet.
    pub fn foot(mut self, foot: Markup) -> Self {
        self.foot = Some(foot);
        self
    }
}

impl Render for Entrance<'_> {
    fn render(&self) -> Markup {
        html! {
            div.entrance {
                div.paper.entrance__paper {
                    header.paper__head {
                        (mark())
                        h1 { (self.title) }
                        p { (self.summary) }
                    }
                    (self.body)
                }
                @if let Some(foot) = &self.foot { p.entrance__foot { (foot) } }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let form = html! {
        form.stack {
            (Field::email("door_email", "E-mail").required(true))
            (Field::password("door_password", "Password", "current-password").required(true))
            (Button::primary("Sign in").submit().wide())
        }
    };
    vec![Sample::new(
        "entrance",
        "A page of its own",
        html! {
            (Entrance::new("Welcome back", "Sign in to your workspaces.", form)
                .foot(html! { "New here? " a href="#register" { "Make an account" } }))
        },
    )]
}
