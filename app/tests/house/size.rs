//! Files stay small enough to read, and lints are answered, not silenced.

use regex::Regex;

use crate::exceptions;
use crate::rust_text::{RustText, numbered};
use crate::sources::{Source, Violation, expect_none, workspace};

const MOST_LINES: usize = 500;

/// Every lint silenced without a reason.
pub(crate) fn silenced_lints(sources: &[Source]) -> Vec<Violation> {
    let allow = Regex::new(r"#!?\[\s*(?:cfg_attr\(.*)?\ballow\(").expect("valid");
    let mut violations = Vec::new();
    for source in sources.iter().filter(|source| source.is("rs")) {
        let code = RustText::new(&source.text).code;
        for (line, _) in numbered(&code).filter(|(_, code)| allow.is_match(code)) {
            let message = "`allow`: write `#[expect(lint, reason = \"…\")]`, or follow the lint";
            violations.push(Violation::new(source, line, message));
        }
    }
    violations
}

/// Every file too long to read, unless the list of exceptions says why it is.
pub(crate) fn long_files(sources: &[Source]) -> Vec<Violation> {
    let written = |source: &&Source| ["rs", "css", "js", "sh"].iter().any(|e| source.is(e));
    let mut violations = Vec::new();
    for source in sources.iter().filter(written).filter(|s| !exceptions::is_excused(&s.path)) {
        let lines = source.text.lines().count();
        if lines > MOST_LINES {
            let message = format!("{lines} lines, {MOST_LINES} at most: split it by sub-resource");
            violations.push(Violation::new(source, 1, message));
        }
    }
    violations
}

#[test]
fn no_lint_is_silenced_without_a_reason() {
    expect_none(&silenced_lints(&workspace()));
}

#[test]
fn no_file_is_too_long_to_read() {
    expect_none(&long_files(&workspace()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silenced_lint_is_caught() {
        for code in ["#[allow(dead_code)]", "#![allow(clippy::all)]", "#[cfg_attr(test, allow(x))]"]
        {
            let source = Source::new("crates/db/src/lib.rs", &format!("\n{code}\nfn f() {{}}"));
            let found = silenced_lints(&[source]);
            assert_eq!(found.len(), 1, "{code}");
            assert_eq!(found[0].line, 2);
        }
    }

    #[test]
    fn an_answered_lint_passes() {
        let code = "#[expect(dead_code, reason = \"why\")]\nfn allow() { allow(1) } // #[allow(x)]";
        assert_eq!(silenced_lints(&[Source::new("crates/db/src/lib.rs", code)]), []);
    }

    #[test]
    fn a_long_file_is_caught() {
        let file = |lines| Source::new("crates/db/src/lib.rs", &"//\n".repeat(lines));
        assert_eq!(long_files(&[file(500)]), []);
        assert_eq!(long_files(&[file(501)]).len(), 1);
    }
}
