//! The page on which a form is made: its state, its fields with their settings, and a preview.

mod field;
mod head;
mod program;

use kernel::Fields;
use maud::{Markup, html};
use ui::{Alert, Button, Card, Icon};

use super::{Form, types::TYPES};
use crate::{
    controls::{Filled, control},
    definition::Definition,
    pages::{Viewer, sent},
    paths,
    steps::{Steps, page_of},
};

pub(crate) use head::{View, count, deletion_form, share, state, tabs};

/// Everything that a change replaces.
pub(crate) const CONTAINER: &str = "form-editor";

/// The part of the form that someone works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// The form as a whole: its publication, its removal.
    Whole,
    Title,
    NewField,
    /// The field with this key.
    Field(String),
}

/// A change that was refused: kept, so that nothing typed is lost.
pub(crate) struct Attempt<'a> {
    pub(crate) part: &'a Part,
    pub(crate) pairs: &'a [(String, String)],
    /// By the names of the inputs.
    pub(crate) problems: Fields,
    /// What went wrong beyond single inputs.
    pub(crate) told: Option<String>,
}

/// A form with whatever its page shows beside it.
pub(crate) struct Editor<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) form: &'a Form,
    pub(crate) definition: &'a Definition,
    /// Scheme and host of public links.
    pub(crate) origin: &'a str,
    pub(crate) attempt: Option<&'a Attempt<'a>>,
    /// The part that was just changed; it gets the focus.
    pub(crate) done: Option<&'a Part>,
}

/// The whole page.
pub(crate) fn page(editor: &Editor<'_>) -> Markup {
    html! {
        (container(editor))
        @if editor.viewer.writes { (head::deletion(&editor.viewer, editor.form, None)) }
    }
}

/// The page but for its dialogs: what every change answers with.
pub(crate) fn container(editor: &Editor<'_>) -> Markup {
    html! {
        div.form-editor id=(CONTAINER) {
            (head::header(editor))
            (head::tabs(&editor.viewer, editor.form, View::Questions))
            @if let Some(told) = editor.attempt.and_then(|attempt| attempt.told.as_deref()) {
                (Alert::danger("That was not saved").text(told))
            }
            @if editor.form.published { (share(editor.form, editor.origin)) }
            @if editor.form.version > 0 { (program::section(editor)) }
            div.form-editor__desk {
                div.stack {
                    @if editor.viewer.writes {
                        (title(editor))
                        (fields(editor))
                        (new_field(editor))
                    } @else { (field::outline(editor.definition)) }
                }
                (preview(editor))
            }
        }
    }
}

impl<'a> Editor<'a> {
    /// What was sent for a part and refused.
    fn attempt_at(&self, part: &Part) -> Option<&'a Attempt<'a>> {
        self.attempt.filter(|attempt| attempt.part == part)
    }

    /// A form that changes a part: by fragment with scripts, by redirect without.
    fn change(&self, class: Option<&'static str>, action: &str, inner: Markup) -> Markup {
        html! {
            form class=[class] method="post" action=(action) data-hx-post=(action)
                data-hx-target={ "#" (CONTAINER) } data-hx-swap="outerHTML" {
                (ui::hidden("csrf_token", self.viewer.csrf_token))
                (ui::hidden("revision", &self.form.revision.to_string()))
                (inner)
            }
        }
    }
}

fn title(editor: &Editor<'_>) -> Markup {
    let attempt = editor.attempt_at(&Part::Title);
    let value = attempt.and_then(|attempt| sent(attempt.pairs, "title"));
    let field = ui::Field::text("title", "Title")
        .id("form-title")
        .value(value.unwrap_or(&editor.form.title))
        .required(true)
        .attr("maxlength", "200")
        .attr("autocomplete", "off")
        .error(attempt.and_then(|attempt| attempt.problems.of("title")));
    let action = paths::form_part(editor.viewer.slug, editor.form.id, "title");
    let inner = html! { (field) (Button::secondary("Save title").submit()) };
    html! { (Card::new(editor.change(Some("form-title"), &action, inner))) }
}

fn fields(editor: &Editor<'_>) -> Markup {
    let fields = &editor.definition.fields;
    html! {
        section.card.field-list {
            h2.visually-hidden { "Fields" }
            ol.field-list__items {
                @for (index, field) in fields.iter().enumerate() {
                    (field::item(editor, field, index, fields.len()))
                }
            }
        }
    }
}

fn new_field(editor: &Editor<'_>) -> Markup {
    let attempt = editor.attempt_at(&Part::NewField);
    let kept = |name: &str| attempt.and_then(|it| sent(it.pairs, name)).unwrap_or_default();
    let wrong = |name: &str| attempt.and_then(|it| it.problems.of(name));
    let chosen = if kept("type").is_empty() { "short_text" } else { kept("type") };
    let label = ui::Field::text("label", "Label")
        .id("new-label")
        .value(kept("label"))
        .attr("autocomplete", "off")
        .attr("placeholder", "What would you like to know?")
        .error(wrong("label"));
    // To what is wrong, or on to the next field.
    let astray = wrong("options").is_some() && wrong("label").is_none();
    let again = !astray && (attempt.is_some() || editor.done == Some(&Part::NewField));
    let inner = html! {
        div.new-field__line {
            (focused(label, again))
            (ui::Field::select("type", "Type", &TYPES).id("new-type").value(chosen)
                .required(true).error(wrong("type")))
        }
        div.new-field__options {
            (focused(ui::Field::long_text("options", "Options").id("new-options"), astray)
                .value(kept("options")).hint(Some("One per line.")).error(wrong("options")))
        }
        div.row.row--between {
            (ui::Field::switch("required", "Must be answered").id("new-required")
                .value(kept("required")).error(wrong("required")))
            (Button::secondary("Add field").icon(Icon::Plus).submit())
        }
    };
    let action = paths::form_part(editor.viewer.slug, editor.form.id, "fields");
    let body = editor.change(Some("new-field"), &action, inner);
    html! { (Card::new(body).title("Another field").id("new-field")) }
}

fn focused<'a>(field: ui::Field<'a>, on: bool) -> ui::Field<'a> {
    if on { field.attr("autofocus", "autofocus") } else { field }
}

/// The hosted form's own controls, page after page, out of reach of keyboard and pointer.
fn preview(editor: &Editor<'_>) -> Markup {
    let nothing = Fields::new();
    let filled = Filled { pairs: &[], problems: &nothing, kept: &[], prefix: "preview." };
    let steps = Steps::of(editor.definition);
    html! {
        section.form-preview aria-labelledby="preview-title" tabindex="0" {
            h2.form-preview__title id="preview-title" { (Icon::Eye) "Preview" }
            div.paper.form-preview__paper inert {
                div.paper__head { p.form-preview__name { (editor.form.title) } }
                @for (index, step) in steps.iter().enumerate() {
                    @if steps.count() > 1 { p.form-preview__page { (page_of(index, steps.count())) } }
                    @if let Some(heading) = step.heading { (control(heading, &filled)) }
                    @for field in &step.fields { (control(field, &filled)) }
                }
            }
        }
    }
}
