//! The frames of a page: the app here, the public site and the bare page of a hosted form below.

use maud::{DOCTYPE, Markup, html};

use crate::{Button, Dialog, Icon, Toast, kbd, url};

pub mod brand;
mod menus;
mod navigation;
mod palette;
mod public;

pub use public::{Bare, Look, Public, Ways};

/// An entry of the navigation; a module gives these as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem<'a> {
    /// One or two words.
    pub label: &'a str,
    /// Where it leads.
    pub href: &'a str,
    /// Its picture.
    pub icon: Icon,
    /// Heading it stands under; entries of one section follow each other.
    pub section: &'a str,
    /// Whether the page belongs to it.
    pub current: bool,
    /// Keys that lead there, such as `g f`.
    pub hotkey: Option<&'a str>,
}

/// Something the palette can open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command<'a> {
    /// What is read.
    pub label: &'a str,
    /// What kind of thing it is, read after the label; may be empty.
    pub detail: &'a str,
    /// Where it leads.
    pub href: &'a str,
    /// Its picture.
    pub icon: Icon,
    /// Further words that find it.
    pub keywords: &'a str,
}

/// A workspace the person may switch to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceLink<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where it starts.
    pub href: &'a str,
    /// Whether one is in it.
    pub current: bool,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person<'a> {
    /// Full name.
    pub name: &'a str,
    /// E-mail address.
    pub email: &'a str,
}

/// The frame of every page of the app.
pub struct Shell<'a> {
    /// Title of the page, without the product's name.
    pub title: &'a str,
    /// BCP 47 tag of the page's language.
    pub lang: &'a str,
    /// Name of the workspace, or of the operator's desk; `None` outside of both.
    pub workspace: Option<&'a str>,
    /// All workspaces of the person.
    pub workspaces: &'a [WorkspaceLink<'a>],
    /// Where a further workspace is made.
    pub new_workspace_href: Option<&'a str>,
    /// Who is signed in; `None` offers to sign in, and leads home instead of to other workspaces.
    pub person: Option<Person<'a>>,
    /// Entries of the navigation; the first four stand in the bottom bar of a phone.
    pub navigation: &'a [NavItem<'a>],
    /// What the palette offers beside the navigation.
    pub commands: &'a [Command<'a>],
    /// Entries of the person's menu, such as the profile.
    pub person_links: &'a [NavItem<'a>],
    /// Where the sign-out form posts to.
    pub sign_out_href: &'a str,
    /// The session's token; htmx sends it as `X-CSRF-Token`.
    pub csrf_token: &'a str,
    /// Address of the event stream, such as `/w/acme/live?after=12`: what the page knows of already.
    pub live_href: Option<&'a str>,
    /// Address that answers palette searches with a list of `palette_result`s.
    pub search_href: Option<&'a str>,
    /// Names of further scripts among the assets, such as `form_builder.js`.
    pub scripts: &'a [&'a str],
    /// What the page has to say at once, such as a change just made.
    pub toasts: &'a [Toast<'a>],
}

/// What the head of every page says.
struct Head<'a> {
    title: &'a str,
    description: &'a str,
    styles: &'a [&'a str],
}

impl Head<'_> {
    fn render(&self, rest: Markup) -> Markup {
        html! {
            head {
                meta charset="utf-8";
                title { (self.title) }
                meta name="description" content=(self.description);
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content";
                meta name="color-scheme" content="light dark";
                meta name="theme-color" content="#f8f4ef" media="(prefers-color-scheme: light)";
                meta name="theme-color" content="#171310" media="(prefers-color-scheme: dark)";
                link rel="icon" href=(url("favicon.svg")) type="image/svg+xml";
                @for style in self.styles { link rel="stylesheet" href=(url(style)); }
                (rest)
            }
        }
    }
}

const PRODUCT: &str = "Mewayz";

/// htmx without anything the CSP refuses: no `eval`, no style sheet of its own. What a reader has opened stays open
/// when a part is morphed.
const HTMX: &str = r#"{"includeIndicatorCSS": false, "defaultTimeout": 20000, "defaultSwap": "outerHTML", "morphIgnore": ["data-htmx-powered", "open"]}"#;

fn skip_link() -> Markup {
    html! { a.skip-link href="#main" { "Skip to content" } }
}

impl Shell<'_> {
    /// The whole page around `body`.
    pub fn render(&self, body: Markup) -> Markup {
        let title = [Some(self.title), self.workspace, Some(PRODUCT)];
        let title = title.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let head = Head { title: &title, description: self.title, styles: &["app.css"] };
        html! {
            (DOCTYPE)
            html lang=(self.lang) {
                (head.render(self.scripts()))
                body.shell data-live=[self.live_href] {
                    (skip_link())
                    (self.side())
                    (self.top())
                    main.shell__main id="main" tabindex="-1" { div.shell__page { (body) } }
                    (navigation::bottom_bar(self.navigation))
                    (self.overlays())
                }
            }
        }
    }

    fn scripts(&self) -> Markup {
        html! {
            meta name="csrf-token" content=(self.csrf_token);
            meta name="htmx-config" content=(HTMX);
            // Blocking on purpose: the stored theme must be known before the first paint.
            script src=(url("theme.js")) {}
            script src=(url("htmx.js")) defer {}
            script src=(url("app.js")) type="module" {}
            @for name in self.scripts { script src=(url(name)) type="module" {} }
        }
    }

    /// The navigation of a desk.
    fn side(&self) -> Markup {
        html! {
            aside.side aria-label="Workspace" {
                (self.workspace_switcher("workspace-menu"))
                (Button::secondary("Find anything").icon(Icon::Search).keys("Ctrl K")
                    .opens_dialog("palette").attr("data-look", "search"))
                nav.side__nav aria-label="Main" { (navigation::sections(self.navigation)) }
                div.side__foot { (self.person_menu("person-menu", true)) }
            }
        }
    }

    /// The strip at the top of a phone.
    fn top(&self) -> Markup {
        html! {
            header.top {
                (self.workspace_switcher("workspace-menu-top"))
                (Button::icon_only(Icon::Search, "Search").opens_dialog("palette"))
                (self.person_menu("person-menu-top", false))
            }
        }
    }

    /// Everything that lies above the page.
    fn overlays(&self) -> Markup {
        html! {
            (palette::palette(self))
            (Dialog::new("keys", "Keyboard shortcuts", palette::keys(self.navigation)))
            div.toasts id="toasts" role="status" aria-live="polite" {
                @for toast in self.toasts { (toast) }
            }
            div.live-state id="live-state" role="status" hidden { span.live-state__dot {} "Reconnecting…" }
        }
    }
}

/// The answer of a palette search, under a heading.
pub fn palette_results(heading: &str, found: &[Command<'_>]) -> Markup {
    palette::results(heading, found)
}

/// System, light or dark; the choice is kept in the browser.
pub fn theme_switch() -> Markup {
    html! {
        theme-switch.theme-switch role="group" aria-label="Theme" {
            @for (choice, icon, label) in
                [("system", Icon::Monitor, "System"), ("light", Icon::Sun, "Light"), ("dark", Icon::Moon, "Dark")]
            {
                button type="button" data-choice=(choice) { (icon) span { (label) } }
            }
        }
    }
}

/// Keys of the whole app, beside those of the navigation.
const GLOBAL_KEYS: [(&str, &str); 8] = [
    ("Ctrl K", "Search and commands"),
    ("/", "Search this list"),
    ("j", "Next row, or the next one beside the list"),
    ("k", "The row before"),
    ("Enter", "Open the row"),
    ("x", "Pick the row"),
    ("?", "These shortcuts"),
    ("Esc", "Close what is open"),
];

fn key_line(keys: &str, meaning: &str) -> Markup {
    html! { div.keys-list__line { dt { (meaning) } dd { span.visually-hidden { (keys) } (kbd(keys)) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(title: &str) -> String {
        page_for(title, Some(Person { name: "Ada", email: "ada@example.com" }))
    }

    fn page_for(title: &str, person: Option<Person<'_>>) -> String {
        let shell = Shell {
            title,
            lang: "en",
            workspace: Some("Acme"),
            workspaces: &[],
            new_workspace_href: None,
            person,
            navigation: &[],
            commands: &[],
            person_links: &[],
            sign_out_href: "/logout",
            csrf_token: "tok\"en",
            live_href: Some("/w/acme/live"),
            search_href: None,
            scripts: &[],
            toasts: &[],
        };
        shell.render(html! { p { "body" } }).into_string()
    }

    #[test]
    fn a_title_cannot_carry_markup() {
        let page = page("</title><script>alert(1)</script>");
        assert!(!page.contains("<script>alert") && page.contains("&lt;/title&gt;"));
        assert!(page.contains("content=\"tok&quot;en\""));
    }

    #[test]
    fn no_page_scripts_or_styles_inline() {
        let bare = Bare {
            title: "t",
            description: "d",
            lang: "en",
            dir: "ltr",
            owner: Some("Acme"),
            made_with: Some("Made with {mark}"),
            look: Look::default(),
            card: None,
        };
        let bare = bare.render(html! {}).into_string();
        assert!(!bare.contains("<script"), "a hosted form needs no script");
        for page in [page("Forms"), bare] {
            assert!(!page.contains(" style=") && !page.contains("<style"));
            assert_eq!(page.matches("<script").count(), page.matches("<script src=\"").count());
        }
    }

    #[test]
    fn who_is_signed_in_can_sign_out_and_anyone_else_can_sign_in() {
        let (ada, nobody) = (page("Forms"), page_for("Forms", None));
        assert!(ada.contains("Sign out") && !ada.contains("href=\"/login\""));
        assert!(nobody.contains("href=\"/login\"") && !nobody.contains("Sign out"));
        assert!(!nobody.contains("switch workspace"));
    }

    #[test]
    fn the_stream_is_named_on_the_body() {
        assert!(page("Forms").contains("data-live=\"/w/acme/live\""));
    }
}
