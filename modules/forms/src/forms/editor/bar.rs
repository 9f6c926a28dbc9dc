//! The bar above the list: back and forth through the changes, whether all is saved, and what to add.

use maud::{Markup, Render, html};
use ui::{Button, Icon, kbd};

use super::{Editor, PREVIEW, palette};
use crate::paths;

/// It is put anew after every change, and says at which revision the page stands.
pub(super) fn bar(editor: &Editor<'_>) -> Markup {
    let step = |icon, label: &str, part: &str, id: &str, possible: bool| {
        let action = paths::form_part(editor.viewer.slug, editor.form.id, part);
        let button = Button::icon_only(icon, label).submit().disabled(!possible).attr("id", id);
        editor.change(None, &action, button.render())
    };
    html! {
        div.builder-bar id="builder-bar" data-revision=(editor.form.revision) {
            (step(Icon::Undo, "Undo", "reversal", "undo", editor.history.back))
            (step(Icon::Redo, "Redo", "repetition", "redo", editor.history.forth))
            output.builder-bar__state id="save-state" {}
            div.builder-bar__more {
                (Button::quiet("Preview").icon(Icon::Eye).small().href(&format!("#{PREVIEW}")))
                (Button::secondary("Add").icon(Icon::Plus).small().opens_popover(palette::SHEET)
                    .attr("id", "open-palette").attr("data-hotkey", "a"))
            }
        }
    }
}

/// The keys of this page, for the list that `?` opens.
pub(super) fn keys() -> Markup {
    const KEYS: [(&str, &str); 9] = [
        ("Ctrl Z", "Undo"),
        ("Ctrl Shift Z", "Redo"),
        ("a", "Add a field"),
        ("↑ ↓", "Field before, field after"),
        ("Space", "On a handle: take the field, or put it down"),
        ("Esc", "Put it back; close the settings"),
        ("Ctrl D", "On a field: duplicate it"),
        ("Del", "On a field: delete it"),
        ("Alt ↑", "In options: move the line"),
    ];
    html! {
        template id="builder-keys" {
            @for (keys, meaning) in KEYS {
                div.keys-list__line { dt { (meaning) } dd { span.visually-hidden { (keys) } (kbd(keys)) } }
            }
        }
    }
}
