//! How SQLite means to find what a statement asks for, judged as the statement is prepared: so every statement that any
//! test runs is judged, whoever wrote it and however it was put together.
//!
//! SQLite plans without knowing how large tables are. Of two indexes it may take the one that leaves a million rows
//! to be looked through, which no test notices, since the tables of tests are small: only the plan tells.

mod judge;
mod reading;

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, OnceLock},
    thread,
};

use rusqlite::{Connection, Statement};

use self::judge::judge;

/// What the tables are like; the rules that follow from it stand in `judge`.
#[derive(Debug, Clone, Copy)]
pub struct Tables {
    /// Columns that many rows share: an index that is used for these alone leaves too much over.
    pub broad: &'static [&'static str],
    /// Tables of which one workspace has few rows, each with the reason why.
    pub small: &'static [(&'static str, &'static str)],
    /// Statements that may do what the rules forbid: a piece of the text by which each is known, and the reason.
    pub excused: &'static [(&'static str, &'static str)],
}

/// Judges all statements from now on; dropped, it fails the test in which a bad one was found.
pub struct Watch(());

static TABLES: OnceLock<Tables> = OnceLock::new();
static SEEN: Mutex<Option<HashSet<String>>> = Mutex::new(None);
static FOUND: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl Watch {
    /// The tables are the same for all tests of a process.
    pub fn over(tables: Tables) -> Watch {
        TABLES.get_or_init(|| tables);
        Watch(())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let found = locked(&FOUND);
        // Beside another failure it would hide that one.
        assert!(found.is_empty() || thread::panicking(), "{}", found.join("\n"));
    }
}

/// Looks at a statement that is about to be prepared, once each text; `bind` gives it its parameters.
pub(crate) fn look(
    connection: &Connection,
    text: &str,
    bind: impl Fn(&mut Statement<'_>) -> rusqlite::Result<()>,
) {
    let Some(tables) = TABLES.get() else { return };
    if !locked(&SEEN).get_or_insert_default().insert(text.to_owned()) {
        return;
    }
    // What cannot be explained cannot be run either, and whoever runs it is told.
    let bad = judge(connection, tables, text, bind).unwrap_or_default();
    locked(&FOUND).extend(bad);
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
