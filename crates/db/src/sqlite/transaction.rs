//! Statements of one transaction, on a thread that may wait for the disk.

use std::{
    borrow::Cow,
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

use kernel::{Error, Result};
use rusqlite::{
    Connection, Statement,
    types::{ToSqlOutput, Type, ValueRef},
};

use super::pool::Lease;
use crate::{
    Value,
    apart::waiting,
    error::from_sqlite,
    row::{Cell, Names, Row},
};

/// A transaction; it begins with its first statement, and dropped without a commit it never happened.
pub(crate) struct Transaction {
    /// None while a statement runs: one that is abandoned takes the connection with it.
    lease: Option<Lease>,
    begin: Option<&'static str>,
}

/// How long one statement may take, as on the other engine.
const LIMIT: Duration = Duration::from_secs(30);
/// Instructions of SQLite's machine between two looks at the clock: far less than a millisecond.
const INSTRUCTIONS: i32 = 10_000;

/// Ends a statement that takes too long, or that nobody waits for any more.
struct Watch {
    waiter: Weak<()>,
    limit: Duration,
}

/// What went wrong on the way.
enum Trouble {
    Sqlite(rusqlite::Error),
    /// SQLite has undone everything by itself, as it does when the disk is full.
    Ended,
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Trouble::Sqlite(error)
    }
}

impl Transaction {
    pub(super) fn new(lease: Lease, begin: &'static str) -> Self {
        Transaction { lease: Some(lease), begin: Some(begin) }
    }

    /// All rows that the statement gives.
    pub(crate) async fn rows(
        &mut self,
        text: Cow<'static, str>,
        values: Vec<Value>,
    ) -> Result<Vec<Row>> {
        self.with(LIMIT, move |connection| rows(&mut *prepared(connection, &text, &values)?)).await
    }

    /// Runs a change and tells how many rows it touched.
    pub(crate) async fn run(&mut self, text: Cow<'static, str>, values: Vec<Value>) -> Result<u64> {
        self.with(LIMIT, move |connection| {
            let mut statement = prepared(connection, &text, &values)?;
            let mut rows = statement.raw_query();
            while rows.next()?.is_some() {}
            Ok(connection.changes())
        })
        .await
    }

    /// Runs several statements without parameters, however long they take.
    pub(crate) async fn script(&mut self, text: String) -> Result<()> {
        self.with(Duration::MAX, move |connection| connection.execute_batch(&text)).await
    }

    /// Makes everything durable.
    pub(crate) async fn commit(mut self) -> Result<()> {
        if self.begin.is_some() {
            // Nothing was asked of it.
            return Ok(());
        }
        self.with(LIMIT, |connection| execute(connection, "commit")).await
    }

    async fn with<T: Send + 'static>(
        &mut self,
        limit: Duration,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        let mut lease = self.lease.take().ok_or_else(|| ended("a statement was abandoned"))?;
        let begin = self.begin.take();
        // Gone as soon as this future is.
        let waiter = Arc::new(());
        let watch = Watch { waiter: Arc::downgrade(&waiter), limit };
        let (lease, result) = waiting(move || {
            let result =
                enter(&mut lease, begin, watch).and_then(|connection| Ok(work(connection)?));
            (lease, result)
        })
        .await?;
        self.lease = Some(lease);
        result.map_err(|trouble| match trouble {
            Trouble::Sqlite(error) => from_sqlite(error),
            Trouble::Ended => ended("SQLite has ended the transaction"),
        })
    }
}

fn ended(why: &str) -> Error {
    Error::unavailable(why.to_owned())
}

impl Watch {
    /// Watches over the connection until another watch takes its place.
    fn over(self, connection: &mut Connection) -> rusqlite::Result<()> {
        let begun = Instant::now();
        let is_over = move || self.waiter.strong_count() == 0 || begun.elapsed() > self.limit;
        connection.progress_handler(INSTRUCTIONS, Some(is_over))
    }
}

fn enter<'a>(
    lease: &'a mut Lease,
    begin: Option<&str>,
    watch: Watch,
) -> Result<&'a Connection, Trouble> {
    let connection = lease.connection()?;
    watch.over(connection)?;
    match begin {
        Some(begin) => execute(connection, begin)?,
        None if connection.is_autocommit() => return Err(Trouble::Ended),
        None => {}
    }
    Ok(connection)
}

fn execute(connection: &Connection, text: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(text)?.raw_execute().map(|_| ())
}

fn prepared<'a>(
    connection: &'a Connection,
    text: &str,
    values: &[Value],
) -> rusqlite::Result<rusqlite::CachedStatement<'a>> {
    #[cfg(feature = "testing")]
    super::plans::look(connection, text, |statement| bind(statement, values));
    let mut statement = connection.prepare_cached(text)?;
    bind(&mut statement, values)?;
    Ok(statement)
}

fn bind(statement: &mut Statement<'_>, values: &[Value]) -> rusqlite::Result<()> {
    for place in 1..=statement.parameter_count() {
        // SQLite counts parameters as it meets them; `$2` is a name to it. A `?` has none.
        let number = statement.parameter_name(place).and_then(|name| name[1..].parse().ok());
        let value = &values[number.unwrap_or(place) - 1];
        statement.raw_bind_parameter(place, parameter(value))?;
    }
    Ok(())
}

fn parameter(value: &Value) -> ToSqlOutput<'_> {
    let value = match value {
        Value::Text(Some(text)) | Value::Json(Some(text)) => ValueRef::Text(text.as_bytes()),
        Value::Int(Some(number)) => ValueRef::Integer(*number),
        Value::Double(Some(number)) => ValueRef::Real(*number),
        Value::Bool(Some(flag)) => ValueRef::Integer((*flag).into()),
        _ => ValueRef::Null,
    };
    ToSqlOutput::Borrowed(value)
}

fn rows(statement: &mut Statement<'_>) -> rusqlite::Result<Vec<Row>> {
    let names: Names = statement.column_names().map(str::to_owned).collect();
    let mut found = Vec::new();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let cells = (0..names.len()).map(|place| cell(place, row.get_ref(place)?));
        found.push(Row::new(names.clone(), cells.collect::<rusqlite::Result<_>>()?));
    }
    Ok(found)
}

fn cell(place: usize, value: ValueRef<'_>) -> rusqlite::Result<Cell> {
    let unreadable = |kind, error| rusqlite::Error::FromSqlConversionFailure(place, kind, error);
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Real(number) => Cell::Double(number),
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => Cell::Text(text.to_owned()),
            Err(error) => return Err(unreadable(Type::Text, Box::new(error))),
        },
        ValueRef::Blob(_) => return Err(unreadable(Type::Blob, "no column holds bytes".into())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDLESS: &str =
        "with recursive n (i) as (select 1 union all select i + 1 from n) select max(i) from n";

    fn run_watched(limit: Duration, waiter: &Arc<()>) -> rusqlite::Result<i64> {
        let mut connection = Connection::open_in_memory()?;
        Watch { waiter: Arc::downgrade(waiter), limit }.over(&mut connection)?;
        connection.query_row(ENDLESS, [], |row| row.get(0))
    }

    #[test]
    fn a_statement_that_takes_too_long_is_ended_and_may_be_tried_again() {
        let error = run_watched(Duration::from_millis(20), &Arc::new(())).unwrap_err();
        assert!(matches!(from_sqlite(error), Error::Unavailable { .. }));
    }
}
