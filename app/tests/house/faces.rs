//! Every file says in its first line what it is; every module says so on one screen.

use std::collections::BTreeSet;

use crate::sources::{Source, Violation, expect_none, workspace};

const MOST_README_LINES: usize = 25;

/// Every Rust file that does not open with its `//!` sentence.
pub(crate) fn nameless(sources: &[Source]) -> Vec<Violation> {
    let rust = sources.iter().filter(|source| source.is("rs"));
    rust.filter(|source| !source.text.starts_with("//! "))
        .map(|source| {
            let message = "open the file with one `//!` sentence that says what it is";
            Violation::new(source, 1, message)
        })
        .collect()
}

/// Every module without a README, or with one longer than a screen.
pub(crate) fn without_readme(sources: &[Source]) -> Vec<Violation> {
    let modules: BTreeSet<&str> = sources
        .iter()
        .filter_map(Source::package)
        .filter(|package| package.starts_with("modules/"))
        .collect();
    modules.into_iter().filter_map(|module| readme(module, sources)).collect()
}

fn readme(module: &str, sources: &[Source]) -> Option<Violation> {
    let path = format!("{module}/README.md");
    let lines = sources.iter().find(|source| source.path == path).map(|s| s.text.lines().count());
    let message = match lines {
        None => "is missing: owns, tables, events out, listens to, face".to_owned(),
        Some(lines) if lines > MOST_README_LINES => {
            format!("has {lines} lines: say it in {MOST_README_LINES}")
        }
        Some(_) => return None,
    };
    Some(Violation { path, line: 1, message })
}

#[test]
fn every_file_says_what_it_is() {
    expect_none(&nameless(&workspace()));
}

#[test]
fn every_module_has_a_short_readme() {
    expect_none(&without_readme(&workspace()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_its_sentence_is_caught() {
        let bare = Source::new("crates/db/src/lib.rs", "use std::io;\n");
        let told = Source::new("crates/db/src/tx.rs", "//! One transaction.\n");
        let found = nameless(&[bare, told]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "crates/db/src/lib.rs");
    }

    #[test]
    fn a_missing_or_long_readme_is_caught() {
        let code = Source::new("modules/forms/src/lib.rs", "//! Forms.\n");
        let short = Source::new("modules/forms/README.md", "# Forms\n");
        let long = Source::new("modules/forms/README.md", &"line\n".repeat(26));
        assert_eq!(without_readme(std::slice::from_ref(&code)).len(), 1);
        assert_eq!(without_readme(&[code.clone(), long]).len(), 1);
        assert_eq!(without_readme(&[code, short]), []);
    }
}
