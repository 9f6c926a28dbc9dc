//! A database of its own for every test, on the engine that `MEWAYZ_TEST_ENGINE` names.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, postgres::PgConnectOptions};

pub use crate::sqlite::plans;
use crate::{Db, Engine, Settings, Tx, sql};

/// Where a test's data lives; keep it as long as the database is used.
pub struct TestDatabase {
    /// How to open it (again).
    pub settings: Settings,
    folder: tempfile::TempDir,
}

impl TestDatabase {
    /// An empty database: a SQLite file, or a fresh PostgreSQL database when the environment has
    /// `MEWAYZ_TEST_ENGINE=postgres` and `MEWAYZ_TEST_POSTGRES=postgres://…` of a role that may create some.
    pub async fn create() -> TestDatabase {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let settings = match std::env::var("MEWAYZ_TEST_ENGINE").as_deref() {
            Ok("postgres") => Settings::Server { url: create_database().await, connections: 8 },
            _ => Settings::File(folder.path().join("mewayz.db")),
        };
        TestDatabase { settings, folder }
    }

    /// Opens it.
    pub async fn open(&self) -> Db {
        Db::open(&self.settings).await.expect("the test database opens")
    }

    /// A folder that goes with the database.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}

/// Holds what this statement locks until it is dropped, so that others stop in the middle of their change. Nothing on
/// SQLite, where one change follows the other.
pub async fn hold(db: &Db, lock: &'static str) -> Option<Tx> {
    if db.engine() == Engine::Sqlite {
        return None;
    }
    let mut tx = db.system("a test stops others").await.expect("a change");
    sql(lock).run(&mut tx).await.expect("locked");
    Some(tx)
}

/// How many changes of this database wait for another, on PostgreSQL.
pub async fn waiting(db: &Db) -> i64 {
    let mut tx = db.system_read("a test looks who waits").await.expect("a look");
    let (count,): (i64,) = sql("select count(*) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'")
    .one(&mut tx)
    .await
    .expect("a count");
    count
}

async fn create_database() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let server = std::env::var("MEWAYZ_TEST_POSTGRES")
        .expect("MEWAYZ_TEST_POSTGRES names a PostgreSQL server when MEWAYZ_TEST_ENGINE=postgres");
    let name = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let options: PgConnectOptions = server.parse().expect("MEWAYZ_TEST_POSTGRES is an address");
    let mut connection = options.connect().await.expect("the PostgreSQL server answers");
    for text in
        [format!("drop database if exists {name} with (force)"), format!("create database {name}")]
    {
        sqlx::raw_sql(AssertSqlSafe(text))
            .execute(&mut connection)
            .await
            .expect("a database is made");
    }
    connection.close().await.expect("the connection closes");
    let (address, _) = server.rsplit_once('/').expect("the address ends in a database");
    format!("{address}/{name}")
}
