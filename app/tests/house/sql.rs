//! SQL stands in stores alone, so that one look shows all that touches a table.

use regex::Regex;

use crate::rust_text::RustText;
use crate::sources::{Source, Violation, expect_none, workspace};

/// Statements as they begin, in lower or upper case; a capital and small letters are a sentence.
const BEGINNINGS: [&str; 12] = [
    r"select\s[\s\S]*\sfrom\s",
    r"select\s+(distinct\s|exists\b|\d|\*|[\w.]+\(|[\w.]+\s*,)",
    r"insert\s+(or\s+\w+\s+)?into\s",
    r"update\s+\S+\s+set\s",
    r"delete\s+from\s",
    r"with\s+(recursive\s+)?\w+\s*(\([^)]*\)\s*)?as\s",
    r"(create|drop|alter)\s+(unique\s+|virtual\s+|temp\s+)*(table|index|view|trigger|role|database|type|extension|schema)\s",
    r"replace\s+into\s",
    r"truncate\s+\w",
    r"pragma\s+\w",
    r"begin(\s+immediate)?\s*;?$",
    r"(listen|notify|savepoint)\s+\w+\s*;?$",
];

/// Every SQL statement in the wrong place.
pub(crate) fn violations(sources: &[Source]) -> Vec<Violation> {
    let patterns: Vec<Regex> = BEGINNINGS.iter().map(|beginning| statement(beginning)).collect();
    let searched = |source: &&Source| source.is("rs") && source.below_src().is_some();
    let mut violations = Vec::new();
    for source in sources.iter().filter(searched) {
        if source.is_store() || source.package() == Some("crates/db") {
            continue;
        }
        for literal in RustText::new(&source.text).literals {
            let text = literal.text.replace("\\n", "\n").replace("\\\n", "\n");
            if patterns.iter().any(|pattern| pattern.is_match(&text)) {
                let message =
                    "SQL outside a store: give it a named function in this noun's store.rs";
                violations.push(Violation::new(source, literal.line, message));
            }
        }
    }
    violations
}

fn statement(beginning: &str) -> Regex {
    // The upper-case twin is made from the lower-case one; classes such as \s must stay as they are.
    let word = Regex::new(r"(\\[a-zA-Z])|([a-z]+)").expect("valid");
    let upper = word.replace_all(beginning, |found: &regex::Captures<'_>| match found.get(1) {
        Some(class) => class.as_str().to_owned(),
        None => found[2].to_uppercase(),
    });
    Regex::new(&format!(r"^\s*(?:{beginning}|{upper})")).expect("valid")
}

#[test]
fn sql_stands_in_stores_alone() {
    expect_none(&violations(&workspace()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, literal: &str) -> usize {
        violations(&[Source::new(path, &format!("fn f() {{ run({literal:?}) }}"))]).len()
    }

    #[test]
    fn statements_outside_a_store_are_caught() {
        for statement in [
            "select id, title from form where id = $1",
            "\n    select\n        id\n    from form",
            "SELECT * FROM form",
            "select 1",
            "select count(*) ",
            "insert into form (id) values ($1)",
            "insert or ignore into form values (1)",
            "update form set title = $1",
            "delete from form",
            "with recent as (select 1) select 2",
            "with recursive tree (id) as (select 1)",
            "create table form (id text)",
            "create unique index form_key on form (id)",
            "pragma journal_mode = wal",
            "begin immediate",
        ] {
            assert_eq!(found("modules/forms/src/forms/list.rs", statement), 1, "{statement}");
            assert_eq!(found("app/src/main.rs", statement), 1, "{statement}");
        }
    }

    #[test]
    fn sentences_are_not_statements() {
        for sentence in [
            "Select a form from the list",
            "Delete from the list",
            "Update your profile",
            "With love",
            "Create table rows here",
            "selected",
            "update",
            "select option",
            "with",
            "begin again",
        ] {
            assert_eq!(found("modules/forms/src/forms/views.rs", sentence), 0, "{sentence}");
        }
    }

    #[test]
    fn stores_the_db_crate_and_tests_are_its_place() {
        for path in [
            "modules/forms/src/forms/store.rs",
            "crates/jobs/src/store/claim/sqlite.rs",
            "crates/db/src/migrate.rs",
            "modules/forms/tests/lists.rs",
        ] {
            assert_eq!(found(path, "select id from form"), 0, "{path}");
        }
    }

    #[test]
    fn statements_in_comments_do_no_harm() {
        let source = Source::new("app/src/main.rs", "// \"select id from form\"\nfn main() {}");
        assert_eq!(violations(&[source]), []);
    }
}
