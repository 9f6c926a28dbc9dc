//! Many rows in few statements, the way each engine likes it best.

use kernel::Result;

use crate::{Engine, Row, Statement, Tx, Value, statement::Arrays};

/// An insert of many rows: table, columns, and what follows (`on conflict … returning …`).
pub struct Insert<const N: usize> {
    pub table: &'static str,
    pub columns: [&'static str; N],
    pub suffix: &'static str,
}

/// Few sizes, so that few statements are prepared.
const SIZES: [usize; 4] = [200, 40, 8, 1];

impl<const N: usize> Insert<N> {
    /// Inserts all rows and gives back what the suffix returns.
    pub async fn rows<R: Row>(&self, tx: &mut Tx, rows: Vec<[Value; N]>) -> Result<Vec<R>> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        if tx.engine() == Engine::Postgres {
            return Statement::built(self.unnest_text(&rows[0]), Vec::new())
                .arrays(Arrays::of(rows))
                .all(tx)
                .await;
        }
        let mut returned = Vec::with_capacity(rows.len());
        let mut rows = rows.into_iter();
        while let Some(size) = SIZES.into_iter().find(|size| *size <= rows.len()) {
            let values = rows.by_ref().take(size).flatten().collect();
            returned.extend(Statement::built(self.values_text(size), values).all::<R>(tx).await?);
        }
        Ok(returned)
    }

    /// Inserts all rows.
    pub async fn run(&self, tx: &mut Tx, rows: Vec<[Value; N]>) -> Result<()> {
        self.rows::<(i64,)>(tx, rows).await.map(|_| ())
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
