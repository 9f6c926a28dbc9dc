//! Looks come from tokens and classes: no colour elsewhere, nothing `!important`, no style or
//! script inside an element (the content policy would refuse it), and behaviours stay small.

use regex::Regex;

use crate::exceptions;
use crate::rust_text::{RustText, line_of, numbered};
use crate::sources::{Source, Violation, expect_none, workspace};

const MOST_BEHAVIOUR_LINES: usize = 60;

const COLOUR: &str = r"(?ix)
    \#[0-9a-f]{3,8}\b
    | \b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(
    | (?:^|[\s,(])(?:white|black|red|green|blue|gr[ae]y|silver|orange|yellow|purple|pink|brown
        |navy|teal|maroon|olive|lime|aqua|cyan|magenta|fuchsia|gold|indigo|violet|crimson
        |tomato|salmon|coral|beige|ivory|snow|linen|khaki|rebeccapurple)(?:$|[\s,)])";

/// Every colour written outside `tokens.css`.
pub(crate) fn colours(sources: &[Source]) -> Vec<Violation> {
    let colour = Regex::new(COLOUR).expect("valid");
    let mut violations = Vec::new();
    for source in sources.iter().filter(|s| s.is("css") && !s.path.ends_with("/tokens.css")) {
        for (line, value) in declared_values(&source.text) {
            if colour.is_match(&value) {
                let message = "a colour outside tokens.css: name its meaning there and use `var()`";
                violations.push(Violation::new(source, line, message));
            }
        }
    }
    violations
}

/// Every `!important`.
pub(crate) fn important(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources.iter().filter(|source| source.is("css")) {
        for (line, _) in numbered(&without_comments(&source.text))
            .filter(|(_, text)| text.replace(' ', "").contains("!important"))
        {
            let message = "`!important`: put the rule into the layer that wins";
            violations.push(Violation::new(source, line, message));
        }
    }
    violations
}

/// Mails are no pages of ours: programs that read them keep the style of an element more surely than that of a head.
const MAILS: &str = "modules/mails/src/template";

/// Every style or handler written into an element of a page.
pub(crate) fn inline(sources: &[Source]) -> Vec<Violation> {
    let attribute = Regex::new(r#"(?:^|[\s"'])(style|on[a-z]{4,})=["'({\[]"#).expect("valid");
    let in_text = Regex::new(r#"<[^>]*\s(style|on[a-z]{4,})="#).expect("valid");
    let mut violations = Vec::new();
    let pages = sources.iter().filter(|s| s.is("rs") && s.below_src().is_some());
    for source in pages.filter(|source| !source.path.starts_with(MAILS)) {
        let text = RustText::new(&source.text);
        let in_code = numbered(&text.code).filter(|(_, code)| attribute.is_match(code));
        let in_texts = text.literals.iter().filter(|literal| in_text.is_match(&literal.text));
        for line in in_code.map(|(line, _)| line).chain(in_texts.map(|literal| literal.line)) {
            let message = "style or handler inside an element: use a class or a behaviour";
            violations.push(Violation::new(source, line, message));
        }
    }
    violations
}

/// Every script of ours that has grown beyond one behaviour.
pub(crate) fn long_behaviours(sources: &[Source]) -> Vec<Violation> {
    let scripts = sources.iter().filter(|s| {
        s.is("js") && (s.path.starts_with("crates/") || s.path.starts_with("modules/"))
    });
    let mut violations = Vec::new();
    for source in scripts.filter(|source| !exceptions::is_excused(&source.path)) {
        let lines = source.text.lines().count();
        if lines > MOST_BEHAVIOUR_LINES {
            let message =
                format!("{lines} lines: one behaviour a file, {MOST_BEHAVIOUR_LINES} at most");
            violations.push(Violation::new(source, 1, message));
        }
    }
    violations
}

/// The right side of every declaration, with the line it begins on.
fn declared_values(css: &str) -> Vec<(usize, String)> {
    let css = without_comments(css);
    let texts = Regex::new(r#"url\([^)]*\)|"[^"]*"|'[^']*'"#).expect("valid");
    let mut values = Vec::new();
    let mut start = 0;
    for (at, end) in css.match_indices(['{', '}', ';']) {
        let piece = &css[start..at];
        if end != "{"
            && let Some((property, value)) = piece.split_once(':')
        {
            let line = line_of(&css, start + property.len() + 1);
            values.push((line, texts.replace_all(value, "").trim().to_owned()));
        }
        start = at + 1;
    }
    values
}

fn without_comments(css: &str) -> String {
    let comment = Regex::new(r"(?s)/\*.*?\*/").expect("valid");
    let blank = |found: &regex::Captures<'_>| "\n".repeat(found[0].matches('\n').count());
    comment.replace_all(css, blank).into_owned()
}

#[test]
fn colours_stand_in_tokens_alone() {
    expect_none(&colours(&workspace()));
}

#[test]
fn nothing_is_important() {
    expect_none(&important(&workspace()));
}

#[test]
fn elements_carry_no_style_and_no_script() {
    expect_none(&inline(&workspace()));
}

#[test]
fn behaviours_are_small() {
    expect_none(&long_behaviours(&workspace()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn css(text: &str) -> [Source; 1] {
        [Source::new("crates/ui/assets/components/button.css", text)]
    }

    #[test]
    fn colours_are_caught_where_they_are_declared() {
        for value in ["#fff", "1px solid #aabbcc", "rgb(0 0 0 / 50%)", "white", "oklch(60% 0.2 20)"]
        {
            let found = colours(&css(&format!(".button {{\n  color: {value};\n}}")));
            assert_eq!(found.len(), 1, "{value}");
            assert_eq!(found[0].line, 2);
        }
    }

    #[test]
    fn tokens_mixes_selectors_and_comments_are_no_colours() {
        let sound = "/* #fff */ #fade:hover { color: var(--ink); white-space: nowrap;\n\
                     background: color-mix(in oklab, var(--ink) 20%, transparent); fill: none }";
        assert_eq!(colours(&css(sound)), []);
        let tokens = Source::new("crates/ui/assets/tokens.css", ":root { --ink: #111; }");
        assert_eq!(colours(&[tokens]), []);
    }

    #[test]
    fn important_is_caught() {
        let found = important(&css("/* !important */\n.a { color: inherit ! important; }"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, 2);
    }

    #[test]
    fn inline_style_and_handlers_are_caught() {
        for code in [
            r#"html! { div style="width: 3px" {} }"#,
            "html! { div style=(width) {} }",
            r#"html! { button onclick="go()" {} }"#,
            r##"PreEscaped(r#"<svg style="fill: none">"#)"##,
        ] {
            let source = Source::new("crates/ui/src/table.rs", code);
            assert_eq!(inline(&[source]).len(), 1, "{code}");
        }
    }

    #[test]
    fn variables_that_happen_to_be_called_style_pass() {
        let code = "let style = (1, 2); let once = \"on\"; link rel=\"stylesheet\" href=(x)";
        assert_eq!(inline(&[Source::new("crates/ui/src/table.rs", code)]), []);
    }

    #[test]
    fn a_long_behaviour_is_caught() {
        let script = |lines| Source::new("crates/ui/behaviours/toast.js", &"x();\n".repeat(lines));
        assert_eq!(long_behaviours(&[script(60)]), []);
        assert_eq!(long_behaviours(&[script(61)]).len(), 1);
    }
}
