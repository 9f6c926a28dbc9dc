//! What happens by the clock.

use std::time::Duration;

use db::Tx;
use kernel::{Chance, Result, Timestamp};

use crate::{Registry, enqueue_many, store};

/// When something recurs, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    every: Duration,
    offset: Duration,
}

const DAY: Duration = Duration::from_secs(86_400);

impl Schedule {
    /// Again and again, at multiples of `interval` since 1970.
    pub const fn every(interval: Duration) -> Self {
        Schedule { every: interval, offset: Duration::ZERO }
    }

    /// Every day at this time of day in UTC.
    pub const fn daily(hour: u32, minute: u32) -> Self {
        let seconds = (hour % 24) as u64 * 3600 + (minute % 60) as u64 * 60;
        Schedule { every: DAY, offset: Duration::from_secs(seconds) }
    }

    /// The first firing after `moment`.
    pub fn next_after(self, moment: Timestamp) -> Timestamp {
        let every = micros(self.every).max(1);
        let offset = micros(self.offset);
        let count = (moment.micros() - offset).div_euclid(every) + 1;
        Timestamp::from_micros(count.saturating_mul(every).saturating_add(offset))
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// Makes every schedule known to the database, which then holds when each is due.
pub(crate) async fn announce(tx: &mut Tx, registry: &Registry, now: Timestamp) -> Result<()> {
    for scheduled in registry.scheduled() {
        store::upsert_schedule(tx, scheduled.name, scheduled.schedule.next_after(now)).await?;
    }
    Ok(())
}

/// What firing brought.
#[derive(Debug, Default)]
pub(crate) struct Fired {
    pub(crate) count: usize,
    /// When the next schedule is due.
    pub(crate) next: Option<Timestamp>,
}

/// Enqueues what is due. The next firing is reckoned from now, so that what was missed is caught up once.
pub(crate) async fn fire(
    tx: &mut Tx,
    registry: &Registry,
    now: Timestamp,
    chance: &Chance,
) -> Result<Fired> {
    let mut fired = Fired::default();
    if registry.scheduled().is_empty() {
        return Ok(fired);
    }
    for (name, mut due) in store::list_schedules(tx).await? {
        // Another version of the program may know it.
        let Some(known) = registry.scheduled().iter().find(|known| known.name == name) else {
            continue;
        };
        if due <= now {
            let next = known.schedule.next_after(now);
            // Whoever moves the date on enqueues; another process finds it moved.
            if store::move_schedule(tx, &name, due, next, now).await? {
                enqueue_many(tx, vec![(known.make)()], now, chance).await?;
                fired.count += 1;
            }
            due = next;
        }
        fired.next = fired.next.into_iter().chain([due]).min();
    }
    Ok(fired)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firings_lie_on_the_grid_of_the_day() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let nightly = Schedule::daily(3, 30);
        assert_eq!(nightly.next_after(at("2026-11-21T03:29:59Z")), at("2026-11-21T03:30:00Z"));
        assert_eq!(nightly.next_after(at("2026-11-21T03:30:00Z")), at("2026-11-22T03:30:00Z"));
        let often = Schedule::every(Duration::from_secs(300));
        assert_eq!(often.next_after(at("2026-11-21T03:31:00Z")), at("2026-11-21T03:35:00Z"));
    }
}
