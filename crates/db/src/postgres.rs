//! The engine for many processes: a pool of connections, and the signals of the other processes.

mod transaction;

use std::{str::FromStr, time::Duration};

use kernel::{Error, Result, WorkspaceId};
use sqlx::{
    AssertSqlSafe, Connection, PgPool,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use tokio::sync::broadcast;

pub(crate) use transaction::Transaction;

use crate::{Signal, error::from_postgres, signal::CHANNEL};

/// A PostgreSQL server, connected.
#[derive(Clone)]
pub(crate) struct Postgres(PgPool);

const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(4);
/// After this time unused, a connection to a server is tried before it is trusted.
const RESTED: Duration = Duration::from_secs(1);

impl Postgres {
    /// Connects, and hands on the signals of other processes from now on.
    pub(crate) async fn open(
        url: &str,
        connections: u32,
        signals: broadcast::Sender<Signal>,
    ) -> Result<Self> {
        let pool = connect(url, connections).await?;
        let listener = listener(&pool).await.map_err(from_postgres)?;
        tokio::spawn(relay(pool.clone(), listener, signals));
        Ok(Postgres(pool))
    }

    /// A transaction on the rows of one workspace, or of all.
    pub(crate) async fn begin(
        &self,
        workspace: Option<WorkspaceId>,
        write: bool,
    ) -> Result<Transaction> {
        let mode = if write { "read write" } else { "read only, isolation level repeatable read" };
        // Row-level security reads this setting; `*` is the system's.
        let scope = workspace.map_or_else(|| "*".to_owned(), |id| id.to_string());
        let text = format!("begin {mode}; set local mewayz.workspace = '{scope}'");
        let begun = self.0.begin_with(AssertSqlSafe(text)).await.map_err(from_postgres)?;
        Ok(Transaction::new(begun))
    }

    /// Lets all connections finish and go.
    pub(crate) async fn close(&self) {
        self.0.close().await;
    }
}

async fn connect(url: &str, connections: u32) -> Result<PgPool> {
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
        .map_err(from_postgres)
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
