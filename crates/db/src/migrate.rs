//! Migrations: forward only, per module, at start, under a lock.

use kernel::{Error, Result, Timestamp};

use crate::{Db, Engine, Tx, sql, tx::Inner};

/// One step of a module's schema. Once released it never changes.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The module that owns the tables.
    pub module: &'static str,
    /// Such as `0001_forms`; applied in this order within the module.
    pub name: &'static str,
    /// What to run.
    pub text: MigrationText,
}

/// One text for both engines, or a pair where the text must differ.
/// In a text for both, `JSONB` stands for JSON columns and becomes `TEXT` on SQLite,
/// where a column typed JSON would have NUMERIC affinity and change a bare `5`.
#[derive(Debug, Clone, Copy)]
pub enum MigrationText {
    Both(&'static str),
    Pair { sqlite: &'static str, postgres: &'static str },
}

/// The advisory lock that lets one process migrate at a time on PostgreSQL.
const LOCK: i64 = 0x6d65_7761_797a;

impl Db {
    /// Applies what is missing, in the order given; `now` is written beside each step.
    pub async fn migrate(&self, migrations: &[Migration], now: Timestamp) -> Result<()> {
        let mut tx = self.system("migrations").await?;
        if tx.engine() == Engine::Postgres {
            // A new index on a large table takes longer than anything else may.
            sql("set local statement_timeout = 0").run(&mut tx).await?;
            sql("set local lock_timeout = 0").run(&mut tx).await?;
            sql("select pg_advisory_xact_lock($1)").bind(LOCK).run(&mut tx).await?;
        }
        let applied = applied(&mut tx).await?;
        for migration in migrations {
            if !applied.contains(&(migration.module.to_owned(), migration.name.to_owned())) {
                apply(&mut tx, migration, now).await?;
            }
        }
        if tx.engine() == Engine::Postgres {
            raise_walls(&mut tx).await?;
        }
        tx.commit().await
    }
}

/// The names of the migrations that this database still lacks.
pub async fn pending(db: &Db, migrations: &[Migration]) -> Result<Vec<String>> {
    let mut tx = db.system_read("which migrations are applied").await?;
    let applied: Vec<(String, String)> =
        sql("select module, name from migration").all(&mut tx).await?;
    let lacking = migrations
        .iter()
        .filter(|step| !applied.contains(&(step.module.to_owned(), step.name.to_owned())));
    Ok(lacking.map(|step| format!("{}/{}", step.module, step.name)).collect())
}

async fn applied(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    raw(
        tx,
        "create table if not exists migration (
            module TEXT NOT NULL, name TEXT NOT NULL, applied_at BIGINT NOT NULL, primary key (module, name)
        )"
        .to_owned(),
    )
    .await?;
    sql("select module, name from migration").all(tx).await
}

async fn apply(tx: &mut Tx, migration: &Migration, now: Timestamp) -> Result<()> {
    let text = match (migration.text, tx.engine()) {
        (MigrationText::Both(text), Engine::Sqlite) => text.replace("JSONB", "TEXT"),
        (MigrationText::Both(text), Engine::Postgres) => text.to_owned(),
        (MigrationText::Pair { sqlite, .. }, Engine::Sqlite) => sqlite.to_owned(),
        (MigrationText::Pair { postgres, .. }, Engine::Postgres) => postgres.to_owned(),
    };
    tracing::info!(module = migration.module, name = migration.name, "migrating");
    raw(tx, text).await.map_err(|error| {
        Error::internal(format!("migration {}/{}: {error:?}", migration.module, migration.name))
    })?;
    sql("insert into migration (module, name, applied_at) values ($1, $2, $3)")
        .bind(migration.module)
        .bind(migration.name)
        .bind(now)
        .run(tx)
        .await
        .map(|_| ())
}

/// Row-level security on every table that has a workspace: the second wall behind the stores' own
/// `where workspace_id = …`. Superusers pass through it, so the program should not be one.
async fn raise_walls(tx: &mut Tx) -> Result<()> {
    let open: Vec<(String,)> = sql("select c.table_name::text from information_schema.columns c
         join pg_class p on p.relname = c.table_name and p.relnamespace = current_schema()::regnamespace
         where c.table_schema = current_schema() and c.column_name = 'workspace_id'
           and p.relkind in ('r', 'p') and not p.relrowsecurity")
        .all(tx)
        .await?;
    for (table,) in open {
        raw(
            tx,
            format!(
                "alter table \"{table}\" enable row level security;
                 alter table \"{table}\" force row level security;
                 create policy workspace on \"{table}\" using (
                     workspace_id = (select current_setting('mewayz.workspace', true))
                     or (select current_setting('mewayz.workspace', true)) = '*'
                 );"
            ),
        )
        .await?;
    }
    Ok(())
}

async fn raw(tx: &mut Tx, text: String) -> Result<()> {
    match &mut tx.inner {
        Inner::Sqlite(tx) => tx.script(text).await,
        Inner::Postgres(tx) => tx.script(text).await,
    }
}
