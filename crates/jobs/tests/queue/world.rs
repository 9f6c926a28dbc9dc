//! A database with two workspaces, a clock that stands still, and handlers that note what they did.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use db::{Db, Tx};
use jobs::{
    Job, Registry, When, Worker, WorkerHandle, WorkerSettings,
    desk::{self, DeadJob, QueueState},
};
use kernel::{Chance, Clock, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Noted(pub(crate) i64);

impl Job for Noted {
    const KIND: &'static str = "test.noted";
    const MAX_ATTEMPTS: u32 = 3;
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Other(pub(crate) i64);

impl Job for Other {
    const KIND: &'static str = "test.other";
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Nudge {
    pub(crate) key: String,
    pub(crate) round: u32,
}

impl Job for Nudge {
    const KIND: &'static str = "test.nudge";

    fn unique_key(&self) -> Option<String> {
        Some(self.key.clone())
    }
}

/// What the handlers have seen, in order.
#[derive(Clone, Default)]
pub(crate) struct Counted(Arc<Mutex<Vec<i64>>>);

impl Counted {
    pub(crate) fn note(&self, number: i64) {
        self.0.lock().unwrap().push(number);
    }

    pub(crate) fn seen(&self) -> Vec<i64> {
        self.0.lock().unwrap().clone()
    }

    /// A handler that notes the number and succeeds.
    pub(crate) fn handle<J: Job + Into<i64>>(&self, registry: &mut Registry) {
        let counted = self.clone();
        registry.handle::<J, _, _>(move |_, job| {
            counted.note(job.into());
            async { Ok(()) }
        });
    }
}

impl From<Noted> for i64 {
    fn from(job: Noted) -> i64 {
        job.0
    }
}

impl From<Other> for i64 {
    fn from(job: Other) -> i64 {
        job.0
    }
}

pub(crate) struct World {
    pub(crate) database: db::testing::TestDatabase,
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) chance: Chance,
    pub(crate) acme: WorkspaceId,
    pub(crate) other: WorkspaceId,
    pub(crate) counted: Counted,
}

impl World {
    pub(crate) async fn create() -> World {
        let database = db::testing::TestDatabase::create().await;
        let db = database.open().await;
        let now = Timestamp::from_micros(1_700_000_000_000_000);
        db.migrate(jobs::MIGRATIONS, now).await.unwrap();
        let chance = Chance::seeded(1);
        World {
            database,
            db,
            clock: Clock::manual(now),
            acme: WorkspaceId::new(now, &chance),
            other: WorkspaceId::new(now, &chance),
            chance,
            counted: Counted::default(),
        }
    }

    pub(crate) fn registry(&self, fill: impl FnOnce(&mut Registry, &Counted)) -> Arc<Registry> {
        let mut registry = Registry::new();
        fill(&mut registry, &self.counted);
        Arc::new(registry)
    }

    pub(crate) async fn enqueue<J: Job>(&self, tx: &mut Tx, job: &J, when: When) {
        let workspace = Some(tx.workspace());
        jobs::enqueue(tx, workspace, job, when, self.clock.now(), &self.chance).await.unwrap();
    }

    /// Enqueues it for acme, ready at once.
    pub(crate) async fn add<J: Job>(&self, job: &J) {
        let mut tx = self.db.begin(self.acme).await.unwrap();
        self.enqueue(&mut tx, job, When::Now).await;
        tx.commit().await.unwrap();
    }

    pub(crate) async fn drain(&self, registry: &Arc<Registry>) -> usize {
        jobs::run_until_idle(&self.db, registry, &self.clock, &self.chance).await.unwrap()
    }

    pub(crate) async fn queues(&self) -> Vec<QueueState> {
        let mut tx = self.db.system_read("test").await.unwrap();
        desk::queues(&mut tx, self.clock.now()).await.unwrap()
    }

    pub(crate) async fn dead(&self, kind: Option<&str>) -> Vec<DeadJob> {
        let mut tx = self.db.system_read("test").await.unwrap();
        desk::dead(&mut tx, None, 100, kind).await.unwrap()
    }

    /// A handle that hears the signals: on PostgreSQL of another process, on SQLite of this one alone.
    pub(crate) async fn neighbour(&self) -> Db {
        match self.db.engine() {
            db::Engine::Sqlite => self.db.clone(),
            db::Engine::Postgres => self.database.open().await,
        }
    }

    /// A worker on a handle of its own, as another process would have.
    pub(crate) async fn worker(
        &self,
        registry: &Arc<Registry>,
        settings: WorkerSettings,
    ) -> WorkerHandle {
        let db = self.database.open().await;
        Worker::start(db, registry.clone(), settings, self.clock.clone(), self.chance.clone())
    }
}

pub(crate) fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

/// Waits in real time, at most ten seconds, until it is so.
pub(crate) async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..2000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never came about that {what}");
}
