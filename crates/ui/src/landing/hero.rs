//! The first screen: one sentence, and the product's pieces afloat around it.

use maud::{Markup, html};

use crate::{Button, Icon};

/// What floats, from the outside in; `landing.css` gives each its place and pace.
const AFLOAT: [Icon; 8] = [
    Icon::Forms,
    Icon::Inbox,
    Icon::Star,
    Icon::Chart,
    Icon::Bolt,
    Icon::People,
    Icon::Key,
    Icon::Bell,
];

pub(super) fn hero() -> Markup {
    html! {
        section.hero {
            div.hero__afloat aria-hidden="true" {
                @for (place, icon) in AFLOAT.iter().enumerate() { span.afloat data-place=(place) { (icon) } }
            }
            p.hero__kicker { span.hero__dot {} "Open source, self-hosted or in the cloud" }
            h1.hero__title { "The whole back office, " em { "in one program" } }
            p.hero__lead {
                "Mewayz takes in what people send your business, keeps it safe, and shows it to your team "
                "the moment it arrives."
            }
            div.hero__actions {
                (Button::primary("Create your workspace").forward().href("/register"))
                (Button::secondary("Sign in").href("/login"))
            }
            (scene())
        }
    }
}

const ARRIVALS: [(&str, &str, &str); 4] = [
    ("Delivery feedback", "“On time, and the driver was kind.”", "now"),
    ("Wildlife strike report", "Barn swallow · Denver International", "2 s"),
    ("Job application", "Ines Duarte · Pastry chef", "9 s"),
    ("Delivery feedback", "“The box was open on one side.”", "14 s"),
];

/// A little window in which submissions arrive, drawn in HTML so that it is sharp and light.
fn scene() -> Markup {
    html! {
        div.scene aria-hidden="true" {
            div.scene__head { span.scene__live {} "Submissions" span.scene__count { "48,210 today" } }
            @for (form, words, age) in ARRIVALS {
                div.scene__row {
                    span.scene__tile { (Icon::Forms) }
                    span.scene__text { strong { (form) } span { (words) } }
                    span.scene__age { (age) }
                }
            }
        }
    }
}
