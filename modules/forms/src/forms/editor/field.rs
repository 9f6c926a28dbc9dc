//! One field in the list of the editor: what it is, its settings, its place, its end.

use maud::{Markup, Render, html};
use ui::{Button, Confirm, Icon, Tone, badge};

use super::{Attempt, CONTAINER, Editor, Part, focused};
use crate::{
    definition::{Definition, Field},
    forms::{
        settings::{Input, Setting, settings, written},
        types::{type_icon, type_label},
    },
    pages::sent,
    paths,
};

/// A field with all that can be done to it.
pub(super) fn item(editor: &Editor<'_>, field: &Field, index: usize, count: usize) -> Markup {
    let part = Part::Field(field.key.clone());
    let attempt = editor.attempt_at(&part);
    let again = editor.done == Some(&part);
    html! {
        li.field-item id={ "item-" (field.key) } {
            details.field-item__more open[attempt.is_some()] {
                summary.field-item__head autofocus[again] { (name(field)) }
                (settings_form(editor, field, attempt))
            }
            (places(editor, field, index, count))
            (confirm(editor, field))
        }
    }
}

/// The fields for those who may only look.
pub(super) fn outline(definition: &Definition) -> Markup {
    html! {
        section.card.field-list {
            h2.visually-hidden { "Fields" }
            ol.field-list__items {
                @for field in &definition.fields {
                    li.field-item { div.field-item__head { (name(field)) } }
                }
            }
        }
    }
}

fn name(field: &Field) -> Markup {
    let kind = field.kind.name();
    let label = if field.label.is_empty() { &field.key } else { &field.label };
    html! {
        span.field-item__icon { (type_icon(kind)) }
        span.field-item__name {
            span.field-item__label { (label) }
            span.field-item__type {
                (type_label(kind))
                @if field.required { " " (badge(Tone::Accent, "Required")) }
            }
        }
    }
}

fn settings_form(editor: &Editor<'_>, field: &Field, attempt: Option<&Attempt<'_>>) -> Markup {
    let document = serde_json::to_value(field).unwrap_or_default();
    let inputs = settings(field.kind.name());
    let first_wrong = attempt.and_then(|attempt| {
        inputs.iter().map(|it| it.name).find(|name| attempt.problems.of(name).is_some())
    });
    let inner = html! {
        div.field-settings__inputs {
            @for setting in &inputs {
                @let value = match attempt {
                    Some(attempt) => sent(attempt.pairs, setting.name).unwrap_or_default().to_owned(),
                    None => written(setting, &document),
                };
                @let wrong = attempt.and_then(|attempt| attempt.problems.of(setting.name));
                @let id = format!("{}-{}", field.key, setting.name);
                @let focus = first_wrong == Some(setting.name);
                div.field-settings__wide[is_wide(setting)] {
                    (focused(input(setting, &value).id(id).error(wrong), focus))
                }
            }
        }
        div.row.row--between {
            (Button::primary("Save field").submit().small())
            (Button::quiet("Delete field…").icon(Icon::Trash).small().opens_dialog(&dialog(field)))
        }
        p.field-settings__key { "Key " code { (field.key) } }
    };
    editor.change(
        Some("field-settings"),
        &paths::field(editor.viewer.slug, editor.form.id, &field.key),
        inner,
    )
}

fn is_wide(setting: &Setting) -> bool {
    matches!(setting.input, Input::Lines | Input::Options | Input::Accept | Input::Flag)
        || matches!(setting.name, "label" | "help" | "placeholder" | "pattern" | "pattern_hint")
}

fn input<'a>(setting: &Setting, value: &'a str) -> ui::Field<'a> {
    let (name, label) = (setting.name, setting.label);
    let field = match setting.input {
        Input::Line | Input::Accept => ui::Field::text(name, label).attr("autocomplete", "off"),
        Input::Lines | Input::Options => ui::Field::long_text(name, label),
        Input::Whole => ui::Field::number(name, label).attr("step", "1"),
        Input::Number | Input::Megabytes => ui::Field::number(name, label).attr("step", "any"),
        Input::Date => ui::Field::date(name, label),
        Input::Flag => ui::Field::switch(name, label),
    };
    field.value(value).hint(Some(setting.hint))
}

/// Buttons that move the field. The page keeps its other parts as they are, so that the focus stays
/// on the button and one can press again.
fn places(editor: &Editor<'_>, field: &Field, index: usize, count: usize) -> Markup {
    let action = paths::field_position(editor.viewer.slug, editor.form.id, &field.key);
    let button = |icon, label: &str, to: &str, off| {
        let label = format!("{label}: {}", field.label);
        Button::icon_only(icon, &label)
            .submit()
            .attr("name", "to")
            .attr("value", to)
            .attr("id", format!("move-{}-{to}", field.key))
            .disabled(off)
            .render()
    };
    html! {
        form.field-item__places method="post" action=(action) data-hx-post=(action)
            data-hx-target={ "#" (CONTAINER) } data-hx-swap="outerMorph" {
            (ui::hidden("csrf_token", editor.viewer.csrf_token))
            (ui::hidden("revision", &editor.form.revision.to_string()))
            (button(Icon::ChevronUp, "Move up", "up", index == 0))
            (button(Icon::ChevronDown, "Move down", "down", index + 1 == count))
        }
    }
}

fn dialog(field: &Field) -> String {
    format!("delete-{}", field.key)
}

fn confirm(editor: &Editor<'_>, field: &Field) -> Markup {
    let (form, slug) = (editor.form, editor.viewer.slug);
    Confirm {
        id: &dialog(field),
        title: "Delete this field?",
        text: &format!(
            "“{}” is no longer asked from the next publication on. Answers already given are kept.",
            if field.label.is_empty() { &field.key } else { &field.label }
        ),
        action: "Delete field",
        decline: "Keep it",
        href: &paths::field_removal(slug, form.id, &field.key, form.revision),
        csrf_token: editor.viewer.csrf_token,
    }
    .render()
}
