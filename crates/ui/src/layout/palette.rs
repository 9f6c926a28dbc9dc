//! The command palette and the list of keys.

use maud::{Markup, html};

use super::{Command, GLOBAL_KEYS, NavItem, Shell, key_line};
use crate::{Element, Field, Icon, hidden, kbd};

/// What is typed into it.
const QUERY: &str = "palette-query";
/// Sends what the palette's "Sign out" presses.
const SIGN_OUT: &str = "palette-sign-out";

pub(super) fn palette(shell: &Shell<'_>) -> Markup {
    html! {
        dialog.palette id="palette" aria-label="Search and commands" closedby="any" {
            command-palette {
                label.palette__ask { (Icon::Search) span.visually-hidden { "Search" } (box_to_type()) (kbd("Esc")) }
                div.palette__list id="palette-list" role="listbox" aria-label="Results" {
                    (group("Go to", &html! { @for item in shell.navigation { (place(item)) } }))
                    @if let Some(href) = shell.search_href { (found(href)) }
                    (group("Actions", &actions(shell)))
                    @if shell.workspaces.len() > 1 { (group("Workspaces", &workspaces(shell))) }
                    (group("Theme", &themes()))
                }
                p.palette__none hidden { "Nothing by that name." }
            }
            @if shell.person.is_some() {
                form method="post" action=(shell.sign_out_href) id=(SIGN_OUT) { (hidden("csrf_token", shell.csrf_token)) }
            }
        }
    }
}

fn box_to_type() -> Element {
    Element::new("input")
        .attr("id", QUERY)
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

/// Entries under a heading, which goes when none of them is left.
fn group(heading: &str, entries: &Markup) -> Markup {
    html! {
        div.palette__group role="group" aria-label=(heading) {
            div.palette__title aria-hidden="true" { (heading) }
            (entries)
        }
    }
}

/// Where the server's answers land, asked for by the element's own event.
fn found(href: &str) -> Markup {
    html! {
        div.palette__found role="group" aria-label="Found" data-hx-get=(href) data-hx-swap="innerHTML"
            data-hx-trigger="palette:ask delay:150ms" data-hx-include={ "#" (QUERY) } data-hx-sync="replace" {}
    }
}

/// What lands there.
pub(super) fn results(heading: &str, found: &[Command<'_>]) -> Markup {
    html! {
        @if !found.is_empty() {
            div.palette__title aria-hidden="true" { (heading) }
            @for command in found { (entry(command, None)) }
        }
    }
}

fn place(item: &NavItem<'_>) -> Markup {
    let NavItem { label, href, icon, section, .. } = *item;
    entry(&Command { label, detail: "", href, icon, keywords: section }, item.hotkey)
}

fn actions(shell: &Shell<'_>) -> Markup {
    html! {
        @for command in shell.commands { (entry(command, None)) }
        (action(Icon::Keyboard, "Keyboard shortcuts", "keys help")
            .attr("command", "show-modal").attr("commandfor", "keys"))
        @if shell.person.is_some() {
            (Element::new("button").attr("type", "submit").attr("form", SIGN_OUT).attr("data-words", "log out leave")
                .attrs(&OPTION.map(|(name, value)| (name, value.to_owned())))
                .body(html! { (Icon::SignOut) span { "Sign out" } }))
        }
    }
}

fn workspaces(shell: &Shell<'_>) -> Markup {
    html! {
        @for workspace in shell.workspaces.iter().filter(|workspace| !workspace.current) {
            @let label = format!("Switch to {}", workspace.name);
            (entry(&Command { label: &label, detail: "", href: workspace.href, icon: Icon::ChevronUpDown, keywords: "workspace" }, None))
        }
    }
}

fn themes() -> Markup {
    html! {
        (action(Icon::Sun, "Light theme", "colour bright day").attr("data-choice", "light"))
        (action(Icon::Moon, "Dark theme", "colour night").attr("data-choice", "dark"))
        (action(Icon::Monitor, "The system’s theme", "colour automatic").attr("data-choice", "system"))
    }
}

/// What every entry has in common.
const OPTION: [(&str, &str); 4] = [
    ("class", "palette__entry"),
    ("role", "option"),
    ("aria-selected", "false"),
    ("tabindex", "-1"),
];

fn action(icon: Icon, label: &str, words: &str) -> Element {
    Element::new("button")
        .attr("type", "button")
        .attrs(&OPTION.map(|(name, value)| (name, value.to_owned())))
        .attr("data-words", words)
        .body(html! { (icon) span { (label) } })
}

fn entry(command: &Command<'_>, keys: Option<&str>) -> Markup {
    html! {
        a.palette__entry role="option" aria-selected="false" tabindex="-1" href=(command.href) data-words=(command.keywords) {
            (command.icon)
            span.palette__label { (command.label) }
            @if !command.detail.is_empty() { span.palette__detail { (command.detail) } }
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
        // Set by the behaviour that knows the browser's choice.
        (Field::switch("keys", "Shortcuts of single keys").id("keys-on").value("true"))
    }
}
