//! Statements of one transaction.

use std::borrow::Cow;

use kernel::{Error, Result};
use sqlx::{
    AssertSqlSafe, Column, Decode, Executor, Postgres, Row as _, Type, TypeInfo, ValueRef,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgArguments, PgRow, PgTypeInfo, PgValueFormat, PgValueRef},
    query::Query,
};

use crate::{
    Json, Signal, Value,
    array::Array,
    error::from_postgres,
    row::{Cell, Names, Row},
    signal::CHANNEL,
};

/// A transaction; dropped without a commit it never happened.
pub(crate) struct Transaction(sqlx::Transaction<'static, Postgres>);

impl Transaction {
    pub(super) fn new(begun: sqlx::Transaction<'static, Postgres>) -> Self {
        Transaction(begun)
    }

    /// All rows that the statement gives.
    pub(crate) async fn rows(
        &mut self,
        text: Cow<'static, str>,
        values: Vec<Value>,
        arrays: Vec<Array>,
    ) -> Result<Vec<Row>> {
        let query = query(text, values, arrays);
        let found = query.fetch_all(&mut *self.0).await.map_err(from_postgres)?;
        let Some(first) = found.first() else { return Ok(Vec::new()) };
        let names: Names = first.columns().iter().map(|column| column.name().to_owned()).collect();
        found
            .iter()
            .map(|row| Ok(Row::new(names.clone(), cells(row).map_err(Error::internal)?)))
            .collect()
    }

    /// Runs a change and tells how many rows it touched.
    pub(crate) async fn run(
        &mut self,
        text: Cow<'static, str>,
        values: Vec<Value>,
        arrays: Vec<Array>,
    ) -> Result<u64> {
        let done = query(text, values, arrays).execute(&mut *self.0).await;
        done.map(|done| done.rows_affected()).map_err(from_postgres)
    }

    /// Runs several statements without parameters.
    pub(crate) async fn script(&mut self, text: String) -> Result<()> {
        let script = sqlx::raw_sql(AssertSqlSafe(text));
        (&mut *self.0).execute(script).await.map(|_| ()).map_err(from_postgres)
    }

    /// Makes everything durable and sends the signals to all processes, this one included.
    pub(crate) async fn commit(mut self, signals: &[Signal]) -> Result<()> {
        if !signals.is_empty() {
            let notices: Vec<String> = signals.iter().map(Signal::to_wire).collect();
            sqlx::query("select pg_notify($1, notice) from unnest($2::text[]) as notice")
                .bind(CHANNEL)
                .bind(notices)
                .execute(&mut *self.0)
                .await
                .map_err(from_postgres)?;
        }
        self.0.commit().await.map_err(from_postgres)
    }
}

fn query<'q>(
    text: Cow<'static, str>,
    values: Vec<Value>,
    arrays: Vec<Array>,
) -> Query<'q, Postgres, PgArguments> {
    let mut query = match text {
        Cow::Borrowed(text) => sqlx::query(text),
        Cow::Owned(text) => sqlx::query(AssertSqlSafe(text)),
    };
    for value in values {
        query = match value {
            Value::Text(value) => query.bind(value),
            Value::Int(value) => query.bind(value),
            Value::Double(value) => query.bind(value),
            Value::Bool(value) => query.bind(value),
            Value::Json(value) => query.bind(value.map(Json)),
        };
    }
    for array in arrays {
        query = match array {
            Array::Text(column) => query.bind(column),
            Array::Int(column) => query.bind(column),
            Array::Double(column) => query.bind(column),
            Array::Bool(column) => query.bind(column),
        };
    }
    query
}

fn cells(row: &PgRow) -> Result<Vec<Cell>, BoxDynError> {
    (0..row.columns().len()).map(|place| cell(row.try_get_raw(place)?)).collect()
}

fn cell(value: PgValueRef<'_>) -> Result<Cell, BoxDynError> {
    if value.is_null() {
        return Ok(Cell::Null);
    }
    let kind = value.type_info().into_owned();
    Ok(match kind.name() {
        "TEXT" | "VARCHAR" | "NAME" => Cell::Text(text(value)?),
        "JSONB" => Cell::Text(json(value)?),
        "INT8" => Cell::Int(<i64 as Decode<Postgres>>::decode(value)?),
        "INT4" => Cell::Int(<i32 as Decode<Postgres>>::decode(value)?.into()),
        "FLOAT8" => Cell::Double(<f64 as Decode<Postgres>>::decode(value)?),
        "BOOL" => Cell::Bool(<bool as Decode<Postgres>>::decode(value)?),
        other => return Err(format!("no column is read from the type {other}").into()),
    })
}

fn text(value: PgValueRef<'_>) -> Result<String, BoxDynError> {
    <String as Decode<Postgres>>::decode(value)
}

fn json(value: PgValueRef<'_>) -> Result<String, BoxDynError> {
    // The binary form is a version byte, always 1, and then the text.
    let skip = usize::from(value.format() == PgValueFormat::Binary);
    let bytes = value.as_bytes()?.get(skip..).ok_or("a JSONB value without bytes")?;
    Ok(std::str::from_utf8(bytes)?.to_owned())
}

impl Type<Postgres> for Json {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_name("jsonb")
    }
}

impl sqlx::Encode<'_, Postgres> for Json {
    fn encode_by_ref(
        &self,
        buffer: &mut PgArgumentBuffer,
    ) -> Result<sqlx::encode::IsNull, BoxDynError> {
        buffer.push(1);
        buffer.extend_from_slice(self.0.as_bytes());
        Ok(sqlx::encode::IsNull::No)
    }
}
