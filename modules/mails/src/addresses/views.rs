//! The pages that links in mails lead to.

use maud::{Markup, Render, html};
use ui::{Button, Entrance, Public, Ways, hidden};

use crate::{paths::route, tokens::Purpose};

fn frame(title: &str, summary: &str, body: Markup) -> Markup {
    let sheet = Entrance::new(title, summary, body).render();
    Public { title, description: summary, lang: "en", centred: true, ways: Ways::None, style: None }
        .render(sheet)
}

/// What is asked of whoever holds the link.
pub(crate) fn question(purpose: &Purpose, token: &str) -> Markup {
    let (title, address, button, path) = match purpose {
        Purpose::Confirm { address } => {
            ("May we send you mails?", address, "Yes, send them", route::CONFIRMATION)
        }
        Purpose::Decline { address, .. } => {
            ("No more of these mails?", address, "Send me no more", route::UNSUBSCRIPTION)
        }
    };
    let body = html! {
        form.stack method="post" action=(path) {
            (hidden("token", token))
            (Button::primary(button).submit().wide())
        }
    };
    frame(title, &format!("They go to {address}."), body)
}

/// What has been answered.
pub(crate) fn done(purpose: &Purpose) -> Markup {
    let (title, text) = match purpose {
        Purpose::Confirm { address } => ("Thank you", format!("Mails will go to {address}.")),
        Purpose::Decline { address, .. } => {
            ("You get no more of them", format!("Nothing more of this goes to {address}."))
        }
    };
    frame(title, &text, html! { p.muted { "You can close this page." } })
}
