//! Buttons and the links that look like them.

use maud::{Markup, Render, html};

use crate::{Element, Icon, kbd, sample::Sample};

/// A button, or a link in the shape of one when it has an address.
#[derive(Clone)]
pub struct Button<'a> {
    label: &'a str,
    look: &'static str,
    kind: &'static str,
    icon: Option<Icon>,
    only_icon: bool,
    forward: bool,
    keys: Option<&'a str>,
    href: Option<&'a str>,
    disabled: bool,
    attributes: Vec<(&'static str, String)>,
}

impl<'a> Button<'a> {
    fn new(label: &'a str, look: &'static str) -> Self {
        Self {
            label,
            look,
            kind: "button",
            icon: None,
            only_icon: false,
            forward: false,
            keys: None,
            href: None,
            disabled: false,
            attributes: Vec::new(),
        }
    }

    /// The one thing a screen is for.
    pub fn primary(label: &'a str) -> Self {
        Self::new(label, "button button--primary")
    }

    /// Everything beside the primary one.
    pub fn secondary(label: &'a str) -> Self {
        Self::new(label, "button")
    }

    /// Without a frame until touched: for toolbars and rows.
    pub fn quiet(label: &'a str) -> Self {
        Self::new(label, "button button--quiet")
    }

    /// Destroys something; always beside a confirmation or an undo.
    pub fn danger(label: &'a str) -> Self {
        Self::new(label, "button button--danger")
    }

    /// A square with an icon; the label is for assistive technology and the tooltip.
    pub fn icon_only(icon: Icon, label: &'a str) -> Self {
        let button = Self::quiet(label).attr("aria-label", label).attr("title", label).icon(icon);
        Self { only_icon: true, ..button }
    }

    /// Sends the form it stands in.
    pub fn submit(mut self) -> Self {
        self.kind = "submit";
        self
    }

    /// Puts an icon before the label.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Leads on: an arrow after the label.
    pub fn forward(mut self) -> Self {
        self.icon = Some(Icon::ArrowRight);
        self.forward = true;
        self
    }

    /// Prints the keys that do the same.
    pub fn keys(mut self, keys: &'a str) -> Self {
        self.keys = Some(keys);
        self
    }

    /// Turns the button into a link.
    pub fn href(mut self, href: &'a str) -> Self {
        self.href = Some(href);
        self
    }

    /// Lower and tighter, for rows and cards.
    pub fn small(self) -> Self {
        self.attr("data-size", "small")
    }

    /// As wide as its container, for phones and sign-in pages.
    pub fn wide(self) -> Self {
        self.attr("data-size", "wide")
    }

    /// Cannot be pressed now.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    /// Opens the dialog with this id; works without our scripts in current browsers.
    pub fn opens_dialog(self, id: &str) -> Self {
        self.attr("command", "show-modal").attr("commandfor", id)
    }

    /// Closes the dialog with this id.
    pub fn closes_dialog(self, id: &str) -> Self {
        self.attr("command", "close").attr("commandfor", id)
    }

    /// Opens the menu or popover with this id.
    pub fn opens_popover(self, id: &str) -> Self {
        self.attr("popovertarget", id)
    }

    /// Any further attribute, such as `data-hx-post`.
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    fn inner(&self) -> Markup {
        html! {
            @if let Some(icon) = self.icon { (icon) }
            @if !self.only_icon { span.button__label { (self.label) } }
            @if let Some(keys) = self.keys { (kbd(keys)) }
        }
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        let class = match (self.only_icon, self.forward) {
            (true, _) => "button button--icon".to_owned(),
            (_, true) => format!("{} button--forward", self.look),
            _ => self.look.to_owned(),
        };
        let element = match self.href {
            Some(href) => Element::new("a").attr("href", href),
            None => Element::new("button").attr("type", self.kind).flag("disabled", self.disabled),
        };
        element.attr("class", class).attrs(&self.attributes).body(self.inner()).render()
    }
}

pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "buttons",
            "Looks",
            html! {
                div.row {
                    (Button::primary("Publish form").icon(Icon::Check))
                    (Button::secondary("Preview").icon(Icon::Eye).href("#preview"))
                    (Button::quiet("Discard"))
                (Button::secondary("Go on").forward())
                    (Button::danger("Delete form").icon(Icon::Trash))
                    (Button::icon_only(Icon::More, "More actions").opens_popover("looks-note"))
                div.menu id="looks-note" popover data-menu { p.menu__title { "A popover" } }
                }
            },
        ),
        Sample::new(
            "buttons",
            "Keys, sizes and states",
            html! {
                div.row {
                    (Button::primary("Save").keys("Ctrl Enter").submit())
                    (Button::secondary("Copy link").icon(Icon::Link).small())
                    (Button::secondary("Not yet").disabled(true))
                    (Button::primary("Saving…").attr("aria-busy", "true"))
                }
                (Button::primary("Create your workspace").wide())
            },
        ),
    ]
}
