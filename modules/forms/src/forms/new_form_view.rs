//! The page that begins a form: with a title, from the gallery, or from a file.

use kernel::{Error, FieldError};
use maud::{Markup, Render, html};
use ui::{Alert, Button, Card, PageHeader};

use crate::{gallery::TEMPLATES, pages::Viewer, paths};

/// What was tried, and why it was refused.
#[derive(Default)]
pub(crate) struct Attempt<'a> {
    pub(crate) title: &'a str,
    pub(crate) document: &'a str,
    pub(crate) error: Option<&'a Error>,
}

impl Attempt<'_> {
    fn is_of_document(&self) -> bool {
        !self.document.is_empty()
    }

    fn faults(&self) -> &[FieldError] {
        self.error.map_or(&[], Error::fields)
    }

    /// What is wrong with the title of a form that begins with one.
    fn of_title(&self) -> Option<&str> {
        let fault = self.faults().iter().find(|fault| fault.field == "title");
        fault.filter(|_| !self.is_of_document()).map(|fault| fault.message.as_str())
    }
}

/// The whole page.
pub(crate) fn page(viewer: &Viewer<'_>, attempt: &Attempt<'_>) -> Markup {
    let list = paths::forms(viewer.slug);
    html! {
        (PageHeader::new("New form").trail(&[("Forms", &list)]))
        div.stack {
            div.narrow { (titled(viewer, attempt)) }
            (gallery(viewer))
            div.narrow { (from_file(viewer, attempt)) }
        }
    }
}

fn titled(viewer: &Viewer<'_>, attempt: &Attempt<'_>) -> Markup {
    let field = ui::Field::text("title", "Title")
        .value(attempt.title)
        .hint(Some("People read it above the questions, such as “Contact us”."))
        .error(attempt.of_title())
        .required(true)
        .attr("maxlength", "200")
        .attr("autocomplete", "off")
        .attr("autofocus", "autofocus");
    let body = html! {
        form.stack method="post" action=(paths::new_form(viewer.slug)) {
            (ui::hidden("csrf_token", viewer.csrf_token))
            (field)
            div.row {
                (Button::primary("Go on to the questions").forward().submit())
                (Button::quiet("Cancel").href(&paths::forms(viewer.slug)))
            }
        }
    };
    Card::new(body).render()
}

/// Each form of the gallery is a button.
fn gallery(viewer: &Viewer<'_>) -> Markup {
    html! {
        section.stack {
            h2 { "Or begin with a good one" }
            form.gallery method="post" action=(paths::new_form(viewer.slug)) {
                (ui::hidden("csrf_token", viewer.csrf_token))
                @for template in TEMPLATES {
                    button.gallery__form name="template" value=(template.name) {
                        strong { (template.title) }
                        span { (template.summary) }
                    }
                }
            }
        }
    }
}

fn from_file(viewer: &Viewer<'_>, attempt: &Attempt<'_>) -> Markup {
    let field = ui::Field::long_text("document", "The document")
        .value(attempt.document)
        .hint(Some("What “Download as JSON” gave, here or elsewhere."))
        .required(true)
        .attr("spellcheck", "false");
    let body = html! {
        form.stack method="post" action=(paths::new_form(viewer.slug)) {
            (ui::hidden("csrf_token", viewer.csrf_token))
            @if attempt.is_of_document() { (refusal(attempt)) }
            chosen-file data-into="document" {
                label.field__label for="form-file" { "Take it from a file" }
                input.input.input--file id="form-file" type="file" accept="application/json,.json";
            }
            (field)
            div.row { (Button::secondary("Make this form").submit()) }
        }
    };
    Card::new(body).title("Or bring one along").render()
}

/// Each fault with its place in the document.
fn refusal(attempt: &Attempt<'_>) -> Markup {
    let text = match (attempt.error, attempt.faults()) {
        (Some(error), []) => error.to_string(),
        (_, faults) => {
            let told = faults.iter().take(10).map(|it| format!("{}: {}", it.field, it.message));
            told.collect::<Vec<_>>().join(" ")
        }
    };
    html! { @if attempt.error.is_some() { (Alert::danger("No form was made").text(&text)) } }
}
