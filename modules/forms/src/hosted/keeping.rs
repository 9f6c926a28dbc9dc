//! What keeps answers over a reload and a lost connection; it needs a script, and is unseen without one.

use maud::{Markup, html};
use ui::Button;

use crate::{
    definition::{Definition, Kind},
    published::Published,
    texts::Texts,
};

/// The parts of a form that is really sent.
pub(super) fn keeping(form: &Published, texts: &Texts, fresh: bool, multipart: bool) -> Markup {
    let definition = &form.frozen.definition;
    html! {
        @if !definition.settings.forget_drafts {
            form-draft.paper__draft data-form=(form.public_id) data-fixed=(addressed(definition))
                data-fresh[fresh] { (draft(texts)) }
        }
        form-connection.paper__connection role="status" hidden { p { (texts.offline) } }
        @if multipart { (upload(texts)) }
    }
}

/// What the address says, which counts more than what was kept.
fn addressed(definition: &Definition) -> String {
    let hidden = definition.fields.iter().filter(|field| matches!(field.kind, Kind::Hidden(_)));
    hidden.map(|field| field.key.as_str()).collect::<Vec<_>>().join(" ")
}

fn draft(texts: &Texts) -> Markup {
    html! {
        p.paper__foot data-kept hidden { (texts.draft_kept) }
        div.paper__back role="status" {
            div data-back hidden {
                p { (texts.draft_back) }
                (Button::quiet(texts.start_over).small())
            }
        }
    }
}

fn upload(texts: &Texts) -> Markup {
    html! {
        form-upload.paper__upload hidden data-says=(texts.sending) {
            div data-state="sending" {
                label.progress {
                    span.progress__label {}
                    progress max="100" value="0" {}
                }
                (Button::quiet(texts.cancel).small().attr("data-cancel", ""))
            }
            div data-state="broken" role="status" {
                p { (texts.broken_off) }
                (Button::secondary(texts.try_again).small().attr("data-again", ""))
            }
        }
    }
}
