//! Wrong passwords cost time: the more of them for one account from one address, the longer.
//!
//! Kept in the memory of the process: a restart forgets it, and each process counts for itself.
//! Others are not held up, so nobody can lock a person out of the account.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use kernel::{Error, Result, Timestamp, fingerprint};
use moka::sync::Cache;

/// Attempts that cost nothing.
const FREE: u32 = 4;
const LONGEST: Duration = Duration::from_secs(300);
/// How long an address must be quiet until it begins anew.
const MEMORY: Duration = Duration::from_secs(3600);
const CAPACITY: u64 = 100_000;

/// What is counted together: an account, by the hash of its name, and an address. Small whatever was sent.
type Pair = (i64, IpAddr);

#[derive(Default)]
struct Attempts {
    count: u32,
    last: Timestamp,
}

/// Counts attempts and says how long to wait.
pub(crate) struct Throttle(Cache<Pair, Arc<Mutex<Attempts>>>);

impl Default for Throttle {
    fn default() -> Self {
        Throttle(Cache::builder().max_capacity(CAPACITY).time_to_idle(MEMORY).build())
    }
}

impl Throttle {
    /// Counts an attempt before it is made, so that a hundred at once do not slip through; 429 when
    /// it comes too soon.
    pub(crate) fn attempt(&self, email: &str, address: IpAddr, now: Timestamp) -> Result<()> {
        let attempts = self.0.get_with((fingerprint(email), address), Arc::default);
        let mut attempts = attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let quiet = now.since(attempts.last);
        if quiet >= MEMORY {
            attempts.count = 0;
        }
        let wait = delay(attempts.count);
        if quiet < wait {
            metrics::counter!("mewayz_sign_in_delayed_total").increment(1);
            return Err(Error::Limited { retry_after: wait - quiet });
        }
        *attempts = Attempts { count: attempts.count + 1, last: now };
        Ok(())
    }

    /// The password was right.
    pub(crate) fn forgive(&self, email: &str, address: IpAddr) {
        self.0.invalidate(&(fingerprint(email), address));
    }
}

/// 0 s four times, then 1, 2, 4 … seconds, five minutes at most.
fn delay(attempts: u32) -> Duration {
    match attempts.checked_sub(FREE) {
        None => Duration::ZERO,
        Some(doublings) => Duration::from_secs(1 << doublings.min(20)).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_has_an_end() {
        let seconds = [0, 3, 4, 5, 6, 12, 400].map(|count| delay(count).as_secs());
        assert_eq!(seconds, [0, 0, 1, 2, 4, 256, 300]);
    }

    #[test]
    fn another_address_does_not_wait() {
        let (throttle, now) = (Throttle::default(), Timestamp::from_micros(1_000_000_000_000));
        let [one, other] = ["1.1.1.1", "2.2.2.2"].map(|text| text.parse().expect("an address"));
        let tries = (0..10).filter(|_| throttle.attempt("ada", one, now).is_ok()).count();
        assert_eq!(tries, 4);
        assert!(throttle.attempt("ada", other, now).is_ok());
        assert!(throttle.attempt("ada", one, now.plus(Duration::from_secs(1))).is_ok());
    }
}
