//! Stylesheets, behaviours and vendored files, embedded and served under fingerprinted addresses.

use std::{collections::BTreeMap, sync::OnceLock};

use sha2::{Digest, Sha256};

/// One file a browser may ask for; its address changes with its content, so it never expires.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The stable name, such as `app.css`.
    pub name: &'static str,
    /// The `Content-Type` to answer with.
    pub content_type: &'static str,
    /// The content as served.
    pub bytes: Vec<u8>,
    /// First 12 hex digits of the content's SHA-256; also fit for an `ETag`.
    pub hash: String,
    /// The address: `/assets/{stem}.{hash}.{extension}`.
    pub url: String,
}

/// All files of one process.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    by_name: BTreeMap<&'static str, Asset>,
}

/// A module's own file: name and content, as made by `include_str!`.
pub type Source = (&'static str, &'static str);

/// Process-wide, because a view that needs an address is a pure function of its data and must not
/// carry a handle through ten levels for a value that is fixed once the program is linked.
static INSTALLED: OnceLock<Assets> = OnceLock::new();

/// Order matters only to readers: layers decide which rule wins.
const FOUNDATION: [&str; 3] = [
    include_str!("../assets/tokens.css"),
    include_str!("../assets/reset.css"),
    include_str!("../assets/base.css"),
];

const LAYERS: &str = "@layer reset, tokens, base, components, modules, utilities;\n";

macro_rules! embed {
    ($folder:literal, $extension:literal, [$($name:literal),* $(,)?]) => {
        [$(($name, include_str!(concat!("../assets/", $folder, "/", $name, $extension)))),*]
    };
}

/// What public pages need too: the first [`PUBLIC_COMPONENTS`] of the list.
const COMPONENTS: [Source; 39] = embed!(
    "components",
    ".css",
    [
        "button",
        "field",
        "choice",
        "alert",
        "public",
        "brand",
        "empty",
        "entrance",
        "progress",
        "kbd",
        "avatar",
        "badge",
        "breadcrumbs",
        "calendar",
        "card",
        "chart",
        "chips",
        "code",
        "command",
        "dialog",
        "docs",
        "facts",
        "landing",
        "live",
        "menu",
        "page_header",
        "pagination",
        "person",
        "search",
        "secret",
        "shell",
        "skeleton",
        "stat",
        "styleguide",
        "table",
        "tabs",
        "theme",
        "time",
        "toast",
    ]
);
const PUBLIC_COMPONENTS: usize = 9;
const LANDING_COMPONENTS: [&str; 2] = ["landing", "code"];
const CALENDAR_COMPONENTS: [&str; 1] = ["calendar"];
const DOCS_COMPONENTS: [&str; 4] = ["badge", "code", "docs", "table"];

const BEHAVIOURS: [Source; 18] = embed!(
    "behaviours",
    ".js",
    [
        "copy",
        "csrf",
        "dialog",
        "hotkeys",
        "hotkeys_choice",
        "live",
        "live_state",
        "menu",
        "more",
        "overlay",
        "palette",
        "plain",
        "rows",
        "submit",
        "switcher",
        "tabs",
        "time",
        "toast",
    ]
);

/// The whole stylesheet of the app; `extra` are modules' own files, put into the layer `modules`.
pub fn stylesheet(extra: &[&str]) -> String {
    let components = COMPONENTS.iter().map(|(_, css)| *css);
    let mut css = sheet(FOUNDATION.into_iter().chain(components));
    for module in extra {
        css.push_str("@layer modules {\n");
        css.push_str(&compact(module));
        css.push_str("}\n");
    }
    css.push_str(&compact(include_str!("../assets/utilities.css")));
    css
}

/// The light stylesheet of hosted forms and other public pages.
fn public_stylesheet() -> String {
    sheet(FOUNDATION.into_iter().chain(COMPONENTS[..PUBLIC_COMPONENTS].iter().map(|(_, css)| *css)))
        + &compact(include_str!("../assets/utilities.css"))
}

/// What a page needs on top of the public stylesheet.
fn further_stylesheet(names: &[&str]) -> String {
    sheet(COMPONENTS.iter().filter(|(name, _)| names.contains(name)).map(|(_, css)| *css))
}

fn sheet<'a>(files: impl Iterator<Item = &'a str>) -> String {
    files.fold(LAYERS.to_owned(), |mut css, file| {
        css.push_str(&compact(file));
        css
    })
}

/// Drops comments and indentation, which are for readers of the source.
fn compact(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// All behaviours as one ES module. Each file stands in a block of its own, so that its names are
/// private without imports, an import map (which the CSP would refuse) or a dozen requests.
fn behaviours() -> String {
    BEHAVIOURS.iter().fold(String::new(), |script, (_, body)| script + "{\n" + body + "}\n")
}

impl Assets {
    /// Gathers the crate's own files and those of the modules: `.css` joins `app.css`, everything
    /// else is served under its own name.
    pub fn build(modules: &[Source]) -> Self {
        let (styles, others): (Vec<Source>, Vec<Source>) =
            modules.iter().copied().partition(|(name, _)| name.ends_with(".css"));
        let styles: Vec<&str> = styles.into_iter().map(|(_, css)| css).collect();
        let mut assets = Self::default();
        assets.add("app.css", stylesheet(&styles));
        assets.add("public.css", public_stylesheet());
        assets.add("landing.css", further_stylesheet(&LANDING_COMPONENTS));
        assets.add("calendar.css", further_stylesheet(&CALENDAR_COMPONENTS));
        assets.add("docs.css", further_stylesheet(&DOCS_COMPONENTS));
        assets.add("app.js", behaviours());
        assets.add("theme.js", include_str!("../assets/theme.js").to_owned());
        assets.add("htmx.js", include_str!("../assets/vendor/htmx-4.0.1.min.js").to_owned());
        assets.add("favicon.svg", include_str!("../assets/favicon.svg").to_owned());
        for (name, content) in others {
            assets.add(name, content.to_owned());
        }
        assets
    }

    fn add(&mut self, name: &'static str, content: String) {
        let bytes = content.into_bytes();
        let hash: String =
            Sha256::digest(&bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
        let url = format!("/assets/{stem}.{hash}.{extension}");
        let content_type = content_type(extension);
        self.by_name.insert(name, Asset { name, content_type, bytes, hash, url });
    }

    /// The address of a file by its stable name.
    ///
    /// # Panics
    /// When no file has this name: a view names a file that was never embedded, a defect that the
    /// sample of that view shows at once.
    pub fn url(&self, name: &str) -> &str {
        match self.by_name.get(name) {
            Some(asset) => &asset.url,
            None => panic!("no asset is named {name}"),
        }
    }

    /// The file served at `path`, such as `/assets/app.0123456789ab.css`.
    pub fn find(&self, path: &str) -> Option<&Asset> {
        self.by_name.values().find(|asset| asset.url == path)
    }

    /// Every file, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Asset> {
        self.by_name.values()
    }
}

fn content_type(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" | "webmanifest" => "application/json",
        _ => "application/octet-stream",
    }
}

/// Makes the modules' files known to the process; later calls change nothing.
pub fn install(modules: &[Source]) -> &'static Assets {
    INSTALLED.get_or_init(|| Assets::build(modules))
}

/// The files of this process; without [`install`] the crate's own.
pub fn installed() -> &'static Assets {
    install(&[])
}

/// The address of an installed file: `url("app.css")`.
pub fn url(name: &str) -> &'static str {
    installed().url(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_stable_and_found() {
        let (one, two) = (Assets::build(&[]), Assets::build(&[]));
        assert_eq!(one.url("app.css"), two.url("app.css"));
        assert_eq!(one.find(one.url("app.css")).map(|asset| asset.name), Some("app.css"));
        assert!(one.find("/assets/app.000000000000.css").is_none());
    }

    #[test]
    fn an_address_changes_with_its_content() {
        let with = Assets::build(&[("forms.css", ".form { color: var(--ink) }")]);
        assert_ne!(with.url("app.css"), Assets::build(&[]).url("app.css"));
        assert_eq!(with.url("htmx.js"), Assets::build(&[]).url("htmx.js"));
    }

    #[test]
    fn a_module_stylesheet_lands_in_its_layer_and_a_script_keeps_its_name() {
        let assets = Assets::build(&[("forms.css", "/* why */\n.x { inset: 0 }"), ("b.js", "1")]);
        let css = assets.find(assets.url("app.css")).map(|asset| asset.bytes.clone());
        let css = String::from_utf8(css.unwrap_or_default()).unwrap_or_default();
        assert!(css.contains("@layer modules {\n.x { inset: 0 }\n}"));
        assert_eq!(assets.find(assets.url("b.js")).map(|asset| asset.bytes.len()), Some(1));
    }

    #[test]
    fn colours_live_in_the_tokens_alone() {
        let files = COMPONENTS.iter().map(|(_, css)| *css).chain([
            FOUNDATION[1],
            FOUNDATION[2],
            include_str!("../assets/utilities.css"),
        ]);
        for css in files {
            let css = compact(css);
            for banned in ["oklch(", "rgb(", "rgba(", "hsl(", "!important", "#0", "#f", "#F"] {
                assert!(!css.contains(banned), "{banned} in {}", &css[..60]);
            }
        }
    }

    #[test]
    fn a_behaviour_stays_small() {
        for (name, body) in BEHAVIOURS {
            assert!(body.lines().count() <= 60, "{name}.js has more than 60 lines");
        }
    }
}
