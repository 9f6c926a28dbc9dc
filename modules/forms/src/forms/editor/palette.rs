//! The types of fields to choose from: beside the list on a wide desk, in a sheet elsewhere.

use maud::{Markup, html};
use ui::{Button, Icon};

use super::Editor;
use crate::{
    forms::types::{GROUPS, type_icon, type_label},
    paths,
};

/// Id of the sheet.
pub(super) const SHEET: &str = "field-palette";

/// A press adds a field after the one that is open, or at the end; with scripts it can be dragged.
pub(super) fn palette(editor: &Editor<'_>) -> Markup {
    let action = paths::form_part(editor.viewer.slug, editor.form.id, "fields");
    let kinds = html! {
        (ui::hidden("after", editor.open.unwrap_or_default()))
        @for (group, kinds) in GROUPS {
            div.field-palette__group role="group" aria-label=(group) {
                p.field-palette__title aria-hidden="true" { (group) }
                @for kind in kinds {
                    button.field-palette__type type="submit" name="type" value=(kind) data-drag-type=(kind) {
                        (type_icon(kind)) span { (type_label(kind)) }
                    }
                }
            }
        }
    };
    html! {
        section.field-palette id=(SHEET) popover aria-labelledby="palette-title" {
            header.field-palette__head {
                h2.field-palette__name id="palette-title" { "Add a field" }
                (Button::icon_only(Icon::Close, "Close").opens_popover(SHEET)
                    .attr("popovertargetaction", "hide"))
            }
            (editor.change(Some("field-palette__types"), &action, kinds))
        }
    }
}
