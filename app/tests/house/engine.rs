//! The database engine is named in its place alone, so that everything else runs on both.

use regex::Regex;

use crate::rust_text::{RustText, numbered};
use crate::sources::{Source, Violation, expect_none, workspace};

/// Every mention of an engine, or of the driver, outside its place.
pub(crate) fn mentions(sources: &[Source]) -> Vec<Violation> {
    let pattern = Regex::new(
        r"\b(?:\w*Sqlite\w*|\w*Postgres\w*|is_sqlite|is_postgres|sqlx::\w*|rusqlite::\w*)",
    )
    .expect("valid");
    let mut violations = Vec::new();
    for source in sources.iter().filter(|s| s.is("rs") && s.below_src().is_some() && !at_home(s)) {
        let text = RustText::new(&source.text);
        for (line, code) in numbered(&text.code) {
            for name in pattern.find_iter(code).map(|found| found.as_str()) {
                let message = format!(
                    "`{name}` names the engine: put the difference into a pair of files \
                     store/…/sqlite.rs and postgres.rs, or into crates/db"
                );
                violations.push(Violation::new(source, line, message));
            }
        }
    }
    violations
}

/// Every `sqlite.rs` of a store without its `postgres.rs`, and the other way round.
pub(crate) fn lonely_twins(sources: &[Source]) -> Vec<Violation> {
    let twin = |path: &str| match path.strip_suffix("/sqlite.rs") {
        Some(folder) => Some(format!("{folder}/postgres.rs")),
        None => Some(format!("{}/sqlite.rs", path.strip_suffix("/postgres.rs")?)),
    };
    let stores = sources.iter().filter(|source| source.is_store());
    let missing = stores.filter_map(|source| {
        let twin = twin(&source.path)?;
        let message = format!("its twin {twin} is missing: what one engine does, the other must");
        let there = sources.iter().any(|other| other.path == twin);
        (!there).then(|| Violation::new(source, 1, message))
    });
    missing.collect()
}

/// `crates/db` and what tests it; the configuration that chooses; the pairs, and the files that choose
/// between them.
fn at_home(source: &Source) -> bool {
    let pair = source.path.ends_with("/sqlite.rs") || source.path.ends_with("/postgres.rs");
    matches!(source.package(), Some("crates/db" | "testing"))
        || source.path == "app/src/config.rs"
        || source.path.starts_with("app/src/config/")
        || (source.is_store() && (pair || chooses(source)))
}

/// The file above a pair, which chooses between the two.
fn chooses(source: &Source) -> bool {
    let has = |module: &str| source.text.lines().any(|line| line.trim() == module);
    has("mod sqlite;") && has("mod postgres;")
}

#[test]
fn the_engine_is_named_in_its_place_alone() {
    expect_none(&mentions(&workspace()));
}

#[test]
fn every_engine_file_has_its_twin() {
    expect_none(&lonely_twins(&workspace()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_is_caught_with_its_line() {
        for code in ["match db { Db::Sqlite => 1 }", "if db.is_postgres() {}", "use sqlx::PgPool;"]
        {
            let source = Source::new("modules/forms/src/forms/list.rs", &format!("\n{code}\n"));
            let found = mentions(&[source]);
            assert_eq!(found.len(), 1, "{code}");
            assert_eq!(found[0].line, 2);
        }
    }

    #[test]
    fn only_the_file_above_a_pair_may_choose() {
        let choice = "mod postgres;\nmod sqlite;\nmatch tx.engine() { Engine::Sqlite => 1 }";
        assert_eq!(mentions(&[Source::new("crates/search/src/store.rs", choice)]), []);
        assert_eq!(mentions(&[Source::new("crates/search/src/words.rs", choice)]).len(), 1);
        let without = "mod sqlite;\nmatch tx.engine() { Engine::Sqlite => 1 }";
        assert_eq!(mentions(&[Source::new("crates/search/src/store.rs", without)]).len(), 1);
    }

    #[test]
    fn its_own_places_and_mere_words_pass() {
        let mention = "Db::Sqlite";
        for path in
            ["crates/db/src/lib.rs", "app/src/config.rs", "crates/jobs/src/store/claim/sqlite.rs"]
        {
            assert_eq!(mentions(&[Source::new(path, mention)]), [], "{path}");
        }
        let words = Source::new("modules/ops/src/jobs.rs", "// Sqlite\nlet text = \"Postgres\";");
        assert_eq!(mentions(&[words]), []);
    }

    #[test]
    fn a_missing_twin_is_caught() {
        let one = Source::new("crates/jobs/src/store/claim/sqlite.rs", "");
        let two = Source::new("crates/jobs/src/store/claim/postgres.rs", "");
        assert_eq!(lonely_twins(std::slice::from_ref(&one)).len(), 1);
        assert_eq!(lonely_twins(std::slice::from_ref(&two)).len(), 1);
        assert_eq!(lonely_twins(&[one, two]), []);
    }
}
