//! When the next attempt is due.

use std::time::Duration;

use kernel::{Chance, Timestamp};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// Seconds between one attempt and the next: soon at first, then as mail servers do it (RFC 5321, section
/// 4.5.4.1), for two and a half days in all.
const PAUSES: [u64; 10] = [
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    20 * HOUR,
    24 * HOUR,
];

/// What has waited for longer than this before its first attempt is not sent by itself any more: nobody wants
/// to be surprised by mails of last month because a server was set up.
pub(super) const STALE: Duration = Duration::from_secs(3 * 24 * HOUR);

/// The moment of the attempt after so many; none when it was the last. A pause is up to a tenth longer, so that
/// what failed together does not come back together.
pub(super) fn next(tries: i64, now: Timestamp, chance: &Chance) -> Option<Timestamp> {
    let seconds = *PAUSES.get(usize::try_from(tries - 1).ok()?)?;
    let more = Duration::from_millis(chance.below(seconds * 100));
    Some(now.plus(Duration::from_secs(seconds) + more))
}

/// When a job looks after what is due then: not for each mail by itself.
pub(super) fn looked_at(due: Timestamp) -> Timestamp {
    const STEP: i64 = 10_000_000;
    Timestamp::from_micros((due.micros() + STEP - 1).div_euclid(STEP) * STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_785_748_320_500_000);

    #[test]
    fn eleven_attempts_take_two_and_a_half_days() {
        let chance = Chance::seeded(1);
        let mut now = NOW;
        for tries in 1..11 {
            let seconds = PAUSES[usize::try_from(tries - 1).unwrap()] as f64;
            let due = next(tries, now, &chance).expect("another");
            let pause = due.since(now).as_secs_f64();
            assert!((seconds..seconds * 1.1).contains(&pause), "{tries}: {pause}");
            now = due;
        }
        assert_eq!(next(11, now, &chance), None);
        let days = now.since(NOW).as_secs_f64() / 86_400.0;
        assert!((2.4..2.8).contains(&days), "{days}");
    }

    #[test]
    fn one_job_looks_after_what_is_due_at_about_the_same_time() {
        let at = |seconds: f64| NOW.plus(Duration::from_secs_f64(seconds));
        assert_eq!(looked_at(at(61.0)), looked_at(at(65.0)));
        assert!(looked_at(at(61.0)) >= at(61.0));
    }
}
