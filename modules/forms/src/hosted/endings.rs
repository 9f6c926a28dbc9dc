//! Where a form ends: sent, or not to be filled in.

use maud::{Markup, html};
use ui::{Button, Icon};

use super::frame::Frame;
use crate::{
    paths,
    published::Published,
    texts::{Texts, fill},
};

/// The page of a form that takes nothing at the moment.
pub(crate) fn closed(texts: &Texts, form: &Published) -> Markup {
    framed(texts, form, texts.closed, closed_paper(texts, &form.frozen.title))
}

pub(crate) fn closed_paper(texts: &Texts, title: &str) -> Markup {
    notice(Icon::Lock, texts.closed, &fill(texts.closed_text, &[("title", &title)]))
}

/// The page of a form whose places are all taken.
pub(crate) fn full(texts: &Texts, form: &Published) -> Markup {
    framed(texts, form, texts.full, full_paper(texts, form))
}

pub(crate) fn full_paper(texts: &Texts, form: &Published) -> Markup {
    notice(Icon::Lock, texts.full, &fill(texts.full_text, &[("title", &form.frozen.title)]))
}

/// The page for someone who has answered before, where a person may answer once.
pub(crate) fn answered(texts: &Texts, form: &Published) -> Markup {
    framed(texts, form, texts.answered_before, answered_paper(texts, form))
}

pub(crate) fn answered_paper(texts: &Texts, form: &Published) -> Markup {
    let text = fill(texts.answered_before_text, &[("title", &form.frozen.title)]);
    notice(Icon::Check, texts.answered_before, &text)
}

/// The page for someone without a link of their own, where only those invited may answer.
pub(crate) fn not_invited(texts: &Texts, form: &Published) -> Markup {
    framed(texts, form, texts.by_invitation, not_invited_paper(texts, form))
}

pub(crate) fn not_invited_paper(texts: &Texts, form: &Published) -> Markup {
    let text = fill(texts.by_invitation_text, &[("title", &form.frozen.title)]);
    notice(Icon::Lock, texts.by_invitation, &text)
}

/// The page of an address that leads to no form.
pub(crate) fn missing(texts: &Texts) -> Markup {
    let frame = Frame {
        texts,
        form: None,
        title: texts.missing,
        description: texts.missing_text,
        card: None,
    };
    frame.around(missing_paper(texts))
}

pub(crate) fn missing_paper(texts: &Texts) -> Markup {
    notice(Icon::Search, texts.missing, texts.missing_text)
}

/// The page of something that has gone wrong on the way.
pub(crate) fn failed(texts: &Texts, form: &Published, text: &str) -> Markup {
    framed(texts, form, texts.went_wrong, failed_paper(texts, text))
}

pub(crate) fn failed_paper(texts: &Texts, text: &str) -> Markup {
    notice(Icon::Warning, texts.went_wrong, &format!("{text} {}", texts.keep_this_page))
}

fn framed(texts: &Texts, form: &Published, title: &str, paper: Markup) -> Markup {
    let description = &form.frozen.title;
    Frame { texts, form: Some(form), title, description, card: None }.around(paper)
}

fn notice(icon: Icon, heading: &str, text: &str) -> Markup {
    html! {
        div.paper.paper--thanks {
            span.paper__tick data-tone="neutral" { (icon) }
            div.paper__head {
                h1 { (heading) }
                p { (text) }
            }
        }
    }
}

/// The page after a form was sent.
pub(crate) fn thanks(texts: &Texts, form: &Published, again: bool) -> Markup {
    framed(texts, form, texts.thank_you, thanks_paper(texts, form, again))
}

/// With a way to `again` send one, where that is welcome.
pub(crate) fn thanks_paper(texts: &Texts, form: &Published, again: bool) -> Markup {
    let hosted = paths::hosted(&form.public_id);
    let settings = &form.frozen.definition.settings;
    html! {
        form-sent data-form=(form.public_id) {}
        script type="module" src=(ui::url("hosted.js")) {}
        div.paper.paper--thanks {
            span.paper__tick { (Icon::Check) }
            div.paper__head {
                h1 { (settings.thanks_title.as_deref().unwrap_or(texts.thank_you)) }
                @match &settings.thanks_text {
                    Some(text) => p.paper__text { (text) },
                    None => p { (fill(texts.arrived, &[("title", &form.frozen.title)])) },
                }
            }
            @match &settings.redirect_url {
                Some(address) => (Button::primary(texts.go_on).href(address)),
                None if again => (Button::quiet(texts.send_another).href(&hosted)),
                None => {}
            }
        }
    }
}
