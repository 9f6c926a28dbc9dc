//! Many rows in few statements, the way each engine likes it best.

use kernel::Result;

use crate::{Engine, FromRow, Statement, Tx, Value, array::Arrays};

/// An insert of many rows: table, columns, and what follows (`on conflict … returning …`).
pub struct Insert<const N: usize> {
    pub table: &'static str,
    pub columns: [&'static str; N],
    pub suffix: &'static str,
}

/// The most rows of one statement on SQLite. Below it sizes are multiples of [`STEP`], and below that
/// any, so that a batch is two statements at most behind the full ones, and few texts are prepared.
const MOST_ROWS: usize = 256;
const STEP: usize = 32;

fn size_of_next(left: usize) -> usize {
    match left {
        MOST_ROWS.. => MOST_ROWS,
        STEP.. => left / STEP * STEP,
        _ => left,
    }
}

impl<const N: usize> Insert<N> {
    /// Inserts all rows and gives back what the suffix returns.
    pub async fn rows<R: FromRow>(&self, tx: &mut Tx, rows: Vec<[Value; N]>) -> Result<Vec<R>> {
        let mut returned = Vec::with_capacity(rows.len());
        for statement in self.statements(tx, rows) {
            returned.extend(statement.all::<R>(tx).await?);
        }
        Ok(returned)
    }

    /// Inserts all rows and tells how many were not in conflict.
    pub async fn run(&self, tx: &mut Tx, rows: Vec<[Value; N]>) -> Result<u64> {
        let mut count = 0;
        for statement in self.statements(tx, rows) {
            count += statement.run(tx).await?;
        }
        Ok(count)
    }

    fn statements(&self, tx: &Tx, rows: Vec<[Value; N]>) -> Vec<Statement> {
        if rows.is_empty() {
            return Vec::new();
        }
        if tx.engine() == Engine::Postgres {
            let text = self.unnest_text(&rows[0]);
            return vec![Statement::built(text, Vec::new()).arrays(Arrays::of(rows))];
        }
        let mut statements = Vec::new();
        let mut rows = rows.into_iter();
        while rows.len() > 0 {
            let size = size_of_next(rows.len());
            let values = rows.by_ref().take(size).flatten().collect();
            statements.push(Statement::built(self.values_text(size), values));
        }
        statements
    }

    /// `?` instead of `$n`: SQLite looks numbered names up one by one, which made large statements 4x slower.
    fn values_text(&self, size: usize) -> String {
        let row = format!("({})", vec!["?"; N].join(", "));
        format!(
            "insert into {} ({}) values {} {}",
            self.table,
            self.columns.join(", "),
            vec![row.as_str(); size].join(", "),
            self.suffix
        )
    }

    /// One array a column: a single text, prepared once, for any number of rows.
    fn unnest_text(&self, row: &[Value; N]) -> String {
        let mut picks = Vec::with_capacity(N);
        let mut arrays = Vec::with_capacity(N);
        for (index, value) in row.iter().enumerate() {
            let (array, cast) = match value {
                Value::Text(_) => ("text[]", ""),
                Value::Json(_) => ("text[]", "::jsonb"),
                Value::Int(_) => ("bigint[]", ""),
                Value::Double(_) => ("double precision[]", ""),
                Value::Bool(_) => ("boolean[]", ""),
            };
            picks.push(format!("c{index}{cast}"));
            arrays.push(format!("${}::{array}", index + 1));
        }
        let names: Vec<String> = (0..N).map(|index| format!("c{index}")).collect();
        format!(
            "insert into {} ({}) select {} from unnest({}) as rows({}) {}",
            self.table,
            self.columns.join(", "),
            picks.join(", "),
            arrays.join(", "),
            names.join(", "),
            self.suffix
        )
    }
}
