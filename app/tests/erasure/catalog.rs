//! Looks through all that a database holds, whatever its tables are called.

use db::{Engine, Tx, sql};
use testing::TestApp;

/// A text of the test's own; it lives as long as the test does.
fn text(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// Every table and column of the database that the engine knows of, but for the words of FTS5, whose rows are asked
/// by the tables behind them.
async fn columns(tx: &mut Tx) -> Vec<(String, String)> {
    match tx.engine() {
        Engine::Sqlite => sql("select t.name, c.name
             from sqlite_master t
             join pragma_table_info(t.name) c
             where t.type = 'table' and t.sql not like 'create virtual%'
             order by t.name, c.name")
        .all(tx)
        .await
        .expect("the catalog"),
        Engine::Postgres => sql("select c.table_name::text, c.column_name::text
             from information_schema.columns c
             join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
             where c.table_schema not in ('pg_catalog', 'information_schema') and t.table_type = 'BASE TABLE'
             order by 1, 2")
        .all(tx)
        .await
        .expect("the catalog"),
    }
}

/// The columns in which one of the texts stands, in whatever case: as `table.column`.
pub(crate) async fn places(app: &TestApp, needles: &[&str]) -> Vec<String> {
    let mut tx = app.house.db.system_read("a test looks through everything").await.expect("a look");
    let mut found = Vec::new();
    let columns = columns(&mut tx).await;
    assert!(columns.len() > 200, "the catalog is read: {}", columns.len());
    for (table, column) in columns {
        let plain = match tx.engine() {
            // Blobs too, byte for byte.
            Engine::Sqlite => format!("lower(cast(\"{column}\" as text))"),
            Engine::Postgres => format!("lower(\"{column}\"::text)"),
        };
        let bytes = match tx.engine() {
            Engine::Sqlite => format!("lower(hex(cast(\"{column}\" as blob)))"),
            Engine::Postgres => format!("encode(convert_to(\"{column}\"::text, 'UTF8'), 'hex')"),
        };
        for needle in needles {
            let hex: String = needle.bytes().map(|byte| format!("{byte:02x}")).collect();
            let question = format!(
                "select count(*) from \"{table}\" where {plain} like $1 or {bytes} like $2"
            );
            let (count,): (i64,) = sql(text(question))
                .bind(format!("%{}%", needle.to_lowercase()))
                .bind(format!("%{hex}%"))
                .one(&mut tx)
                .await
                .unwrap_or_else(|error| panic!("{table}.{column}: {error:?}"));
            if count > 0 {
                found.push(format!("{table}.{column}"));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The stored files in whose bytes one of the texts stands.
pub(crate) fn files(folder: &std::path::Path, needles: &[&str]) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let holds = |path: &std::path::Path| {
        let bytes = std::fs::read(path).expect("a file");
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        needles.iter().any(|needle| text.contains(&needle.to_lowercase()))
    };
    entries
        .flatten()
        .map(|entry| match entry.path() {
            path if path.is_dir() => files(&path, needles),
            path => usize::from(holds(&path)),
        })
        .sum()
}
