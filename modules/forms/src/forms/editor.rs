//! The page on which a form is made: its state, its fields with their settings, and a preview.

mod bar;
mod field;
mod head;
mod palette;
mod panel;
mod preview;
mod program;

use kernel::Fields;
use maud::{Markup, html};
use ui::{Alert, Button, Card, Icon};

use super::{
    Form,
    history::History,
    settings::{settings, written},
    types::TYPES,
};
use crate::{
    definition::Definition,
    pages::{Viewer, sent},
    paths,
};

pub(crate) use head::{View, count, deletion_form, publish_from, share, standing, state, tabs};
pub(crate) use panel::verdict;
pub(crate) use preview::preview_of;

/// Everything that a change replaces.
pub(crate) const CONTAINER: &str = "form-editor";
/// Where the draft is shown as its respondents would see it.
const PREVIEW: &str = "preview";

/// The part of the form that someone works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// The form as a whole: its publication, its removal.
    Whole,
    Title,
    NewField,
    /// The field with this key.
    Field(String),
    /// The field with this key, which is new.
    Added(String),
    /// A field that is there no more.
    Removed,
    /// The order of the fields.
    Order,
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
    /// Which changes can be taken back and made again.
    pub(crate) history: History,
    /// The key of the field whose settings are in view.
    pub(crate) open: Option<&'a str>,
    /// The address of the page that the preview shows.
    pub(crate) preview: &'a str,
}

/// The whole page.
pub(crate) fn page(editor: &Editor<'_>) -> Markup {
    html! {
        @if editor.viewer.writes {
            form-builder.form-builder { (container(editor)) }
            p.visually-hidden id="sort-help" {
                "Press Space to take the field, the arrow keys to move it, Space again to put it down, \
                 Escape to put it back."
            }
            p.visually-hidden id="sort-told" role="status" {}
            (panel::option_lines())
            (head::deletion(&editor.viewer, editor.form, None))
            (bar::keys())
        } @else { (container(editor)) }
    }
}

/// The page but for its dialogs: what every change answers with.
pub(crate) fn container(editor: &Editor<'_>) -> Markup {
    html! {
        div.form-page.form-editor id=(CONTAINER) {
            (head::header(editor))
            (head::tabs(&editor.viewer, editor.form, View::Questions))
            (told(editor))
            @if editor.form.published { (share(&editor.viewer, editor.form, editor.origin)) }
            @if editor.form.version > 0 { (program::section(editor)) }
            @if editor.viewer.writes { (bar::bar(editor)) }
            div.form-editor__desk {
                @if editor.viewer.writes { (palette::palette(editor)) }
                div.stack.form-editor__work {
                    @if editor.viewer.writes {
                        (title(editor))
                        (fields(editor))
                        (new_field(editor))
                    } @else { (field::outline(editor.definition)) }
                }
                (preview::preview(editor))
            }
        }
    }
}

fn told(editor: &Editor<'_>) -> Markup {
    html! {
        @if let Some(told) = editor.attempt.and_then(|attempt| attempt.told.as_deref()) {
            (Alert::danger("That was not saved").text(told))
        }
    }
}

/// The settings of one field, for the list to open.
pub(crate) fn field_panel(editor: &Editor<'_>, key: &str) -> Option<Markup> {
    editor.definition.field(key).map(|field| panel::panel(editor, field))
}

/// What follows from a change that saved itself, beside the inputs that are being typed into.
pub(crate) fn saved(editor: &Editor<'_>, part: &Part) -> Markup {
    let field = match part {
        Part::Field(key) => editor.definition.field(key),
        _ => None,
    };
    html! {
        (head::header(editor))
        (bar::bar(editor))
        @if let Some(field) = field {
            (field::head(editor, field, true))
            @if panel::follows(&field.kind) { (default_input(field)) }
        }
        @if *part == Part::Title { (deletion_form(&editor.viewer, editor.form, None, None)) }
    }
}

/// What to fill in at first, chosen from options that may have changed.
fn default_input(field: &crate::definition::Field) -> Markup {
    let inputs = settings(field.kind.name());
    let document = serde_json::to_value(field).unwrap_or_default();
    html! {
        @for setting in inputs.iter().filter(|setting| setting.name == "default") {
            div.field-settings__wide[panel::is_wide(setting)] id={ (field.key) "-default-place" } {
                (panel::setting_input(field, setting, &written(setting, &document), None, false))
            }
        }
    }
}

impl<'a> Editor<'a> {
    /// What was sent for a part and refused.
    fn attempt_at(&self, part: &Part) -> Option<&'a Attempt<'a>> {
        self.attempt.filter(|attempt| attempt.part == part)
    }

    /// A form that is sent by itself as soon as something in it is changed.
    fn saved_by_itself(&self, class: &'static str, action: &str, inner: Markup) -> Markup {
        html! {
            form class=(class) method="post" action=(action) data-autosave {
                (ui::hidden("csrf_token", self.viewer.csrf_token))
                (ui::hidden("revision", &self.form.revision.to_string()))
                (inner)
            }
        }
    }

    /// A form that changes a part: by fragment with scripts, by redirect without. What stands in the
    /// inputs of other parts stays.
    fn change(&self, class: Option<&'static str>, action: &str, inner: Markup) -> Markup {
        html! {
            form class=[class] method="post" action=(action) data-hx-post=(action)
                data-hx-target={ "#" (CONTAINER) } data-hx-swap="outerMorph" {
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
    let inner = html! {
        (field)
        div.without-script { (Button::secondary("Save title").submit()) }
    };
    html! { (Card::new(editor.saved_by_itself("form-title", &action, inner))) }
}

fn fields(editor: &Editor<'_>) -> Markup {
    html! {
        section.card.field-list {
            h2.visually-hidden { "Fields" }
            field-sorter {
                ol.field-list__items {
                    @for field in &editor.definition.fields { (field::item(editor, field)) }
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
        (ui::hidden("after", editor.open.unwrap_or_default()))
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
