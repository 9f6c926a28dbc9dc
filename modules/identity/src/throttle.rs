//! Wrong passwords cost time: the more of them for one account from one address, the longer.
//!
//! Kept in the memory of the process: a restart forgets it, and each process counts for itself.
//! Others are not held up until an account is tried from everywhere at once: then only addresses from
//! which its password was right lately get in. Whoever is signed in stays so.

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

/// Wrong passwords that an account bears in an [`HOUR`] from all addresses together.
const HOURLY: u32 = 50;
const HOUR: Duration = Duration::from_secs(3600);
/// How long an address counts as one of the account's own.
const OWN: Duration = Duration::from_secs(30 * 24 * 3600);

/// When the next attempt on an account is due at a steady pace (GCRA, as in the rate limits).
type Due = Arc<Mutex<Timestamp>>;

/// Counts attempts and says how long to wait.
pub(crate) struct Throttle {
    pairs: Cache<Pair, Arc<Mutex<Attempts>>>,
    accounts: Cache<i64, Due>,
    /// Where the password was right.
    own: Cache<Pair, ()>,
}

impl Default for Throttle {
    fn default() -> Self {
        Throttle {
            pairs: Cache::builder().max_capacity(CAPACITY).time_to_idle(MEMORY).build(),
            accounts: Cache::builder().max_capacity(CAPACITY).time_to_idle(HOUR * 2).build(),
            own: Cache::builder().max_capacity(CAPACITY).time_to_live(OWN).build(),
        }
    }
}

impl Throttle {
    /// Counts an attempt before it is made, so that a hundred at once do not slip through; 429 when
    /// it comes too soon.
    pub(crate) fn attempt(&self, email: &str, address: IpAddr, now: Timestamp) -> Result<()> {
        let pair = (fingerprint(email), address);
        let attempts = self.pairs.get_with(pair, Arc::default);
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
        if !self.own.contains_key(&pair) {
            self.attempt_from_anywhere(pair.0, now)?;
        }
        *attempts = Attempts { count: attempts.count + 1, last: now };
        Ok(())
    }

    fn attempt_from_anywhere(&self, account: i64, now: Timestamp) -> Result<()> {
        let due = self.accounts.get_with(account, Arc::default);
        let mut due = due.lock().unwrap_or_else(PoisonError::into_inner);
        let next = now.max(*due).plus(HOUR / HOURLY);
        let ahead = next.since(now);
        if ahead > HOUR {
            metrics::counter!("mewayz_sign_in_delayed_total").increment(1);
            return Err(Error::Limited { retry_after: ahead - HOUR });
        }
        *due = next;
        Ok(())
    }

    /// The password was right.
    pub(crate) fn forgive(&self, email: &str, address: IpAddr) {
        let pair = (fingerprint(email), address);
        self.pairs.invalidate(&pair);
        let counted = !self.own.contains_key(&pair);
        if let Some(due) = self.accounts.get(&pair.0).filter(|_| counted) {
            let mut due = due.lock().unwrap_or_else(PoisonError::into_inner);
            *due = due.minus(HOUR / HOURLY);
        }
        self.own.insert(pair, ());
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
    fn an_account_tried_from_everywhere_lets_in_those_at_home() {
        let (throttle, now) = (Throttle::default(), Timestamp::from_micros(1_000_000_000_000));
        let address = |number: u32| IpAddr::from(number.to_be_bytes());
        throttle.attempt("ada", address(0), now).expect("the first attempt");
        throttle.forgive("ada", address(0));
        let tries = |now| {
            (1..=100)
                .filter(|number| throttle.attempt("ada", address(*number), now).is_ok())
                .count()
        };
        assert_eq!(tries(now), 50);
        let refused = throttle.attempt("ada", address(200), now);
        assert!(
            matches!(refused, Err(Error::Limited { retry_after }) if retry_after == HOUR / HOURLY)
        );
        assert!(throttle.attempt("ada", address(0), now).is_ok(), "shut out of the own home");
        assert!(throttle.attempt("bob", address(200), now).is_ok(), "another account suffers");
        assert_eq!(tries(now.plus(HOUR)), 50);
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
