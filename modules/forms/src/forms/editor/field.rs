//! One field in the list: what it is; its settings, when it is the one that is open.

use maud::{Markup, html};
use ui::{Icon, Tone, badge, whole};

use super::{Editor, Part, panel};
use crate::{
    definition::{Definition, Field, Kind},
    forms::types::{type_icon, type_label},
    paths,
};

/// A field: handle, name, and the panel under it.
pub(super) fn item(editor: &Editor<'_>, field: &Field) -> Markup {
    let part = Part::Field(field.key.clone());
    let open = editor.attempt_at(&part).is_some() || editor.open == Some(field.key.as_str());
    let page = matches!(field.kind, Kind::Page);
    html! {
        li.field-item.field-item--page[page] id={ "item-" (field.key) } data-key=(field.key)
            data-address=(paths::field(editor.viewer.slug, editor.form.id, &field.key)) {
            div.field-item__bar {
                button.field-item__handle type="button" id={ "handle-" (field.key) } data-handle
                    aria-label={ "Move " (panel::name(field)) } aria-describedby="sort-help" { (Icon::Drag) }
                (head(editor, field, open))
                (conditions(editor, field))
            }
            @if open { (panel::panel(editor, field)) }
        }
    }
}

/// The line that opens the settings; an autosave puts it anew.
pub(super) fn head(editor: &Editor<'_>, field: &Field, open: bool) -> Markup {
    let href = paths::field(editor.viewer.slug, editor.form.id, &field.key);
    let focus = editor.done == Some(&Part::Field(field.key.clone()));
    html! {
        a.field-item__head id={ "head-" (field.key) } href={ (href) "#item-" (field.key) }
            aria-expanded=(open) autofocus[focus] { (name(field)) }
    }
}

/// That it depends on answers, and the way to where that is said.
fn conditions(editor: &Editor<'_>, field: &Field) -> Markup {
    let href = paths::logic_of(editor.viewer.slug, editor.form.id, &field.key);
    html! {
        @if field.show_if.is_some() || field.require_if.is_some() {
            a.field-item__logic href=(href) {
                @if field.show_if.is_some() { (badge(Tone::Neutral, "Shown when …")) }
                @else { (badge(Tone::Neutral, "Required when …")) }
                span.visually-hidden { ": " (panel::name(field)) }
            }
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
    html! {
        span.field-item__icon { (type_icon(kind)) }
        span.field-item__name {
            span.field-item__label title=[whole(panel::name(field))] { (panel::name(field)) }
            span.field-item__type {
                (type_label(kind))
                @if field.required { " " (badge(Tone::Accent, "Required")) }
            }
        }
    }
}
