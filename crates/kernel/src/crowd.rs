//! How many of each are here at once: connections of an address, streams of an actor.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

/// Counts those who are here, each under its key; cheap to clone.
#[derive(Debug)]
pub struct Crowd<K: Hash + Eq>(Arc<Mutex<HashMap<K, usize>>>);

/// One who is here; gone when dropped.
#[derive(Debug)]
pub struct Place<K: Hash + Eq> {
    crowd: Crowd<K>,
    key: K,
}

impl<K: Hash + Eq> Default for Crowd<K> {
    fn default() -> Self {
        Crowd(Arc::default())
    }
}

impl<K: Hash + Eq> Clone for Crowd<K> {
    fn clone(&self) -> Self {
        Crowd(self.0.clone())
    }
}

impl<K: Hash + Eq + Clone> Crowd<K> {
    /// A place beside the others of this key, unless `most` are here already.
    pub fn enter(&self, key: K, most: usize) -> Option<Place<K>> {
        let mut here = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = here.get(&key).copied().unwrap_or(0);
        if count >= most {
            return None;
        }
        here.insert(key.clone(), count + 1);
        drop(here);
        Some(Place { crowd: self.clone(), key })
    }
}

impl<K: Hash + Eq> Drop for Place<K> {
    fn drop(&mut self) {
        let mut here = self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        match here.get_mut(&self.key) {
            Some(count) if *count > 1 => *count -= 1,
            // The last one takes the key along, so that memory does not grow with those who were here once.
            _ => {
                here.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_someone_leaves() {
        let crowd = Crowd::default();
        let first = crowd.enter("ada", 2);
        let second = crowd.enter("ada", 2);
        assert!(first.is_some() && second.is_some());
        assert!(crowd.enter("ada", 2).is_none(), "a third found a place");
        let other = crowd.enter("bob", 2);
        drop((first, other));
        assert!(crowd.enter("ada", 2).is_some());
        drop(second);
        assert!(crowd.0.lock().expect("no panic").is_empty(), "someone is remembered for ever");
    }
}
