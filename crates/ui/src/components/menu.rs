//! A list of actions that opens from a button, on the native popover.

use maud::{Markup, Render, html};

use crate::{Button, Element, Icon, kbd, sample::Sample};

/// One entry of a menu: a link, or a button with attributes such as `data-hx-post`.
pub struct MenuItem<'a> {
    label: &'a str,
    icon: Icon,
    href: Option<&'a str>,
    danger: bool,
    keys: Option<&'a str>,
    attributes: Vec<(&'static str, String)>,
}

impl<'a> MenuItem<'a> {
    /// An entry that acts.
    pub fn new(icon: Icon, label: &'a str) -> Self {
        Self { label, icon, href: None, danger: false, keys: None, attributes: Vec::new() }
    }

    /// Turns the entry into a link.
    pub fn href(mut self, href: &'a str) -> Self {
        self.href = Some(href);
        self
    }

    /// Destroys something.
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Prints the keys that do the same.
    pub fn keys(mut self, keys: &'a str) -> Self {
        self.keys = Some(keys);
        self
    }

    /// Any further attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }
}

impl Render for MenuItem<'_> {
    fn render(&self) -> Markup {
        let class = if self.danger { "menu__item menu__item--danger" } else { "menu__item" };
        let element = match self.href {
            Some(href) => Element::new("a").attr("href", href),
            None => Element::new("button").attr("type", "button"),
        };
        let body = html! {
            (self.icon)
            span { (self.label) }
            @if let Some(keys) = self.keys { (kbd(keys)) }
        };
        element.attr("class", class).attrs(&self.attributes).body(body).render()
    }
}

/// A button and the entries it opens; arrow keys walk through them.
pub struct Menu<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// The button that opens it.
    pub button: Button<'a>,
    /// Groups are separated by a line.
    pub groups: Vec<Vec<MenuItem<'a>>>,
}

impl Render for Menu<'_> {
    fn render(&self) -> Markup {
        html! {
            (self.button.clone().opens_popover(self.id))
            div.menu id=(self.id) popover data-menu { (self.entries()) }
        }
    }
}

impl Menu<'_> {
    fn entries(&self) -> Markup {
        html! {
            @for group in &self.groups {
                ul.menu__group { @for item in group { li { (item) } } }
            }
        }
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    let menu = Menu {
        id: "form-menu",
        button: Button::icon_only(Icon::More, "Actions of this form"),
        groups: vec![
            vec![
                MenuItem::new(Icon::Edit, "Edit").href("#edit").keys("e"),
                MenuItem::new(Icon::Copy, "Duplicate").attr("data-hx-post", "#duplicate"),
            ],
            vec![MenuItem::new(Icon::Trash, "Delete…").danger()],
        ],
    };
    vec![
        Sample::new("menus", "Opened by a button", menu.render()),
        Sample::new(
            "menus",
            "Entries, shown in place",
            html! {
                div.menu.menu--in-place { (menu.entries()) }
            },
        ),
    ]
}
