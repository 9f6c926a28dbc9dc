//! Views of one thing side by side, each with an address of its own.

use maud::{Markup, html};

use crate::sample::Sample;

/// One view.
pub struct Tab<'a> {
    /// Its name.
    pub label: &'a str,
    /// Its address.
    pub href: &'a str,
    /// Whether it is the one shown.
    pub current: bool,
    /// A figure beside the name.
    pub count: Option<Markup>,
}

/// A row of links; `label` names the row for assistive technology.
pub fn tabs(label: &str, tabs: &[Tab<'_>]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in tabs {
                a.tab href=(tab.href) aria-current=[tab.current.then_some("page")] {
                    (tab.label)
                    @if let Some(count) = &tab.count { span.count { (count) } }
                }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let views = [
        Tab { label: "Submissions", href: "#s", current: true, count: Some(html! { "1,204" }) },
        Tab { label: "Fields", href: "#f", current: false, count: None },
        Tab { label: "Share", href: "#h", current: false, count: None },
        Tab { label: "Settings", href: "#t", current: false, count: None },
    ];
    vec![Sample::new("tabs", "Views of a form", tabs("Form", &views))]
}
