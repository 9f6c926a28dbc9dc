//! When the next attempt is due.

use std::time::Duration;

use kernel::{Chance, Timestamp};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// Seconds between one attempt and the next, as the Standard Webhooks specification recommends: the tenth
/// attempt comes three days after the first, and is the last.
const PAUSES: [u64; 9] =
    [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

/// Longer than this nobody is waited for, whatever they ask.
const LONGEST: Duration = Duration::from_secs(24 * HOUR);

/// The moment of the attempt after so many; none when it was the last. A pause is up to a tenth longer, so that
/// what failed together does not come back together; an endpoint may ask for a longer one.
pub(super) fn next(
    tries: i64,
    asked: Option<Duration>,
    now: Timestamp,
    chance: &Chance,
) -> Option<Timestamp> {
    let seconds = *PAUSES.get(usize::try_from(tries - 1).ok()?)?;
    let pause = Duration::from_secs(seconds) + Duration::from_millis(chance.below(seconds * 100));
    Some(now.plus(pause.max(asked.unwrap_or_default().min(LONGEST))))
}

/// When a job looks after what is due then: not for each delivery by itself.
pub(super) fn looked_at(due: Timestamp, now: Timestamp) -> Timestamp {
    const SECOND: i64 = 1_000_000;
    let step = if due.since(now) < Duration::from_secs(MINUTE) { SECOND } else { 60 * SECOND };
    Timestamp::from_micros((due.micros() + step - 1).div_euclid(step) * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_785_748_320_500_000);

    #[test]
    fn ten_attempts_take_three_days() {
        let chance = Chance::seeded(1);
        let mut now = NOW;
        for tries in 1..10 {
            let seconds = PAUSES[usize::try_from(tries - 1).unwrap()] as f64;
            let due = next(tries, None, now, &chance).expect("another");
            let pause = due.since(now).as_secs_f64();
            assert!((seconds..seconds * 1.1).contains(&pause), "{tries}: {pause}");
            now = due;
        }
        assert_eq!(next(10, None, now, &chance), None);
        let days = now.since(NOW).as_secs_f64() / 86_400.0;
        assert!((3.1..3.6).contains(&days), "{days}");
    }

    #[test]
    fn an_endpoint_may_ask_for_more_time_but_not_for_ever() {
        let chance = Chance::seeded(1);
        let asked = |seconds| next(1, Some(Duration::from_secs(seconds)), NOW, &chance);
        assert_eq!(asked(120).map(|due| due.since(NOW).as_secs()), Some(120));
        assert_eq!(asked(10 * 24 * HOUR).map(|due| due.since(NOW)), Some(LONGEST));
        assert!(asked(1).is_some_and(|due| due.since(NOW) >= Duration::from_secs(5)));
    }

    #[test]
    fn one_job_looks_after_what_is_due_at_about_the_same_time() {
        let at = |seconds: f64| NOW.plus(Duration::from_secs_f64(seconds));
        assert_eq!(looked_at(at(5.1), NOW), at(5.5));
        assert_eq!(looked_at(at(300.2), NOW), looked_at(at(310.0), NOW));
        assert!(looked_at(at(300.2), NOW) >= at(300.2));
    }
}
