//! The page that begins a form: with a title, from the gallery, or from a file.

use kernel::{Error, FieldError};
use maud::{Markup, Render, html};
use serde_json::Value;
use ui::{Alert, Button, Card, PageHeader};

use crate::{gallery::TEMPLATES, pages::Viewer, paths};

/// What was tried, and why it was refused.
#[derive(Default)]
pub(crate) struct Attempt<'a> {
    pub(crate) title: &'a str,
    pub(crate) document: &'a str,
    /// Of the file that the document was taken from, if it was.
    pub(crate) file_name: &'a str,
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
                input type="hidden" name="file_name" value=(attempt.file_name);
                input.input.input--file id="form-file" type="file" accept="application/json,.json";
            }
            (field)
            div.row { (Button::secondary("Make this form").submit()) }
        }
    };
    Card::new(body).title("Or bring one along").render()
}

/// Faults that are told at a time.
const TOLD: usize = 10;

/// Each fault with its place in the document.
fn refusal(attempt: &Attempt<'_>) -> Markup {
    let Some(error) = attempt.error else { return html! {} };
    let source = if attempt.file_name.is_empty() { "the document" } else { attempt.file_name };
    let title = format!("No form was made of {source}");
    let faults = attempt.faults();
    if faults.is_empty() {
        return Alert::danger(&title).text(&error.to_string()).render();
    }
    let document = serde_json::from_str(attempt.document).unwrap_or_default();
    let told = faults.iter().take(TOLD);
    let told = told.map(|it| format!("{}: {}", place(&document, &it.field), it.message));
    let mut told: Vec<String> = told.collect();
    if faults.len() > TOLD {
        told.push(format!("And {} more.", faults.len() - TOLD));
    }
    Alert::danger(&title).points(&told).render()
}

/// `fields[0].type` as people find it: “Question 1, “Your name”, type (fields[0].type)”.
fn place(document: &Value, path: &str) -> String {
    if path == "body" {
        return "The document as a whole".to_owned();
    }
    let asked = path.strip_prefix("fields[").and_then(|rest| rest.split_once(']'));
    let numbered = asked.and_then(|(index, rest)| Some((index.parse::<usize>().ok()?, rest)));
    let words = match numbered {
        Some((index, rest)) => {
            let label = document["fields"][index]["label"].as_str().unwrap_or_default();
            let label =
                if label.is_empty() { label.to_owned() } else { format!(", “{label}”") };
            let rest = in_words(rest.trim_start_matches('.'));
            let rest = if rest.is_empty() { rest } else { format!(", {rest}") };
            format!("Question {}{label}{rest}", index + 1)
        }
        None => in_words(path),
    };
    format!("{words} ({path})")
}

/// `options[1].label` as `option 2, label`.
fn in_words(path: &str) -> String {
    let word = |part: &str| match part.trim_end_matches(']').split_once('[') {
        Some((list, index)) => match index.parse::<usize>() {
            Ok(index) => format!("{} {}", list.strip_suffix('s').unwrap_or(list), index + 1),
            Err(_) => part.to_owned(),
        },
        None => part.replace('_', " "),
    };
    path.split('.').map(word).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_place_is_told_as_people_find_it() {
        let document = json!({"fields": [{"label": "Well?"}, {}]});
        for (path, told) in [
            ("body", "The document as a whole"),
            ("title", "title (title)"),
            ("fields", "fields (fields)"),
            ("fields[0].type", "Question 1, “Well?”, type (fields[0].type)"),
            ("fields[1]", "Question 2 (fields[1])"),
            (
                "fields[9].options[1].label",
                "Question 10, option 2, label (fields[9].options[1].label)",
            ),
            ("settings.theme.accent", "settings, theme, accent (settings.theme.accent)"),
            ("settings.thanks_text", "settings, thanks text (settings.thanks_text)"),
        ] {
            assert_eq!(place(&document, path), told);
        }
    }
}
