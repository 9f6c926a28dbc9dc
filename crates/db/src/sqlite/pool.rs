//! Connections, lent one at a time and in the order of asking.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, Weak},
    time::Duration,
};

use kernel::{Error, Result};
use rusqlite::Connection;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::apart::waiting;

/// How long to wait for a connection; who has waited longer hears "busy".
const PATIENCE: Duration = Duration::from_secs(4);

/// Some connections to one file; cheap to clone.
#[derive(Clone)]
pub(super) struct Pool(Arc<Shared>);

/// The same without keeping it alive.
pub(super) struct WeakPool(Weak<Shared>);

struct Shared {
    idle: Mutex<Vec<Connection>>,
    places: Arc<Semaphore>,
    size: usize,
    connect: Box<dyn Fn() -> rusqlite::Result<Connection> + Send + Sync>,
}

/// A connection for as long as this lives. Dropped in the middle of a transaction, it undoes that.
pub(super) struct Lease {
    pool: Arc<Shared>,
    connection: Option<Connection>,
    // Given back after the connection: fields are dropped in this order, behind `Drop::drop`.
    _place: OwnedSemaphorePermit,
}

impl Pool {
    pub(super) fn new(
        size: usize,
        connect: impl Fn() -> rusqlite::Result<Connection> + Send + Sync + 'static,
    ) -> rusqlite::Result<Self> {
        let idle = (0..size).map(|_| connect()).collect::<rusqlite::Result<_>>()?;
        Ok(Pool(Arc::new(Shared {
            idle: Mutex::new(idle),
            places: Arc::new(Semaphore::new(size)),
            size,
            connect: Box::new(connect),
        })))
    }

    /// The next connection that is free.
    pub(super) async fn lease(&self) -> Result<Lease> {
        let places = self.0.places.clone();
        let place = match places.clone().try_acquire_owned() {
            Ok(place) => place,
            Err(_) => timeout(PATIENCE, places.acquire_owned())
                .await
                .map_err(|_| Error::unavailable("the database has been busy for too long"))?
                .map_err(|_| Error::unavailable("the database is closed"))?,
        };
        let connection = self.0.idle().pop();
        Ok(Lease { pool: self.0.clone(), connection, _place: place })
    }

    /// Lends nothing any more, waits for what is lent, and lets all connections go.
    pub(super) async fn close(&self) {
        let all = u32::try_from(self.0.size).unwrap_or(u32::MAX);
        let _ = timeout(PATIENCE, self.0.places.acquire_many(all)).await;
        self.0.places.close();
        let idle = mem::take(&mut *self.0.idle());
        let _ = waiting(move || drop(idle)).await;
    }

    pub(super) fn is_closed(&self) -> bool {
        self.0.places.is_closed()
    }

    pub(super) fn downgrade(&self) -> WeakPool {
        WeakPool(Arc::downgrade(&self.0))
    }
}

impl WeakPool {
    pub(super) fn upgrade(&self) -> Option<Pool> {
        self.0.upgrade().map(Pool)
    }
}

impl Shared {
    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().expect("nobody panics while holding it")
    }
}

impl Lease {
    /// The connection, made anew when the last one broke.
    pub(super) fn connection(&mut self) -> rusqlite::Result<&mut Connection> {
        if self.connection.is_none() {
            self.connection = Some((self.pool.connect)()?);
        }
        Ok(self.connection.as_mut().expect("it was just made"))
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        let sound = connection.is_autocommit() || connection.execute_batch("rollback").is_ok();
        if sound && !self.pool.places.is_closed() {
            self.pool.idle().push(connection);
        }
    }
}
