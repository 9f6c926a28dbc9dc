//! The frames of a page: the app, the public site, and the bare page of a hosted form.

use maud::{DOCTYPE, Markup, html};

use crate::{Button, Dialog, Icon, kbd, url};

pub mod brand;
mod menus;
mod navigation;
mod palette;

use brand::{mark, wordmark};

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
    /// Address of the event stream, such as `/w/acme/live`.
    pub live_href: Option<&'a str>,
    /// Address that answers palette searches with a list of `palette_result`s.
    pub search_href: Option<&'a str>,
    /// Names of further scripts among the assets, such as `form_builder.js`.
    pub scripts: &'a [&'a str],
}

/// The frame of the public site: landing page, sign-in, register.
pub struct Public<'a> {
    /// Title of the page.
    pub title: &'a str,
    /// One sentence for search engines.
    pub description: &'a str,
    /// BCP 47 tag of the page's language.
    pub lang: &'a str,
    /// Whether the page is a single form in the middle, such as sign-in.
    pub centred: bool,
    /// Where someone who is signed in goes on; `None` offers to sign in.
    pub app_href: Option<&'a str>,
    /// Whether the landing page's stylesheet is needed.
    pub landing: bool,
}

/// The frame of a hosted form: no navigation, no script.
pub struct Bare<'a> {
    /// Title of the page.
    pub title: &'a str,
    /// One sentence for search engines and link previews.
    pub description: &'a str,
    /// BCP 47 tag of the page's language.
    pub lang: &'a str,
    /// Whose form it is.
    pub owner: Option<&'a str>,
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

/// htmx without anything the CSP refuses: no `eval`, no style sheet of its own.
const HTMX: &str =
    r#"{"includeIndicatorCSS": false, "defaultTimeout": 20000, "defaultSwap": "outerHTML"}"#;

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
            (palette::palette(self.navigation, self.commands, self.search_href))
            (Dialog::new("keys", "Keys", palette::keys(self.navigation)))
            div.toasts id="toasts" role="status" aria-live="polite" {}
            div.live-state id="live-state" role="status" hidden { span.live-state__dot {} "Reconnecting…" }
        }
    }
}

/// One answer of a palette search; the search address answers with a list of these.
pub fn palette_result(command: &Command<'_>) -> Markup {
    palette::entry(command.label, command.href, command.icon, command.keywords, None)
}

/// System, light or dark; the choice is kept in the browser.
pub fn theme_switch() -> Markup {
    html! {
        theme-switch.theme-switch role="group" aria-label="Theme" {
            @for (choice, icon, label) in
                [("system", Icon::Monitor, "System"), ("light", Icon::Sun, "Light"), ("dark", Icon::Moon, "Dark")]
            {
                button type="button" data-choice=(choice) title=(label) aria-label=(label) { (icon) }
            }
        }
    }
}

impl Public<'_> {
    /// The whole page around `body`.
    pub fn render(&self, body: Markup) -> Markup {
        let styles: &[&str] =
            if self.landing { &["public.css", "landing.css"] } else { &["public.css"] };
        let head = Head { title: self.title, description: self.description, styles };
        html! {
            (DOCTYPE)
            html lang=(self.lang) {
                (head.render(html! { script src=(url("theme.js")) {} }))
                body.public {
                    (skip_link())
                    header.public__head {
                        a.public__home href="/" aria-label="Mewayz, home" { (wordmark()) }
                        nav.public__nav aria-label="Account" { (self.ways_in()) }
                    }
                    main.public__main.public__main--centred[self.centred] id="main" tabindex="-1" { (body) }
                    (foot())
                }
            }
        }
    }

    fn ways_in(&self) -> Markup {
        html! {
            @if let Some(href) = self.app_href {
                (Button::primary("Open the app").forward().href(href))
            } @else {
                (Button::quiet("Sign in").href("/login"))
                (Button::primary("Get started").href("/register"))
            }
        }
    }
}

fn foot() -> Markup {
    html! {
        footer.public__foot {
            span { (mark()) "The back office in one program." }
            nav aria-label="More" {
                a href="/api/docs" { "API" }
                a href="/login" { "Sign in" }
                a href="/register" { "Register" }
            }
        }
    }
}

impl Bare<'_> {
    /// The whole page around `body`.
    pub fn render(&self, body: Markup) -> Markup {
        let head =
            Head { title: self.title, description: self.description, styles: &["public.css"] };
        html! {
            (DOCTYPE)
            html lang=(self.lang) {
                (head.render(html! {}))
                body.bare {
                    main.bare__main id="main" { (body) }
                    footer.bare__foot {
                        @if let Some(owner) = self.owner { span { "A form by " strong { (owner) } } }
                        a href="/" { "Made with " (mark()) " Mewayz" }
                    }
                }
            }
        }
    }
}

/// Keys of the whole app, beside those of the navigation.
const GLOBAL_KEYS: [(&str, &str); 4] = [
    ("Ctrl K", "Search and commands"),
    ("/", "Search this list"),
    ("?", "This list of keys"),
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
        let bare = Bare { title: "t", description: "d", lang: "en", owner: Some("Acme") };
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
