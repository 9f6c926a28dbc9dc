//! What is excused from the rules of plans (`testing/src/plans.rs`) is still there.

use testing::plans::TABLES;

use crate::rust_text::RustText;
use crate::sources::{Source, workspace};

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_excused_statement_is_still_there() {
    let holds_sql = |it: &Source| {
        it.is_store() || it.path.contains("/tests/") || it.package() == Some("crates/db")
    };
    let sources = workspace().into_iter().filter(|it| it.is("rs") && holds_sql(it));
    let literals = sources.flat_map(|source| RustText::new(&source.text).literals);
    let statements: Vec<String> = literals.map(|literal| flat(&literal.text)).collect();
    for (piece, reason) in TABLES.excused {
        let stands = statements.iter().any(|statement| statement.contains(piece));
        assert!(stands, "no statement has this piece any more: {piece}");
        assert!(reason.len() > 20, "{piece}: say why it may walk");
    }
}

#[test]
fn every_small_table_is_there() {
    let texts = workspace().into_iter().filter(|source| source.is("sql")).map(|it| it.text);
    let texts: Vec<String> = texts.collect();
    for (table, reason) in TABLES.small {
        let made = format!("create table {table} (");
        assert!(
            texts.iter().any(|text| text.contains(&made)),
            "there is no table {table} any more"
        );
        assert!(reason.len() > 10, "{table}: say why it is small");
    }
}
