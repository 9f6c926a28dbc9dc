//! The public front page.

use maud::{Markup, html};

use crate::{Button, Icon, code_block};

mod hero;

/// A system that works today.
struct Working {
    icon: Icon,
    title: &'static str,
    text: &'static str,
    points: [&'static str; 3],
}

const WORKING: [Working; 3] = [
    Working {
        icon: Icon::Forms,
        title: "Forms that keep up",
        text: "Make a form, share its address, watch answers arrive. Sized for two million \
               submissions a day on one small machine.",
        points: [
            "Sixteen kinds of questions",
            "Fast on any phone, no script needed",
            "Every answer knows its version",
        ],
    },
    Working {
        icon: Icon::Bolt,
        title: "An API that never forgets",
        text: "Send one submission or a million lines. What was acknowledged is on disk, even when \
               the power goes the moment after.",
        points: [
            "Idempotent by key",
            "Bulk with a result for each line",
            "Validation that names the field",
        ],
    },
    Working {
        icon: Icon::Eye,
        title: "Screens that live",
        text: "Lists and counters move as things happen. A lost connection catches up \
               without a gap.",
        points: ["No reload, no polling", "Keyboard first", "Light and dark, desk and phone"],
    },
];

/// Systems under construction; said so, because a promise is not a feature.
const NEXT: [(Icon, &str); 8] = [
    (Icon::Book, "Help centre"),
    (Icon::Chat, "Support inbox"),
    (Icon::Sparkles, "AI agents"),
    (Icon::People, "CRM"),
    (Icon::Calendar, "Bookings"),
    (Icon::Wallet, "Invoices"),
    (Icon::Mail, "Campaigns"),
    (Icon::Globe, "Sites"),
];

const CALL: &str = r#"curl https://your.example/api/forms/frm_…/submissions \
  -H 'Authorization: Bearer mwz_…' \
  -H 'Idempotency-Key: order-1042' \
  --json '{"answers": {"email": "ada@example.com",
                       "rating": 5}}'"#;

const ANSWER: &str = r#"201 Created
{
  "id": "sub_01jb2m8q4xf0v…",
  "form_version": 4,
  "received_at": "2026-08-03T09:12:00.482Z",
  "status": "received"
}"#;

/// The content of `/`, to be put into a [`crate::Public`] frame with the style `landing.css`.
pub fn landing() -> Markup {
    html! {
        (hero::hero())
        (working())
        (api())
        div.duo { (self_host()) (next()) }
        (last_call())
    }
}

fn working() -> Markup {
    html! {
        section.pitch aria-labelledby="works" {
            h2.pitch__title id="works" { "What works today" }
            p.pitch__lead { "Three systems, finished and measured. Each new one grows on the same ground." }
            div.pitch__grid {
                @for system in WORKING {
                    article.pitch__card {
                        span.pitch__icon { (system.icon) }
                        h3 { (system.title) }
                        p { (system.text) }
                        ul { @for point in system.points { li { (Icon::Check) (point) } } }
                    }
                }
            }
        }
    }
}

fn api() -> Markup {
    html! {
        section.api-pitch.theme-dark aria-labelledby="api" {
            div {
                h2.pitch__title id="api" { "Answered once it is on disk" }
                p.pitch__lead {
                    "Committed with fsync before you read the reply. Send it twice and the first reply "
                    "comes back; the second is never stored."
                }
                (Button::secondary("Read the API").forward().href("/api/docs"))
            }
            div.api-pitch__code { (code_block("Request", CALL)) (code_block("Reply", ANSWER)) }
        }
    }
}

fn self_host() -> Markup {
    html! {
        section.duo__part aria-labelledby="host" {
            h2.pitch__title id="host" { "Yours in one command" }
            p.pitch__lead { "One binary, one file of data, nothing else to install. Or PostgreSQL, when you are many." }
            (code_block("Terminal", "mewayz serve --listen 127.0.0.1:8080 --data ./mewayz"))
        }
    }
}

fn next() -> Markup {
    html! {
        section.duo__part aria-labelledby="next" {
            h2.pitch__title id="next" { "Next on the bench" }
            p.pitch__lead { "Not here yet, and not sold as if they were." }
            ul.bench { @for (icon, name) in NEXT { li { (icon) (name) } } }
        }
    }
}

fn last_call() -> Markup {
    html! {
        section.last-call {
            h2 { "Make the first form now" }
            p { "A minute from here to an address you can share." }
            div.row {
                (Button::primary("Create your workspace").forward().href("/register"))
                (Button::secondary("Sign in").href("/login"))
            }
        }
    }
}
