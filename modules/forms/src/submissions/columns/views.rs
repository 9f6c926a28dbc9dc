//! The panel in which columns are chosen: a plain form that asks for the list with other columns.

use maud::{Markup, html};
use ui::{Button, Icon, PageHeader, hidden, whole};

use crate::{
    definition::Field,
    forms::{Form, FormId},
    paths,
    submissions::{
        column::{Column, Own},
        place::Place,
    },
};

/// A column that may be shown.
pub(crate) struct Offered {
    pub(crate) column: Column,
    label: String,
    /// Whether it is an answer to what is asked no more.
    gone: bool,
    on: bool,
}

impl Offered {
    pub(crate) fn own() -> impl Iterator<Item = Self> {
        Own::ALL.into_iter().map(|own| Offered {
            column: Column::Own(own),
            label: own.label().to_owned(),
            gone: false,
            on: false,
        })
    }

    pub(crate) fn answer(field: Field, asked: bool) -> Self {
        let label = field.name().to_owned();
        Offered { column: Column::Answer(field.key), label, gone: !asked, on: false }
    }

    pub(crate) fn chosen(self) -> Self {
        Offered { on: true, ..self }
    }
}

/// What the panel shows.
pub(crate) struct Panel<'a> {
    pub(crate) slug: &'a str,
    pub(crate) form: FormId,
    /// What is listed.
    pub(crate) place: &'a Place,
    pub(crate) offered: &'a [Offered],
}

/// Where there is no script it has a page.
pub(super) fn page(slug: &str, form: &Form, panel: Markup) -> Markup {
    let (forms, list) = (paths::forms(slug), paths::submissions(slug, form.id));
    let at = paths::form(slug, form.id);
    html! {
        (PageHeader::new("Columns")
            .trail(&[("Forms", &forms), (&form.title, &at), ("Submissions", &list)]))
        div.narrow { (panel) }
        script src=(ui::url("columns.js")) type="module" {}
    }
}

pub(crate) fn panel(panel: &Panel<'_>) -> Markup {
    let list = paths::submissions(panel.slug, panel.form);
    let usual = panel.place.showing(None);
    html! {
        column-panel.columns role="group" aria-labelledby="columns-title" {
            form method="get" action=(list) {
                // The first button is the one that Enter presses.
                button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" { "Show" }
                h2.columns__title id="columns-title" tabindex="-1" { "Columns" }
                p.muted { "Pick what the list shows, and put it into order." }
                @for (name, value) in usual.pairs() { (hidden(&name, &value)) }
                field-sorter {
                    ol.columns__list {
                        @for offered in panel.offered { (line(panel, offered)) }
                    }
                }
                p.visually-hidden id="sort-told" aria-live="polite" {}
                div.row {
                    (Button::primary("Show").submit())
                    (Button::quiet("Usual columns").href(&usual.on(&list)))
                    (Button::quiet("Cancel").href(&panel.place.first().on(&list)).attr("data-close", ""))
                }
            }
        }
    }
}

fn line(panel: &Panel<'_>, offered: &Offered) -> Markup {
    let word = offered.column.to_string();
    let again = paths::columns(panel.slug, panel.form);
    html! {
        li.columns__line {
            button.field-item__handle.columns__handle type="button" data-handle aria-label={ "Move " (offered.label) } { (Icon::Drag) }
            label.columns__label {
                input type="checkbox" name="columns" value=(word) checked[offered.on];
                span {
                    span.field-item__label.clamp title=[whole(&offered.label)] { (offered.label) }
                    @if offered.gone { span.muted { "no longer asked" } }
                }
            }
            @for (name, label, icon) in [("up", "Up", Icon::ChevronUp), ("down", "Down", Icon::ChevronDown)] {
                button.button.button--icon.button--quiet.columns__step name=(name) value=(word) formaction=(again)
                    aria-label={ (label) ": " (offered.label) } title=(label) { (icon) }
            }
        }
    }
}
