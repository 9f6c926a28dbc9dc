//! Every component with sample data, and the page that shows them all.

use maud::{Markup, PreEscaped, html};

use crate::{Icon, Sample, components as c, sample::slug};

/// The samples of this crate, in the order of the style guide.
pub fn samples() -> Vec<Sample> {
    let components: [fn() -> Vec<Sample>; 27] = [
        c::button::samples,
        c::field::samples,
        c::search::samples,
        c::chips::samples,
        c::page_header::samples,
        c::tabs::samples,
        c::table::samples,
        c::pagination::samples,
        c::card::samples,
        c::facts::samples,
        c::stat::samples,
        c::chart::samples,
        c::distribution::samples,
        c::progress::samples,
        c::badge::samples,
        c::avatar::samples,
        c::alert::samples,
        c::toast::samples,
        c::empty::samples,
        c::entrance::samples,
        c::skeleton::samples,
        c::dialog::samples,
        c::menu::samples,
        c::secret::samples,
        c::code::samples,
        c::time::samples,
        c::kbd::samples,
    ];
    let mut all: Vec<Sample> = components.iter().flat_map(|samples| samples()).collect();
    all.push(icons());
    all
}

fn icons() -> Sample {
    Sample::new(
        "icons",
        "All icons",
        html! {
            ul.icon-sheet { @for icon in Icon::ALL { li { (icon) span { (format!("{icon:?}")) } } } }
        },
    )
}

/// The content of `/styleguide`: every component in place, and links to the modules' screens.
pub fn styleguide(screens: &[Sample]) -> Markup {
    let components = samples();
    html! {
        div.styleguide {
            nav.styleguide__index aria-label="Contents" {
                ul {
                    @for group in groups(&components) { li { a href={ "#group-" (slug(group[0].group)) } { (group[0].group) } } }
                    @if !screens.is_empty() { li { a href="#group-screens" { "screens" } } }
                }
            }
            div.styleguide__groups {
                @for group in groups(&components) { (components_of(group)) }
                @if !screens.is_empty() { (index_of(screens)) }
            }
        }
    }
}

/// The content of `/styleguide/{sample}`: one screen of a module, alone as on its own page.
pub fn screen(sample: &Sample) -> Markup {
    html! {
        @if !sample.markup.0.contains("<h1") {
            (c::PageHeader::new(sample.title).trail(&[("Style guide", "/styleguide")]))
        }
        (sample.markup)
    }
}

fn groups(samples: &[Sample]) -> impl Iterator<Item = &[Sample]> {
    samples.chunk_by(|one, next| one.group == next.group)
}

fn components_of(group: &[Sample]) -> Markup {
    html! {
        section.styleguide__group id={ "group-" (slug(group[0].group)) } {
            h2 { (group[0].group) }
            @for sample in group {
                article.styleguide__sample id=(sample.id) aria-label={ (sample.group) ": " (sample.title) } {
                    h3 { (sample.title) }
                    div.styleguide__stage { (quiet(&sample.markup)) }
                }
            }
        }
    }
}

fn index_of(screens: &[Sample]) -> Markup {
    html! {
        section.styleguide__group id="group-screens" {
            h2 { "Screens" }
            dl.styleguide__screens {
                @for group in groups(screens) {
                    dt { (group[0].group) }
                    @for sample in group { dd { a href={ "/styleguide/" (sample.id) } { (sample.title) } } }
                }
            }
        }
    }
}

/// Without what would take the focus or the first heading away from the page.
fn quiet(markup: &Markup) -> Markup {
    let calm = markup.0.replace(" autofocus=\"autofocus\"", "").replace(" autofocus>", ">");
    // The page has its own first heading; a sample begins at the third.
    PreEscaped(calm.replace("<h1", "<h3").replace("</h1>", "</h3>"))
}

#[cfg(test)]
mod tests {
    use std::{
        collections::HashSet,
        fs,
        path::{Path, PathBuf},
    };

    use super::*;

    #[test]
    fn every_sample_renders_and_has_an_id_of_its_own() {
        let samples = samples();
        let ids: HashSet<&str> = samples.iter().map(|sample| sample.id.as_str()).collect();
        assert_eq!(ids.len(), samples.len());
        assert!(samples.iter().all(|sample| !sample.markup.0.is_empty()));
    }

    #[test]
    fn nothing_is_styled_or_scripted_inline() {
        for sample in samples() {
            for banned in [" style=\"", "<style", "<script", " onclick=", "javascript:"] {
                assert!(!sample.markup.0.contains(banned), "{banned} in {}", sample.id);
            }
        }
    }

    #[test]
    fn a_screen_has_one_first_heading() {
        let bare = Sample::new("cards", "Bare", html! { p { "x" } });
        let whole = Sample::new("cards", "Whole", html! { h1 { "Whole" } });
        assert_eq!(screen(&bare).0.matches("<h1").count(), 1);
        assert_eq!(screen(&whole).0, "<h1>Whole</h1>");
    }

    /// Reads the sources, so that a component, or a state of it, cannot be added unseen.
    #[test]
    fn every_public_function_of_a_component_is_shown() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/components");
        let sources = texts_below(&folder);
        // What stands before a file's samples, or all of a file without any, is what others call.
        let parts =
            || sources.iter().map(|text| text.split_once("fn samples()").unwrap_or((text, "")));
        let shown: String = parts().map(|(_, samples)| samples).collect();
        let mut seen = 0;
        for line in parts().flat_map(|(api, _)| api.lines()) {
            let line = line.trim().replace("pub const fn ", "pub fn ");
            let Some(rest) = line.strip_prefix("pub fn ") else { continue };
            let name = rest.split(['(', '<']).next().unwrap_or_default();
            let calls = [".", ":", " ", "("].map(|before| format!("{before}{name}("));
            assert!(calls.iter().any(|call| shown.contains(call)), "{name} has no sample");
            seen += 1;
        }
        assert!(seen > 60, "the sources were not found");
    }

    fn texts_below(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder is there").flatten();
        let text = |path: PathBuf| match path.is_dir() {
            true => texts_below(&path),
            false => vec![fs::read_to_string(path).expect("a text")],
        };
        entries.map(|entry| entry.path()).flat_map(text).collect()
    }
}
