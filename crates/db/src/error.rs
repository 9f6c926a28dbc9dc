//! What the engines complain about, in the words of the house.

use kernel::{Error, Result};

/// Tells "busy, broken or full for now" (503) from "our mistake" (500).
#[track_caller]
pub(crate) fn from_sqlite(error: rusqlite::Error) -> Error {
    let passing = error.sqlite_error().is_some_and(|found| is_passing_code(found.extended_code));
    told(passing, error)
}

/// The same for the other engine.
#[track_caller]
pub(crate) fn from_postgres(error: sqlx::Error) -> Error {
    let passing = match &error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => true,
        sqlx::Error::Database(inner) => inner.code().is_some_and(|code| is_passing_state(&code)),
        _ => false,
    };
    told(passing, error)
}

#[track_caller]
fn told(passing: bool, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    if passing {
        metrics::counter!("mewayz_database_unavailable_total").increment(1);
        return Error::unavailable(error.to_string());
    }
    Error::internal(error)
}

/// A text with U+0000 can be stored nowhere: whoever looks for it finds nothing, and whoever wants to
/// store it is told so. Rules that know the field say it better; this is the last wall.
pub(crate) fn no_such_text(statement: &str) -> Error {
    if statement.trim_start().starts_with("select") {
        return Error::NotFound;
    }
    Error::Malformed("The character U+0000 cannot be part of a text.".into())
}

/// Result codes of SQLite (sqlite.org/rescode.html); the low byte is the primary code.
fn is_passing_code(code: i32) -> bool {
    use rusqlite::ffi::{
        SQLITE_BUSY, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_INTERRUPT, SQLITE_IOERR, SQLITE_LOCKED,
        SQLITE_READONLY,
    };
    [
        SQLITE_BUSY,
        SQLITE_LOCKED,
        SQLITE_READONLY,
        SQLITE_INTERRUPT,
        SQLITE_IOERR,
        SQLITE_FULL,
        SQLITE_CANTOPEN,
    ]
    .contains(&(code & 0xff))
}

/// SQLSTATE classes of PostgreSQL: 08 connection, 40 rollback, 53 resources, 57P operator, 58 system,
/// and the time limits that we set: 25P03 idle, 55P03 lock, 57014 statement.
fn is_passing_state(state: &str) -> bool {
    ["08", "25P03", "40", "53", "55P03", "57014", "57P", "58"]
        .iter()
        .any(|class| state.starts_with(class))
}

/// Turns a broken unique key into the error that the caller means by it.
pub fn on_unique<T>(result: Result<T>, error: impl FnOnce() -> Error) -> Result<T> {
    result.map_err(|found| if is_unique(&found) { error() } else { found })
}

fn is_unique(error: &Error) -> bool {
    use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
    let Error::Internal { cause, .. } = error else { return false };
    if let Some(sqlx::Error::Database(inner)) = cause.downcast_ref() {
        return inner.is_unique_violation();
    }
    let found = cause.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error);
    found.is_some_and(|found| {
        [SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE].contains(&found.extended_code)
    })
}

#[cfg(test)]
mod tests {
    use super::{is_passing_code, is_passing_state};

    #[test]
    fn a_time_limit_is_no_mistake_of_ours() {
        assert!([5, 9, 13, 261].into_iter().all(is_passing_code));
        assert!(![1, 19, 2067].into_iter().any(is_passing_code));
        let passing = ["08006", "25P03", "40P01", "53100", "55P03", "57014", "57P01"];
        assert!(passing.into_iter().all(is_passing_state));
        assert!(!["23505", "25P02", "42601"].into_iter().any(is_passing_state));
    }
}
