//! Opening a database and beginning transactions on it.

use std::path::PathBuf;

use kernel::{Error, Result, WorkspaceId};
use tokio::sync::{broadcast, oneshot};

use crate::{Signal, Tx, apart, engine::Engine, postgres::Postgres, sqlite::Sqlite, tx::Inner};

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
    store: Store,
    signals: broadcast::Sender<Signal>,
}

#[derive(Clone)]
enum Store {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// How many signals a slow listener may lag behind before it must look again.
const SIGNAL_BACKLOG: usize = 4096;

impl Db {
    /// Opens the database; on PostgreSQL also listens for the signals of other processes.
    pub async fn open(settings: &Settings) -> Result<Db> {
        let (signals, _) = broadcast::channel(SIGNAL_BACKLOG);
        let store = match settings {
            Settings::File(path) => Store::Sqlite(Sqlite::open(path.clone()).await?),
            Settings::Server { url, connections } => {
                Store::Postgres(Postgres::open(url, *connections, signals.clone()).await?)
            }
        };
        Ok(Db { store, signals })
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
        match self.store {
            Store::Sqlite(_) => Engine::Sqlite,
            Store::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a long task that does little but write, apart from all others.
    pub fn spawn_apart(&self, task: impl Future<Output = ()> + Send + 'static) {
        match self.engine() {
            Engine::Sqlite => apart::spawn(task),
            Engine::Postgres => drop(tokio::spawn(task)),
        }
    }

    /// Runs a short task that does little but write, apart from all others; it runs to its end even
    /// when nobody waits for it any more.
    pub async fn apart<T: Send + 'static>(
        &self,
        task: impl Future<Output = T> + Send + 'static,
    ) -> Result<T> {
        let (ended, end) = oneshot::channel();
        let task = async move {
            // The receiver is gone when nobody waits any more.
            let _ = ended.send(task.await);
        };
        match self.engine() {
            Engine::Sqlite => apart::lend(task),
            Engine::Postgres => drop(tokio::spawn(task)),
        }
        end.await.map_err(|_| Error::internal("a task that ran apart has panicked"))
    }

    /// Lets all connections finish and go.
    pub async fn close(&self) {
        match &self.store {
            Store::Sqlite(sqlite) => sqlite.close().await,
            Store::Postgres(postgres) => postgres.close().await,
        }
    }

    async fn start(&self, workspace: Option<WorkspaceId>, write: bool) -> Result<Tx> {
        let inner = match &self.store {
            Store::Sqlite(sqlite) => Inner::Sqlite(sqlite.begin(write).await?),
            // In a box: what it needs would otherwise lie in, and be moved with, every handler of the house.
            Store::Postgres(postgres) => {
                Inner::Postgres(Box::pin(postgres.begin(workspace, write)).await?)
            }
        };
        Ok(Tx::new(inner, workspace, self.signals.clone()))
    }
}
