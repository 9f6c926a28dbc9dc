//! What the engines complain about, in the words of the house.

use kernel::{Error, Result};

/// Tells "busy, broken or full for now" (503) from "our mistake" (500).
#[track_caller]
pub(crate) fn translate(error: sqlx::Error) -> Error {
    if is_passing(&error) {
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

fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => true,
        sqlx::Error::Database(inner) => inner.code().is_some_and(|code| is_passing_code(&code)),
        _ => false,
    }
}

/// SQLite result codes (sqlite.org/rescode.html; the low byte is the primary code) and
/// SQLSTATE classes of PostgreSQL: 08 connection, 40 rollback, 53 resources, 57P operator, 58 system,
/// and the time limits that we set: 25P03 idle, 55P03 lock, 57014 statement.
fn is_passing_code(code: &str) -> bool {
    const BUSY: i64 = 5;
    const LOCKED: i64 = 6;
    const READONLY: i64 = 8;
    const IOERR: i64 = 10;
    const FULL: i64 = 13;
    const CANTOPEN: i64 = 14;
    match code.parse::<i64>() {
        Ok(number) if code.len() < 5 => {
            [BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN].contains(&(number & 0xff))
        }
        _ => ["08", "25P03", "40", "53", "55P03", "57014", "57P", "58"]
            .iter()
            .any(|class| code.starts_with(class)),
    }
}

/// Turns a broken unique key into the error that the caller means by it.
pub fn on_unique<T>(result: Result<T>, error: impl FnOnce() -> Error) -> Result<T> {
    result.map_err(|found| if is_unique(&found) { error() } else { found })
}

fn is_unique(error: &Error) -> bool {
    let Error::Internal { cause, .. } = error else { return false };
    match cause.downcast_ref::<sqlx::Error>() {
        Some(sqlx::Error::Database(inner)) => inner.is_unique_violation(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_passing_code;

    #[test]
    fn a_time_limit_is_no_mistake_of_ours() {
        let passing =
            ["5", "13", "261", "08006", "25P03", "40P01", "53100", "55P03", "57014", "57P01"];
        assert!(passing.into_iter().all(is_passing_code));
        let ours = ["1", "19", "2067", "23505", "25P02", "42601"];
        assert!(!ours.into_iter().any(is_passing_code));
    }
}
