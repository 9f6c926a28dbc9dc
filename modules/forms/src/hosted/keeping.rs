//! What keeps answers over a reload and a lost connection; it needs a script, and is unseen without one.

use maud::{Markup, html};
use ui::Button;

use crate::{
    definition::{Definition, Kind},
    published::Published,
    texts::{Texts, fill},
};

/// The parts of a form that is really sent.
///
/// `uploads` is where its files go before it is sent, for one that takes some.
pub(super) fn keeping(
    form: &Published,
    texts: &Texts,
    fresh: bool,
    uploads: Option<String>,
) -> Markup {
    let definition = &form.frozen.definition;
    html! {
        @if !definition.settings.forget_drafts {
            form-draft.paper__draft data-form=(form.public_id) data-fixed=(addressed(definition))
                data-fresh[fresh] { (draft(texts)) }
        }
        form-connection.paper__connection role="status" hidden { p { (texts.offline) } }
        @if let Some(address) = uploads { (upload(form, texts, &address)) }
    }
}

/// What the address says, which counts more than what was kept, and files, which are kept apart.
fn addressed(definition: &Definition) -> String {
    let apart = |kind: &Kind| matches!(kind, Kind::Hidden(_) | Kind::File(_));
    let fields = definition.fields.iter().filter(|field| apart(&field.kind));
    fields.map(|field| field.key.as_str()).collect::<Vec<_>>().join(" ")
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

/// Where files go as soon as they are chosen, and what one sees of them.
fn upload(form: &Published, texts: &Texts, address: &str) -> Markup {
    let keeps = (!form.frozen.definition.settings.forget_drafts).then_some(&form.public_id);
    html! {
        form-upload.paper__connection hidden data-address=(address) data-keeps=[keeps]
            data-sent=(texts.file_sent) data-paused=(texts.file_paused) data-half=(texts.file_half)
            data-along=(texts.file_along) data-gone=(texts.file_gone) data-remove=(texts.remove_file) {
            template { (file_row(texts, &FileRow::default())) }
            p { (texts.files_first) }
        }
        p.visually-hidden role="status" data-uploads-say {}
    }
}

/// A file that was chosen; the script writes into one that is empty.
#[derive(Debug, Default)]
pub(crate) struct FileRow<'a> {
    pub(crate) name: &'a str,
    /// `going`, `paused`, `half`, `sent`, `along`, `refused` or `gone`.
    pub(crate) state: &'a str,
    pub(crate) says: &'a str,
    /// How much of it has come, of 1.
    pub(crate) share: &'a str,
}

pub(crate) fn file_row(texts: &Texts, row: &FileRow<'_>) -> Markup {
    let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let remove = known(row.name).map(|name| fill(texts.remove_file, &[("name", &name)]));
    let button = Button::quiet(texts.remove).small().attr("data-drop", "");
    let button = match remove {
        Some(label) => button.attr("aria-label", label),
        None => button,
    };
    html! {
        li.upload.progress data-state=[known(row.state)] {
            span.upload__name { (row.name) }
            span.upload__state { (row.says) }
            progress max="1" value=[known(row.share)] aria-label=[known(row.name)]
                hidden[row.share.is_empty()] {}
            (button)
        }
    }
}
