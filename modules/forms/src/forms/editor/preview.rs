//! The hosted page beside the list, as wide as a phone or as a desk.

use maud::{Markup, html};
use ui::{Button, Icon};

use super::{Editor, PREVIEW};
use crate::{forms::Form, paths};

/// A window into the draft; what changes it loads again by itself where there are scripts.
pub(super) fn preview(editor: &Editor<'_>) -> Markup {
    let shown = editor.open.map(|key| format!("{}?{}={key}", editor.preview, paths::WORKED_ON));
    window(editor.form, editor.preview, shown.as_deref().unwrap_or(editor.preview))
}

/// The same on another page of the form.
pub(crate) fn preview_of(form: &Form, address: &str) -> Markup {
    window(form, address, address)
}

fn window(form: &Form, address: &str, shown: &str) -> Markup {
    let width = |label, name: &str, pressed: &str| {
        Button::quiet(label).small().attr("data-width", name).attr("aria-pressed", pressed)
    };
    html! {
        form-preview.form-preview id=(PREVIEW) data-width="phone" data-address=(address) role="region" aria-labelledby="preview-title" tabindex="-1" {
            header.form-preview__head {
                h2.form-preview__title id="preview-title" { (Icon::Eye) "Preview" }
                div.form-preview__widths role="group" aria-label="Width" {
                    (width("Phone", "phone", "true"))
                    (width("Desk", "desk", "false"))
                }
                (Button::icon_only(Icon::External, "Open the preview by itself").href(address)
                    .attr("target", "_blank").attr("rel", "noopener"))
            }
            div.form-preview__frame {
                iframe.form-preview__page src=(shown) title={ "Preview of “" (form.title) "”" } {}
            }
        }
    }
}
