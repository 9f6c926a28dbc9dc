//! Opening a database and beginning transactions on it.

use std::{path::PathBuf, str::FromStr, time::Duration};

use kernel::{Error, Result, WorkspaceId};
use sqlx::{
    AssertSqlSafe, Connection, PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::broadcast;

use crate::{Signal, Tx, engine::Engine, error::translate, signal::CHANNEL, tx::Inner};

/// Where the data lives.
#[derive(Debug, Clone)]
pub enum Settings {
    /// A SQLite file, made when missing.
    File(PathBuf),
    /// A `postgres://…` address, and how many connections to hold at most.
    Server { url: String, connections: u32 },
}

/// A handle to the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    pools: Pools,
    signals: broadcast::Sender<Signal>,
}

#[derive(Clone)]
enum Pools {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres(PgPool),
}

const READERS: u32 = 4;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(4);
/// After this time unused, a connection to a server is tried before it is trusted.
const RESTED: Duration = Duration::from_secs(1);
/// How many signals a slow listener may lag behind before it must look again.
const SIGNAL_BACKLOG: usize = 4096;

impl Db {
    /// Opens the database; on PostgreSQL also listens for the signals of other processes.
    pub async fn open(settings: &Settings) -> Result<Db> {
        let (signals, _) = broadcast::channel(SIGNAL_BACKLOG);
        let pools = match settings {
            Settings::File(path) => open_file(path.clone()).await?,
            Settings::Server { url, connections } => {
                let pool = open_server(url, *connections).await?;
                let listener = listener(&pool).await.map_err(translate)?;
                tokio::spawn(relay(pool.clone(), listener, signals.clone()));
                Pools::Postgres(pool)
            }
        };
        Ok(Db { pools, signals })
    }

    /// A transaction that may change the rows of one workspace.
    pub async fn begin(&self, workspace: WorkspaceId) -> Result<Tx> {
        self.start(Some(workspace), true).await
    }

    /// A transaction that only reads, in one workspace; it sees one moment.
    pub async fn read(&self, workspace: WorkspaceId) -> Result<Tx> {
        self.start(Some(workspace), false).await
    }

    /// A transaction across workspaces; `reason` is there for readers and for grep.
    pub async fn system(&self, reason: &'static str) -> Result<Tx> {
        tracing::trace!(reason, "system transaction");
        self.start(None, true).await
    }

    /// The same, only reading.
    pub async fn system_read(&self, reason: &'static str) -> Result<Tx> {
        tracing::trace!(reason, "system read");
        self.start(None, false).await
    }

    /// All signals from now on.
    pub fn signals(&self) -> broadcast::Receiver<Signal> {
        self.signals.subscribe()
    }

    /// Which engine runs.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Lets all connections finish and go.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    async fn start(&self, workspace: Option<WorkspaceId>, write: bool) -> Result<Tx> {
        let inner = match &self.pools {
            Pools::Sqlite { writer, .. } if write => {
                // Immediate: a deferred transaction that turns writer later can fail with BUSY at once.
                Inner::Sqlite(writer.begin_with("begin immediate").await.map_err(translate)?)
            }
            Pools::Sqlite { readers, .. } => {
                Inner::Sqlite(readers.begin().await.map_err(translate)?)
            }
            Pools::Postgres(pool) => {
                let mode =
                    if write { "read write" } else { "read only, isolation level repeatable read" };
                // Row-level security reads this setting; `*` is the system's.
                let scope = workspace.map_or_else(|| "*".to_owned(), |id| id.to_string());
                let text = format!("begin {mode}; set local mewayz.workspace = '{scope}'");
                Inner::Postgres(pool.begin_with(AssertSqlSafe(text)).await.map_err(translate)?)
            }
        };
        Ok(Tx::new(inner, workspace, self.signals.clone()))
    }
}

async fn open_file(path: PathBuf) -> Result<Pools> {
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: a commit is answered only after its log has reached the disk.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(true)
        .statement_cache_capacity(300)
        .pragma("cache_size", "-65536")
        .pragma("temp_store", "memory")
        // 64 MB of log between checkpoints: fewer, larger, more sequential writes into the main file.
        .pragma("wal_autocheckpoint", "16384")
        .pragma("journal_size_limit", "134217728");
    let writer = file_pool(1).connect_with(options.clone()).await.map_err(translate)?;
    let readers = file_pool(READERS)
        .connect_with(options.pragma("query_only", "on").pragma("cache_size", "-16384"))
        .await
        .map_err(translate)?;
    Ok(Pools::Sqlite { writer, readers })
}

fn file_pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A file does not hang up; asking each time costs two changes of thread.
        .test_before_acquire(false)
        // A full disk makes SQLite end the transaction itself. The driver does not notice, would refuse
        // every further one on this connection, and so the connection goes.
        .before_acquire(|connection, _| {
            Box::pin(std::future::ready(Ok(!connection.is_in_transaction())))
        })
}

async fn open_server(url: &str, connections: u32) -> Result<PgPool> {
    let options = PgConnectOptions::from_str(url)
        .map_err(Error::internal)?
        .application_name("mewayz")
        .options([
            ("statement_timeout", "30s"),
            ("lock_timeout", "10s"),
            ("idle_in_transaction_session_timeout", "60s"),
        ]);
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // Asking a connection whether it still lives costs a round trip: only those that rested are asked.
        .test_before_acquire(false)
        .before_acquire(|connection, known| {
            Box::pin(async move {
                if known.idle_for > RESTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .map_err(translate)
}

async fn listener(pool: &PgPool) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Hands on what other processes (and this one) notify; after a lost connection it says so.
async fn relay(pool: PgPool, mut listening: PgListener, signals: broadcast::Sender<Signal>) {
    loop {
        // The listener makes a lost connection anew by itself and says `None`; an error means it could not.
        match listening.try_recv().await {
            Ok(Some(notice)) => {
                let _ = signals.send(Signal::from_wire(notice.payload()));
                continue;
            }
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(%error, "signals from PostgreSQL are interrupted; listening again");
                tokio::time::sleep(Duration::from_millis(200)).await;
                if pool.is_closed() {
                    return;
                }
                match listener(&pool).await {
                    Ok(fresh) => listening = fresh,
                    Err(_) => continue,
                }
            }
        }
        let _ = signals.send(Signal { channel: Signal::RESYNC.into(), payload: String::new() });
    }
}
