//! The same entries twice: sections on a desk, a bar at the thumb on a phone.

use maud::{Markup, html};

use super::NavItem;
use crate::{Icon, kbd};

/// Entries that fit the bottom bar beside "More".
const BAR: usize = 4;

pub(super) fn sections(items: &[NavItem<'_>]) -> Markup {
    html! {
        @for section in items.chunk_by(|one, next| one.section == next.section) {
            div.side__section {
                @if !section[0].section.is_empty() { p.side__title { (section[0].section) } }
                ul { @for item in section { li { (link(item)) } } }
            }
        }
    }
}

fn link(item: &NavItem<'_>) -> Markup {
    html! {
        a.side__link href=(item.href) aria-current=[item.current.then_some("page")] data-hotkey=[item.hotkey] {
            (item.icon)
            span { (item.label) }
            @if let Some(keys) = item.hotkey { (kbd(keys)) }
        }
    }
}

pub(super) fn bottom_bar(items: &[NavItem<'_>]) -> Markup {
    let fits = items.len() <= BAR + 1;
    let (bar, rest) = items.split_at(if fits { items.len() } else { BAR });
    html! {
        nav.bar aria-label="Main, on phones" {
            @for item in bar {
                a.bar__link href=(item.href) aria-current=[item.current.then_some("page")] {
                    (item.icon)
                    span { (item.label) }
                }
            }
            @if !fits {
                button.bar__link type="button" popovertarget="more-sheet"
                    data-current=[rest.iter().any(|item| item.current).then_some("true")] {
                    (Icon::Menu)
                    span { "More" }
                }
            }
        }
        @if !fits {
            div.sheet id="more-sheet" popover { nav aria-label="All entries" { (sections(items)) } }
        }
    }
}
