//! Which two versions are compared: a form that needs no script.

use maud::{Markup, html};
use ui::{Button, Choice, Field as Input};

use super::tag;
use crate::{
    forms::{Form, frozen::VersionHead},
    pages::Viewer,
    paths,
};

/// The two that are chosen, as the address calls them.
pub(crate) struct Chosen<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
}

/// From which version, to which, and the other way round.
pub(crate) fn chooser(
    viewer: &Viewer<'_>,
    form: &Form,
    offered: &[VersionHead],
    chosen: &Chosen<'_>,
) -> Markup {
    let action = paths::form_part(viewer.slug, form.id, "comparison");
    let round = format!("{action}?from={}&to={}", chosen.to, chosen.from);
    let named = named(offered, chosen);
    let choices: Vec<Choice<'_>> =
        named.iter().map(|(value, label)| Choice { value, label }).collect();
    html! {
        form.compare method="get" action=(action) {
            (Input::select("from", "From", &choices).value(chosen.from))
            (Input::select("to", "To", &choices).value(chosen.to))
            div.compare__acts {
                (Button::primary("Compare").submit())
                (Button::quiet("Swap").href(&round))
            }
        }
    }
}

/// The draft and the versions, each as the address calls it and as people do.
fn named(offered: &[VersionHead], chosen: &Chosen<'_>) -> Vec<(String, String)> {
    let mut named = vec![(tag(None), "The draft, as it stands now".to_owned())];
    named.extend(offered.iter().map(|head| {
        let day = head.published_at.to_jiff().strftime("%-d %b %Y");
        (tag(Some(head.version)), format!("Version {}, {day}", head.version))
    }));
    for side in [chosen.from, chosen.to] {
        if !named.iter().any(|(tag, _)| tag == side) {
            named.push((side.to_owned(), format!("Version {side}")));
        }
    }
    named
}
