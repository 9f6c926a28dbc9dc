//! The embedded engine: one connection that writes, some that read, and one that tidies up the log.

mod checkpoint;
#[cfg(feature = "testing")]
pub mod plans;
mod pool;
mod transaction;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use kernel::Result;
use rusqlite::{Connection, config::DbConfig};

use self::{
    checkpoint::{Gauge, Turn},
    pool::Pool,
};
pub(crate) use transaction::Transaction;

use crate::{apart::waiting, error::from_sqlite};

/// A SQLite file, opened.
#[derive(Clone)]
pub(crate) struct Sqlite {
    writer: Pool,
    readers: Pool,
    shortening: Turn,
}

const READERS: usize = 4;
/// Another process may hold the file's lock for so long.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const STATEMENTS: usize = 300;

impl Sqlite {
    pub(crate) async fn open(path: PathBuf) -> Result<Self> {
        waiting(move || {
            let (gauge, alarms) = Gauge::new();
            let (file, watching) = (path.clone(), gauge.clone());
            let writer = Pool::new(1, move || {
                let mut connection = connect(&file, "cache_size = -65536")?;
                watching.watch(&mut connection)?;
                Ok(connection)
            })?;
            let file = path.clone();
            let readers = Pool::new(READERS, move || {
                connect(&file, "query_only = on; pragma cache_size = -8192")
            })?;
            let shortening = checkpoint::start(path, &gauge, alarms, &writer);
            Ok(Sqlite { writer, readers, shortening })
        })
        .await?
        .map_err(from_sqlite)
    }

    /// A transaction that may write waits until no other does.
    pub(crate) async fn begin(&self, write: bool) -> Result<Transaction> {
        if write {
            // Immediate: a deferred transaction that turns writer later can fail with BUSY at once.
            return Ok(Transaction::new(self.writer.lease().await?, "begin immediate"));
        }
        Ok(Transaction::new(self.readers.lease().await?, "begin"))
    }

    /// Waits for what still runs; the last connection to go folds the log into the main file.
    pub(crate) async fn close(&self) {
        let _nobody_shortens = self.shortening.lock().await;
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// FULL: a commit is answered only after its log has reached the disk.
fn connect(path: &Path, more: &str) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Otherwise a statement with a `limit $n` is planned anew each time it runs, for what `n` might be.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(&format!(
        "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
         pragma temp_store = memory; pragma wal_autocheckpoint = 0;
         pragma journal_size_limit = 134217728; pragma {more}"
    ))?;
    Ok(connection)
}
