//! The two menus of the shell: where one works, and as whom.

use maud::{Markup, html};

use super::{PRODUCT, Shell, theme_switch};
use crate::{Icon, MenuItem, avatar, hidden};

impl Shell<'_> {
    pub(super) fn workspace_switcher(&self, id: &str) -> Markup {
        let name = self.workspace.unwrap_or(PRODUCT);
        if self.person.is_none() {
            return html! { a.switcher href="/" { (avatar(name)) span.switcher__name { (name) } } };
        }
        html! {
            button.switcher type="button" popovertarget=(id) {
                (avatar(name))
                span.switcher__name { (name) }
                (Icon::ChevronUpDown)
                span.visually-hidden { ", switch workspace" }
            }
            div.menu id=(id) popover data-menu role="group" aria-label="Workspaces" {
                p.menu__title aria-hidden="true" { "Workspaces" }
                ul.menu__group {
                    @for workspace in self.workspaces {
                        li {
                            a.menu__item href=(workspace.href) aria-current=[workspace.current.then_some("true")] {
                                (avatar(workspace.name))
                                span { (workspace.name) }
                                @if workspace.current { (Icon::Check) }
                            }
                        }
                    }
                }
                @if let Some(href) = self.new_workspace_href {
                    ul.menu__group { li { (MenuItem::new(Icon::Plus, "New workspace").href(href)) } }
                }
            }
        }
    }

    pub(super) fn person_menu(&self, id: &str, named: bool) -> Markup {
        let (name, email) = match &self.person {
            Some(person) => (person.name, person.email),
            None => ("Guest", "Not signed in"),
        };
        html! {
            button.person type="button" popovertarget=(id) {
                (avatar(name))
                @if named {
                    span.person__name { (name) }
                    span.person__email { (email) }
                }
                span.visually-hidden { @if !named { (name) } ", your menu" }
            }
            div.menu id=(id) popover data-menu role="group" aria-label="Your menu" {
                @if !self.person_links.is_empty() {
                    ul.menu__group {
                        @for link in self.person_links { li { (MenuItem::new(link.icon, link.label).href(link.href)) } }
                    }
                }
                (theme_switch())
                ul.menu__group {
                    li { (MenuItem::new(Icon::Keyboard, "Keyboard shortcuts").keys("?").attr("command", "show-modal").attr("commandfor", "keys")) }
                    li { (self.way_in_or_out()) }
                }
            }
        }
    }

    fn way_in_or_out(&self) -> Markup {
        if self.person.is_none() {
            return html! { (MenuItem::new(Icon::Person, "Sign in").href("/login")) };
        }
        html! {
            form method="post" action=(self.sign_out_href) {
                (hidden("csrf_token", self.csrf_token))
                button.menu__item type="submit" { (Icon::SignOut) span { "Sign out" } }
            }
        }
    }
}
