//! What happens by the clock.

use std::time::Duration;

use kernel::Timestamp;

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
