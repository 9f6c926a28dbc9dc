//! What was read a moment ago, forgotten as soon as this or another process changes it.

use std::{
    hash::Hash,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    time::Duration,
};

use moka::sync::Cache as Store;
use tokio::sync::broadcast::error::RecvError;

use crate::{Db, Signal};

/// How long something may be believed when the signal that it changed was lost.
const LIFETIME: Duration = Duration::from_secs(5);

/// Values by key; a signal on its channel names the key to forget.
pub struct Cache<K, V> {
    kept: Kept<K, V>,
}

/// The moment at which something was not remembered: what is read after it may be, unless something
/// changed meanwhile.
#[derive(Debug, Clone, Copy)]
pub struct Missed(u64);

struct Kept<K, V> {
    store: Store<K, V>,
    /// Counts what was forgotten.
    changes: Arc<AtomicU64>,
}

impl<K, V> Clone for Kept<K, V> {
    fn clone(&self) -> Self {
        Kept { store: self.store.clone(), changes: self.changes.clone() }
    }
}

impl<K, V> Cache<K, V>
where
    K: Hash + Eq + Send + Sync + FromStr + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// An empty cache for so many values, which listens to the signals of the database.
    pub fn start(db: &Db, channel: &'static str, capacity: u64) -> Self {
        let store = Store::builder().max_capacity(capacity).time_to_live(LIFETIME).build();
        let kept = Kept { store, changes: Arc::default() };
        tokio::spawn(listen(kept.clone(), db.signals(), channel));
        Cache { kept }
    }

    /// What was read a moment ago.
    ///
    /// # Errors
    /// It is not remembered: read it, and hand it to [`Cache::insert`] with this.
    pub fn get(&self, key: &K) -> Result<V, Missed> {
        let missed = Missed(self.kept.changes.load(SeqCst));
        self.kept.store.get(key).ok_or(missed)
    }

    /// Remembers what was read since it was missed.
    pub fn insert(&self, missed: Missed, key: K, value: V)
    where
        K: Clone,
    {
        self.kept.store.insert(key.clone(), value);
        // It may have been read just before a change, and come here just after its signal.
        if self.kept.changes.load(SeqCst) != missed.0 {
            self.kept.store.invalidate(&key);
        }
    }

    /// Forgets it here at once; the signal sent with the change does so everywhere.
    pub fn forget(&self, key: &K) {
        self.kept.forget(Some(key));
    }
}

impl<K: Hash + Eq + Send + Sync + 'static, V: Clone + Send + Sync + 'static> Kept<K, V> {
    /// One of them, or all.
    fn forget(&self, key: Option<&K>) {
        self.changes.fetch_add(1, SeqCst);
        match key {
            Some(key) => self.store.invalidate(key),
            None => self.store.invalidate_all(),
        }
    }
}

async fn listen<K, V>(
    kept: Kept<K, V>,
    mut signals: tokio::sync::broadcast::Receiver<Signal>,
    channel: &'static str,
) where
    K: Hash + Eq + Send + Sync + FromStr + 'static,
    V: Clone + Send + Sync + 'static,
{
    loop {
        match signals.recv().await {
            Ok(signal) if signal.channel == channel => {
                kept.forget(signal.payload.parse::<K>().ok().as_ref());
            }
            Ok(signal) if signal.channel == Signal::RESYNC => kept.forget(None),
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => kept.forget(None),
            Err(RecvError::Closed) => return,
        }
    }
}
