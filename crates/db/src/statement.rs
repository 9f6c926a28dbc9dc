//! A statement: SQL text, parameters, and the ways to run it.

use std::borrow::Cow;

use kernel::Result;
use serde::de::DeserializeOwned;
use sqlx::{
    AssertSqlSafe, FromRow, Postgres, Sqlite,
    postgres::{PgArguments, PgRow},
    query::Query,
    sqlite::{SqliteArguments, SqliteRow},
};

use crate::{
    Engine,
    error::{no_such_text, translate},
    tx::{Inner, Tx},
    value::{Json, ToValue, Value},
};

/// A row that both engines can fill; derive it with [`sqlx::FromRow`], or use a tuple.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{}

/// SQL text with its parameters.
#[derive(Debug)]
pub struct Statement {
    text: Cow<'static, str>,
    values: Vec<Value>,
    arrays: Vec<Array>,
    /// A parameter holds what no text can hold.
    unsound: bool,
}

/// Whole columns as parameters, for `unnest` on PostgreSQL.
pub(crate) struct Arrays {
    columns: Vec<Array>,
    unsound: bool,
}

#[derive(Debug)]
enum Array {
    Text(Vec<Option<String>>),
    Int(Vec<Option<i64>>),
    Double(Vec<Option<f64>>),
    Bool(Vec<Option<bool>>),
}

impl Array {
    fn like(value: &Value, room: usize) -> Self {
        match value {
            Value::Text(_) | Value::Json(_) => Array::Text(Vec::with_capacity(room)),
            Value::Int(_) => Array::Int(Vec::with_capacity(room)),
            Value::Double(_) => Array::Double(Vec::with_capacity(room)),
            Value::Bool(_) => Array::Bool(Vec::with_capacity(room)),
        }
    }

    fn push(&mut self, value: Value) {
        match (self, value) {
            (Array::Text(column), Value::Text(value) | Value::Json(value)) => column.push(value),
            (Array::Int(column), Value::Int(value)) => column.push(value),
            (Array::Double(column), Value::Double(value)) => column.push(value),
            (Array::Bool(column), Value::Bool(value)) => column.push(value),
            _ => unreachable!("a column of an insert has one type in all rows"),
        }
    }
}

impl Arrays {
    pub(crate) fn of<const N: usize>(rows: Vec<[Value; N]>) -> Self {
        let mut columns: Vec<Array> =
            rows[0].iter().map(|value| Array::like(value, rows.len())).collect();
        let mut unsound = false;
        for row in rows {
            for (column, value) in columns.iter_mut().zip(row) {
                unsound |= value.holds_nul();
                column.push(value);
            }
        }
        Arrays { columns, unsound }
    }
}

/// Begins a statement: `sql("select … where id = $1").bind(id).one::<Row>(tx)`.
pub fn sql(text: &'static str) -> Statement {
    Statement { text: Cow::Borrowed(text), values: Vec::new(), arrays: Vec::new(), unsound: false }
}

impl Statement {
    pub(crate) fn built(text: String, values: Vec<Value>) -> Self {
        let unsound = values.iter().any(Value::holds_nul);
        Statement { text: Cow::Owned(text), values, arrays: Vec::new(), unsound }
    }

    pub(crate) fn arrays(mut self, arrays: Arrays) -> Self {
        self.arrays = arrays.columns;
        self.unsound |= arrays.unsound;
        self
    }

    /// Adds the next parameter.
    pub fn bind(mut self, value: impl ToValue) -> Self {
        let value = value.value();
        self.unsound |= value.holds_nul();
        self.values.push(value);
        self
    }

    /// Adds a piece of SQL text; only text of the program itself fits its type.
    pub fn push(mut self, text: &'static str) -> Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Locks the rows of this `select`, and leaves out those that another transaction has locked.
    /// SQLite has one writer at a time, so that nothing is ever locked there.
    pub fn skip_locked(self, tx: &Tx) -> Self {
        match tx.engine() {
            Engine::Sqlite => self,
            Engine::Postgres => self.push(" for update skip locked"),
        }
    }

    /// Adds a list in brackets, one parameter an element: `where id in` + `($2, $3)`.
    /// The list is filled up to a power of two with its last element, so that few texts are prepared.
    pub fn bind_list<T: ToValue>(mut self, list: impl IntoIterator<Item = T>) -> Self {
        let mut values: Vec<Value> = list.into_iter().map(T::value).collect();
        if values.is_empty() {
            values.push(T::null());
        }
        self.unsound |= values.iter().any(Value::holds_nul);
        let last = values[values.len() - 1].clone();
        values.resize(values.len().next_power_of_two(), last);
        let text = self.text.to_mut();
        for index in 0..values.len() {
            text.push_str(if index == 0 { " (" } else { ", " });
            text.push_str(&format!("${}", self.values.len() + index + 1));
        }
        text.push(')');
        self.values.append(&mut values);
        self
    }

    /// All rows.
    pub async fn all<R: Row>(self, tx: &mut Tx) -> Result<Vec<R>> {
        self.expect_sound()?;
        match &mut tx.inner {
            Inner::Sqlite(tx) => Self::typed(self.sqlite().fetch_all(&mut **tx).await),
            Inner::Postgres(tx) => Self::typed(self.postgres().fetch_all(&mut **tx).await),
        }
    }

    /// All rows of a `select` of these columns, for many small ones: SQLite's driver hands rows over
    /// one by one between two threads, which costs more than reading them, and so packs them into one.
    pub async fn all_at_once<R, const N: usize>(
        mut self,
        columns: [&'static str; N],
        tx: &mut Tx,
    ) -> Result<Vec<R>>
    where
        R: Row + DeserializeOwned,
    {
        if tx.engine() == Engine::Postgres {
            return self.all(tx).await;
        }
        let columns = columns.join(", ");
        let text = format!("select json_group_array(json_array({columns})) from ({})", self.text);
        self.text = Cow::Owned(text);
        let (rows,): (Json,) = self.one(tx).await?;
        rows.read()
    }

    /// The only row; none is an internal error.
    pub async fn one<R: Row>(self, tx: &mut Tx) -> Result<R> {
        self.optional(tx).await?.ok_or_else(|| kernel::Error::internal(sqlx::Error::RowNotFound))
    }

    /// The row, if there is one.
    pub async fn optional<R: Row>(self, tx: &mut Tx) -> Result<Option<R>> {
        Ok(self.all(tx).await?.into_iter().next())
    }

    /// Runs a change and tells how many rows it touched.
    pub async fn run(self, tx: &mut Tx) -> Result<u64> {
        self.expect_sound()?;
        let done = match &mut tx.inner {
            Inner::Sqlite(tx) => {
                self.sqlite().execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            Inner::Postgres(tx) => {
                self.postgres().execute(&mut **tx).await.map(|done| done.rows_affected())
            }
        };
        done.map_err(translate)
    }

    fn expect_sound(&self) -> Result<()> {
        if self.unsound { Err(no_such_text(&self.text)) } else { Ok(()) }
    }

    fn typed<R, Raw>(rows: Result<Vec<Raw>, sqlx::Error>) -> Result<Vec<R>>
    where
        R: for<'r> FromRow<'r, Raw>,
        Raw: sqlx::Row,
    {
        rows.map_err(translate)?.iter().map(|row| R::from_row(row).map_err(translate)).collect()
    }

    fn sqlite<'q>(self) -> Query<'q, Sqlite, SqliteArguments> {
        let mut query = match self.text {
            Cow::Borrowed(text) => sqlx::query(text),
            Cow::Owned(text) => sqlx::query(AssertSqlSafe(text)),
        };
        for value in self.values {
            query = match value {
                Value::Text(value) | Value::Json(value) => query.bind(value),
                Value::Int(value) => query.bind(value),
                Value::Double(value) => query.bind(value),
                Value::Bool(value) => query.bind(value),
            };
        }
        query
    }

    fn postgres<'q>(self) -> Query<'q, Postgres, PgArguments> {
        let mut query = match self.text {
            Cow::Borrowed(text) => sqlx::query(text),
            Cow::Owned(text) => sqlx::query(AssertSqlSafe(text)),
        };
        for value in self.values {
            query = match value {
                Value::Text(value) => query.bind(value),
                Value::Int(value) => query.bind(value),
                Value::Double(value) => query.bind(value),
                Value::Bool(value) => query.bind(value),
                Value::Json(value) => query.bind(value.map(Json)),
            };
        }
        for array in self.arrays {
            query = match array {
                Array::Text(column) => query.bind(column),
                Array::Int(column) => query.bind(column),
                Array::Double(column) => query.bind(column),
                Array::Bool(column) => query.bind(column),
            };
        }
        query
    }
}
