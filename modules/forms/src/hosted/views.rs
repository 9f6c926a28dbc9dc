//! The hosted form as HTML that needs nothing but a browser.

use maud::{Markup, html};
use ui::{Alert, Bare, Button, Icon};

use crate::{
    controls::{Filled, control},
    definition::{Definition, Kind},
    paths,
    published::Published,
};

/// One respondent's form.
pub(crate) struct Sheet<'a> {
    pub(crate) form: &'a Published,
    pub(crate) filled: Filled<'a>,
    /// Made anew for each page, so that pressing twice sends once.
    pub(crate) key: &'a str,
}

/// The input that carries the key.
pub(crate) const KEY: &str = "_key";

/// The whole page.
pub(crate) fn page(sheet: &Sheet<'_>) -> Markup {
    let title = &sheet.form.title;
    let wrong = !sheet.filled.problems.is_empty();
    let shown = if wrong { format!("Please check: {title}") } else { title.clone() };
    frame(&shown, title, container(sheet))
}

/// The sheet of paper with its questions.
pub(crate) fn container(sheet: &Sheet<'_>) -> Markup {
    let form = sheet.form;
    let fields = &form.definition.fields;
    let multipart = fields.iter().any(|field| matches!(field.kind, Kind::File(_)));
    html! {
        form.paper method="post" action=(paths::hosted(&form.public_id))
            enctype=[multipart.then_some("multipart/form-data")] {
            div.paper__head { h1 { (form.title) } }
            (complaints(&form.definition, &sheet.filled))
            (ui::hidden(KEY, sheet.key))
            @for field in fields { (control(field, &sheet.filled)) }
            (Button::primary("Send").submit().wide())
            @if fields.iter().any(|field| field.required) {
                p.paper__foot { "Questions marked * must be answered." }
            }
        }
    }
}

/// Everything that is wrong, each linked to its field by the question it belongs to.
fn complaints(definition: &Definition, filled: &Filled<'_>) -> Markup {
    let beside: Vec<(String, String)> = definition
        .fields
        .iter()
        .filter_map(|field| {
            let message = filled.problem(&field.key)?;
            let label = if field.label.is_empty() { &field.key } else { &field.label };
            Some((filled.id(&field.key), format!("{label}: {message}")))
        })
        .collect();
    let links: Vec<(&str, &str)> =
        beside.iter().map(|(id, message)| (id.as_str(), message.as_str())).collect();
    let elsewhere = filled.problems.iter().filter(|problem| {
        let key = problem.field.strip_prefix("answers.");
        key.is_none_or(|key| definition.field(key).is_none())
    });
    html! {
        (ui::error_summary(&links))
        @for problem in elsewhere { (Alert::danger("Nothing was sent").text(&problem.message)) }
    }
}

/// The page of a form that takes nothing at the moment.
pub(crate) fn closed(title: &str) -> Markup {
    frame("This form is closed", title, closed_paper(title))
}

pub(crate) fn closed_paper(title: &str) -> Markup {
    html! {
        div.paper.paper--thanks {
            span.paper__tick data-tone="neutral" { (Icon::Lock) }
            div.paper__head {
                h1 { "This form is closed" }
                p { "“" (title) "” takes no answers at the moment. If you were asked to fill it in, let whoever sent you the link know." }
            }
        }
    }
}

/// The page of an address that leads to no form.
pub(crate) fn missing() -> Markup {
    frame("This form is not here", "There is no form at this address.", missing_paper())
}

pub(crate) fn missing_paper() -> Markup {
    html! {
        div.paper.paper--thanks {
            span.paper__tick data-tone="neutral" { (Icon::Search) }
            div.paper__head {
                h1 { "This form is not here" }
                p {
                    "It may have been taken down, or the link may have lost a letter on its way. "
                    "Ask whoever sent it to you for a new one."
                }
            }
        }
    }
}

/// The page after a form was sent.
pub(crate) fn thanks(form: &Published) -> Markup {
    frame("Thank you", &form.title, thanks_paper(form))
}

pub(crate) fn thanks_paper(form: &Published) -> Markup {
    let again = paths::hosted(&form.public_id);
    html! {
        div.paper.paper--thanks {
            span.paper__tick { (Icon::Check) }
            div.paper__head {
                h1 { "Thank you" }
                p { "Your answers to “" (form.title) "” have arrived." }
            }
            @if form.open { (Button::quiet("Send another").href(&again)) }
        }
    }
}

fn frame(title: &str, description: &str, body: Markup) -> Markup {
    Bare { title, description, lang: "en", owner: None }.render(body)
}
