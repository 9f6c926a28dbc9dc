//! Every component with sample data, and the page that shows them all.

use maud::{Markup, PreEscaped, html};

use crate::{Icon, Sample, components as c, sample::slug};

/// The samples of this crate, in the order of the style guide.
pub fn samples() -> Vec<Sample> {
    let components: [fn() -> Vec<Sample>; 25] = [
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
        c::progress::samples,
        c::badge::samples,
        c::avatar::samples,
        c::alert::samples,
        c::toast::samples,
        c::empty::samples,
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

/// The content of `/styleguide`: the crate's samples, then those of the modules.
pub fn styleguide(extra: Vec<Sample>) -> Markup {
    let all: Vec<Sample> = samples().into_iter().chain(extra).collect();
    let groups: Vec<&[Sample]> = all.chunk_by(|one, next| one.group == next.group).collect();
    html! {
        div.styleguide {
            nav.styleguide__index aria-label="Components" {
                ul { @for group in &groups { li { a href={ "#group-" (slug(group[0].group)) } { (group[0].group) } } } }
            }
            div.styleguide__groups { @for group in &groups { (group_section(group)) } }
        }
    }
}

fn group_section(group: &[Sample]) -> Markup {
    html! {
        section.styleguide__group id={ "group-" (slug(group[0].group)) } {
            h2 { (group[0].group) }
            @for sample in group {
                article.styleguide__sample id=(sample.id) aria-label={ (sample.group) ": " (sample.title) } {
                    h3 { (sample.title) }
                    div.styleguide__themes {
                        // In the page's own theme: the browser checks look at the page in both.
                        div.styleguide__theme { (shown(sample, "")) }
                    }
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

/// A sample with ids of its own, in one theme: samples of several modules may use the same ids.
fn shown(sample: &Sample, theme: &str) -> Markup {
    let suffix = [sample.id.as_str(), theme].join("-");
    twin(&quiet(&sample.markup), suffix.trim_end_matches('-'), theme)
}

/// Attributes that name an element of the same page, or a group of radio buttons.
const REFERENCES: [&str; 9] = [
    " id=\"",
    " for=\"",
    " name=\"",
    " aria-describedby=\"",
    " aria-labelledby=\"",
    " aria-label=\"",
    " popovertarget=\"",
    " commandfor=\"",
    " href=\"#",
];

/// The same markup again with ids of its own, since an id may stand on a page only once.
/// A quotation mark in text is escaped, so ` id="` can only be an attribute.
fn twin(markup: &Markup, suffix: &str, theme: &str) -> Markup {
    let twin = REFERENCES.iter().fold(markup.0.clone(), |html, reference| {
        let mut parts = html.split(reference);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (value, rest) = part.split_once('"').unwrap_or((part, ""));
            let value: Vec<String> = match *reference {
                " aria-label=\"" if theme.is_empty() => vec![value.to_owned()],
                " aria-label=\"" => vec![format!("{value} ({theme})")],
                " name=\"" if value == "q" => vec![value.to_owned()],
                _ => value.split(' ').map(|id| format!("{id}-{suffix}")).collect(),
            };
            out.push_str(reference);
            out.push_str(&value.join(" "));
            out.push('"');
            out.push_str(rest);
        }
        out
    });
    PreEscaped(twin)
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, fs, path::Path};

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
    fn a_twin_shares_no_id_with_the_original() {
        let twin = twin(
            &html! { label for="a" { "x" } input id="a" aria-describedby="b c"; },
            "dark",
            "dark",
        );
        assert_eq!(
            twin.0,
            "<label for=\"a-dark\">x</label><input id=\"a-dark\" aria-describedby=\"b-dark c-dark\">"
        );
    }

    /// Reads the sources, so that a component, or a state of it, cannot be added unseen.
    #[test]
    fn every_public_function_of_a_component_is_shown() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/components");
        let files = fs::read_dir(&folder).into_iter().flatten().flatten();
        let sources: Vec<String> =
            files.filter_map(|file| fs::read_to_string(file.path()).ok()).collect();
        let parts = || sources.iter().filter_map(|source| source.split_once("fn samples()"));
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
}
