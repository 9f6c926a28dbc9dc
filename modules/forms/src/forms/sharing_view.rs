//! The page of the ways to a form.

use maud::{Markup, Render, html};
use ui::{Alert, Button, Card, Icon, PageHeader, code_block, copy_button};

use super::{
    Form,
    editor::{View, standing, tabs},
    ways::Sharing,
};
use crate::{pages::Viewer, paths};

pub(crate) fn page(viewer: &Viewer<'_>, form: &Form, sharing: &Sharing) -> Markup {
    let forms = paths::forms(viewer.slug);
    html! {
        (PageHeader::new(&form.title).trail(&[("Forms", &forms)]).summary(standing(viewer, form)))
        (tabs(viewer, form, View::Share))
        div.stack.narrow {
            @if let Some(why) = form.refusal(viewer.now) {
                (Alert::info("The form takes no answers now, and says so to whoever comes this way").text(why.told()))
            }
            (link(viewer, form, sharing))
            (embedding(sharing))
        }
    }
}

fn link(viewer: &Viewer<'_>, form: &Form, sharing: &Sharing) -> Markup {
    let qr = paths::form_part(viewer.slug, form.id, "qr.svg");
    let body = html! {
        div.sharing {
            img.sharing__qr src=(qr) width="180" height="180"
                alt={ "QR code of the address " (sharing.url) };
            div.stack {
                a.sharing__link href=(sharing.url) target="_blank" rel="noopener" { (sharing.url) }
                div.row {
                    (copy_button(&sharing.url, "Copy link"))
                    (Button::secondary("QR code").icon(Icon::Download).small().href(&qr).attr("download", "qr.svg"))
                }
                p.muted {
                    "Answers may stand in the link, each by the key of its question, which the question’s settings show"
                    @if let Some(url) = &sharing.prefilled_url { ": " code { (url) } } @else { "." }
                }
            }
        }
    };
    Card::new(body).title("Link").summary(form.acceptance.admits()).render()
}

fn embedding(sharing: &Sharing) -> Markup {
    let body = html! {
        div.stack {
            (code_block("On the page, as high as it is", &sharing.inline))
            (code_block("Behind a button", &sharing.popup))
            (code_block("In a frame, without any script", &sharing.frame))
        }
    };
    Card::new(body)
        .title("On your own site")
        .summary("Put one of these where the form should be.")
        .render()
}
