//! How much came from each address, form by form: in memory, of this process, and of bounded size.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use kernel::Timestamp;
use moka::sync::Cache;

use crate::ids::FormId;

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Addresses remembered at most, each for one form; those in frequent use stay.
const KEPT: u64 = 100_000;

/// So many submissions within a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) most: u32,
    within: Duration,
    /// What the stretch is called.
    pub(crate) word: &'static str,
}

impl Limit {
    pub(crate) fn hourly(most: u32) -> Self {
        Limit { most, within: HOUR, word: "an hour" }
    }

    /// How long the stretch is.
    pub(crate) fn within(self) -> Duration {
        self.within
    }

    pub(crate) fn daily(most: u32) -> Self {
        Limit { most, within: DAY, word: "a day" }
    }
}

/// Submissions since a moment.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    since: Timestamp,
    count: u32,
}

/// One for each stretch.
type Counts = Arc<Mutex<[Count; 2]>>;

/// Who has sent how much.
pub(crate) struct Addresses(Cache<(FormId, IpAddr), Counts>);

impl Default for Addresses {
    fn default() -> Self {
        Addresses(Cache::builder().max_capacity(KEPT).time_to_idle(DAY).build())
    }
}

impl Addresses {
    /// Counts one more and says which limit it goes beyond, if any. A stretch begins with its first submission.
    pub(crate) fn count(
        &self,
        form: FormId,
        address: IpAddr,
        limits: impl Iterator<Item = Limit>,
        now: Timestamp,
    ) -> Option<Limit> {
        let mut limits = limits.peekable();
        limits.peek()?;
        let counts = self.0.get_with((form, address), Counts::default);
        let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
        for (count, within) in counts.iter_mut().zip([HOUR, DAY]) {
            if count.count == 0 || now.since(count.since) >= within {
                *count = Count { since: now, count: 0 };
            }
            count.count = count.count.saturating_add(1);
        }
        let passed = |limit: &Limit| counts[usize::from(limit.within == DAY)].count > limit.most;
        limits.find(passed)
    }

    /// Takes back one that was counted and came to nothing.
    pub(crate) fn forget_one(&self, form: FormId, address: IpAddr) {
        let Some(counts) = self.0.get(&(form, address)) else { return };
        for count in counts.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
            count.count = count.count.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Chance;

    use super::*;

    const START: Timestamp = Timestamp::from_micros(1_785_748_320_000_000);

    #[test]
    fn an_address_has_its_measure_an_hour_and_a_day() {
        let addresses = Addresses::default();
        let chance = Chance::seeded(1);
        let [form, other] = [0, 1].map(|_| FormId::new(START, &chance));
        let [near, far] = ["192.0.2.1", "192.0.2.2"].map(|it| it.parse().expect("an address"));
        let limits = || [Limit::hourly(2), Limit::daily(4)].into_iter();
        let send = |form, address, now| addresses.count(form, address, limits(), now);
        assert_eq!(send(form, near, START), None);
        assert_eq!(send(form, near, START), None);
        assert_eq!(send(form, near, START), Some(Limit::hourly(2)));
        assert_eq!((send(form, far, START), send(other, near, START)), (None, None));
        addresses.forget_one(form, near);
        let later = START.plus(HOUR);
        assert_eq!((send(form, near, later), send(form, near, later)), (None, None));
        assert_eq!(send(form, near, later.plus(HOUR)), Some(Limit::daily(4)));
        assert_eq!(send(form, near, START.plus(DAY)), None);
    }

    #[test]
    fn without_a_limit_nobody_is_remembered() {
        let addresses = Addresses::default();
        let form = FormId::new(START, &Chance::seeded(1));
        let near = "192.0.2.1".parse().expect("an address");
        assert_eq!(addresses.count(form, near, std::iter::empty(), START), None);
        assert_eq!(addresses.0.iter().count(), 0);
    }
}
