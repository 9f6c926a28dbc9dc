//! What was read a moment ago, forgotten as soon as this or another process changes it.

use std::{hash::Hash, str::FromStr, time::Duration};

use moka::sync::Cache as Store;
use tokio::sync::broadcast::error::RecvError;

use crate::{Db, Signal};

/// How long something may be believed when the signal that it changed was lost.
const LIFETIME: Duration = Duration::from_secs(5);

/// Values by key; a signal on its channel names the key to forget.
pub struct Cache<K, V> {
    store: Store<K, V>,
}

impl<K, V> Cache<K, V>
where
    K: Hash + Eq + Send + Sync + FromStr + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// An empty cache for so many values, which listens to the signals of the database.
    pub fn start(db: &Db, channel: &'static str, capacity: u64) -> Self {
        let store = Store::builder().max_capacity(capacity).time_to_live(LIFETIME).build();
        tokio::spawn(listen(store.clone(), db.signals(), channel));
        Cache { store }
    }

    /// What was read a moment ago.
    pub fn get(&self, key: &K) -> Option<V> {
        self.store.get(key)
    }

    /// Remembers what was just read.
    pub fn insert(&self, key: K, value: V) {
        self.store.insert(key, value);
    }

    /// Forgets it here at once; the signal sent with the change does so everywhere.
    pub fn forget(&self, key: &K) {
        self.store.invalidate(key);
    }
}

async fn listen<K, V>(
    store: Store<K, V>,
    mut signals: tokio::sync::broadcast::Receiver<Signal>,
    channel: &'static str,
) where
    K: Hash + Eq + Send + Sync + FromStr + 'static,
    V: Clone + Send + Sync + 'static,
{
    loop {
        match signals.recv().await {
            Ok(signal) if signal.channel == channel => match signal.payload.parse::<K>() {
                Ok(key) => store.invalidate(&key),
                Err(_) => store.invalidate_all(),
            },
            Ok(signal) if signal.channel == Signal::RESYNC => store.invalidate_all(),
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => store.invalidate_all(),
            Err(RecvError::Closed) => return,
        }
    }
}
