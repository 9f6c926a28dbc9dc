//! The frames outside of the app: the public site, and the bare page of a hosted form.

use maud::{DOCTYPE, Markup, html};

use super::{
    Head,
    brand::{mark, wordmark},
    skip_link,
};
use crate::{Button, url};

/// The frame of the public site: landing page, sign-in, register, the API's reference.
pub struct Public<'a> {
    /// Title of the page.
    pub title: &'a str,
    /// One sentence for search engines.
    pub description: &'a str,
    /// BCP 47 tag of the page's language.
    pub lang: &'a str,
    /// Whether the page is a single sheet in the middle, such as sign-in.
    pub centred: bool,
    /// What the head and foot offer beside the page.
    pub ways: Ways<'a>,
    /// A stylesheet on top of the public one, such as `landing.css`.
    pub style: Option<&'a str>,
}

/// Where a public page leads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ways<'a> {
    /// To signing in and registering.
    In,
    /// Into the app, for someone who is signed in.
    On(&'a str),
    /// Nowhere: whoever reads it may not want an account.
    None,
}

/// The frame of a hosted form: no navigation, no script.
pub struct Bare<'a> {
    /// Title of the page.
    pub title: &'a str,
    /// One sentence for search engines and link previews.
    pub description: &'a str,
    /// BCP 47 tag of the page's language.
    pub lang: &'a str,
    /// Which way that is written: `ltr` or `rtl`.
    pub dir: &'a str,
    /// Whose form it is.
    pub owner: Option<&'a str>,
    /// Says what it was made with, at the place of `{mark}`; none where that is not said.
    pub made_with: Option<&'a str>,
    /// How it looks.
    pub look: Look<'a>,
    /// The whole address of the picture on cards of links to it.
    pub card: Option<&'a str>,
}

/// The look of a bare page; `public.css` has each by its name.
#[derive(Debug, Clone, Default)]
pub struct Look<'a> {
    /// `sans`, `serif`, `rounded` or `mono`.
    pub font: &'a str,
    /// `soft`, `square` or `round`.
    pub corners: &'a str,
    /// `light` or `dark`; anything else is as the device has it.
    pub scheme: &'a str,
    /// Without light from above: the page has a colour of its own.
    pub plain: bool,
    /// A style element that the page's policy knows.
    pub style: Option<Markup>,
}

impl Look<'_> {
    fn theme(&self) -> Option<&str> {
        Some(self.scheme).filter(|scheme| matches!(*scheme, "light" | "dark"))
    }
}

impl Public<'_> {
    /// The whole page around `body`.
    pub fn render(&self, body: Markup) -> Markup {
        let styles: Vec<&str> = ["public.css"].into_iter().chain(self.style).collect();
        let head = Head { title: self.title, description: self.description, styles: &styles };
        html! {
            (DOCTYPE)
            html lang=(self.lang) {
                (head.render(html! { script src=(url("theme.js")) {} }))
                body.public.public--sheet[self.centred] {
                    (skip_link())
                    header.public__head {
                        a.public__home href="/" aria-label="Mewayz, home" { (wordmark()) }
                        @if self.ways != Ways::None { nav.public__nav aria-label="Account" { (self.ways()) } }
                    }
                    main.public__main.public__main--centred[self.centred] id="main" tabindex="-1" { (body) }
                    (self.foot())
                }
            }
        }
    }

    fn ways(&self) -> Markup {
        html! {
            @match self.ways {
                Ways::In => {
                    (Button::quiet("Sign in").href("/login"))
                    (Button::primary("Get started").href("/register"))
                }
                Ways::On(href) => (Button::secondary("Open the app").forward().href(href)),
                Ways::None => {}
            }
        }
    }

    fn foot(&self) -> Markup {
        html! {
            footer.public__foot {
                span { (mark()) "The back office in one program." }
                nav aria-label="More" {
                    a href="/api/docs" { "API" }
                    @if self.ways == Ways::In {
                        a href="/login" { "Sign in" }
                        a href="/register" { "Register" }
                    }
                }
            }
        }
    }
}

impl Bare<'_> {
    /// The whole page around `body`.
    pub fn render(&self, body: Markup) -> Markup {
        let head =
            Head { title: self.title, description: self.description, styles: &["public.css"] };
        // What others show of a link to this page (ogp.me).
        let card = html! {
            meta property="og:type" content="website";
            meta property="og:title" content=(self.title);
            meta property="og:description" content=(self.description);
            @match self.card {
                Some(picture) => {
                    meta property="og:image" content=(picture);
                    meta name="twitter:card" content="summary_large_image";
                }
                None => meta name="twitter:card" content="summary";,
            }
            @if let Some(style) = &self.look.style { (style) }
        };
        let named = |name| Some(name).filter(|name: &&str| !name.is_empty());
        html! {
            (DOCTYPE)
            html lang=(self.lang) dir=[(self.dir == "rtl").then_some(self.dir)] data-theme=[self.look.theme()]
                data-font=[named(self.look.font)] data-corners=[named(self.look.corners)] {
                (head.render(card))
                body.bare.bare--plain[self.look.plain] {
                    main.bare__main id="main" { (body) }
                    @if self.owner.is_some() || self.made_with.is_some() {
                        footer.bare__foot {
                            @if let Some(owner) = self.owner { span { "A form by " strong { (owner) } } }
                            @if let Some(words) = self.made_with {
                                @let (before, after) = words.split_once("{mark}").unwrap_or((words, ""));
                                a href="/" { (before) (mark()) " Mewayz" (after) }
                            }
                        }
                    }
                }
            }
        }
    }
}
