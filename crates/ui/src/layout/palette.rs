//! The command palette and the list of keys.

use maud::{Markup, html};

use super::{Command, GLOBAL_KEYS, NavItem, key_line};
use crate::{Element, Icon, kbd};

pub(super) fn palette(
    navigation: &[NavItem<'_>],
    commands: &[Command<'_>],
    search_href: Option<&str>,
) -> Markup {
    html! {
        dialog.palette id="palette" aria-label="Search and commands" closedby="any" {
            command-palette {
                label.palette__ask { (Icon::Search) span.visually-hidden { "Search" } (box_to_type()) (kbd("Esc")) }
                div.palette__list id="palette-list" role="listbox" aria-label="Results" {
                    @for item in navigation { (entry(item.label, item.href, item.icon, item.section, item.hotkey)) }
                    @for command in commands { (entry(command.label, command.href, command.icon, command.keywords, None)) }
                    @if let Some(href) = search_href { (found(href)) }
                }
                p.palette__none hidden { "Nothing by that name." }
            }
        }
    }
}

fn box_to_type() -> Element {
    Element::new("input")
        .attr("class", "palette__input")
        .attr("type", "text")
        .attr("name", "q")
        .attr("placeholder", "Search or jump to…")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("role", "combobox")
        .attr("aria-expanded", "true")
        .attr("aria-controls", "palette-list")
        .attr("aria-autocomplete", "list")
        .flag("autofocus", true)
}

/// Where the server's answers land, asked for by the element's own event.
fn found(href: &str) -> Markup {
    html! {
        div.palette__found role="group" aria-label="Found" data-hx-get=(href) data-hx-swap="innerHTML"
            data-hx-trigger="palette:ask delay:150ms" data-hx-include="closest command-palette" data-hx-sync="replace" {}
    }
}

pub(super) fn entry(
    label: &str,
    href: &str,
    icon: Icon,
    words: &str,
    keys: Option<&str>,
) -> Markup {
    html! {
        a.palette__entry role="option" aria-selected="false" tabindex="-1" href=(href) data-words=(words) {
            (icon)
            span { (label) }
            @if let Some(keys) = keys { (kbd(keys)) }
        }
    }
}

pub(super) fn keys(navigation: &[NavItem<'_>]) -> Markup {
    html! {
        dl.keys-list {
            @for (keys, meaning) in GLOBAL_KEYS { (key_line(keys, meaning)) }
            @for item in navigation {
                @if let Some(keys) = item.hotkey { (key_line(keys, item.label)) }
            }
        }
    }
}
