//! One dead letter: what it was to do, why it could not, and what to do about it.

use maud::{Markup, Render, html};
use ui::{Button, Confirm, Icon, PageHeader, Tone, code_block, facts, status};

use super::owner;
use crate::{jobs::json::DeadLetter, paths, text::moment};

const DIALOG: &str = "discard-job";

pub(crate) fn page(letter: &DeadLetter, csrf_token: &str) -> Markup {
    let payload = serde_json::to_string_pretty(&letter.payload).unwrap_or_default();
    html! {
        (PageHeader::new(&letter.kind)
            .trail(&[("Jobs", paths::JOBS)])
            .summary(status(Tone::Bad, "Dead letter"))
            .actions(actions(letter, csrf_token)))
        div.stack {
            (known(letter))
            (code_block("Error of the last attempt", &letter.error))
            (code_block("What it was to do", &payload))
        }
        (Confirm {
            id: DIALOG,
            title: "Discard this job?",
            text: "What it was to do will not be done. This cannot be undone.",
            action: "Discard job",
            decline: "Keep it",
            href: &paths::removal(letter.id),
            csrf_token,
        })
    }
}

fn actions(letter: &DeadLetter, csrf_token: &str) -> Markup {
    html! {
        (Button::danger("Discard…").icon(Icon::Trash).opens_dialog(DIALOG))
        form method="post" action=(paths::retries(letter.id)) {
            (ui::hidden("csrf_token", csrf_token))
            (Button::primary("Retry").icon(Icon::Bolt).submit().render())
        }
    }
}

fn known(letter: &DeadLetter) -> Markup {
    facts(&[
        ("Queue", html! { (letter.queue) }),
        ("Workspace", owner(letter.workspace_id)),
        ("Attempts", html! { (letter.attempts) " of " (letter.max_attempts) }),
        ("Enqueued", moment(letter.created_at)),
        ("Given up", moment(letter.died_at)),
        ("Request", html! { code { (letter.request_id.as_deref().unwrap_or("none")) } }),
        ("Id", html! { code { (letter.id) } }),
    ])
}
