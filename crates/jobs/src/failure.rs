//! How an attempt can fail, and when the next one is due.

use std::time::Duration;

use kernel::{Chance, Error, Timestamp};

/// Why an attempt did not succeed, and what is to become of the job.
#[derive(Debug)]
pub enum Failure {
    /// Try again after the usual back-off.
    Retry(Error),
    /// Try again at a known moment, such as the one a provider asked for. It counts as an attempt.
    RetryAt(Timestamp, String),
    /// What it needs is in use: try again after this time. It does not count as an attempt.
    Busy(Duration),
    /// It can never succeed: a dead letter at once.
    Fail(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Retry(error)
    }
}

const LONGEST_TEXT: usize = 4096;

/// The fourth power of the attempt in seconds plus up to a fifth of jitter, at most an hour.
pub(crate) fn back_off(attempt: u32, chance: &Chance) -> Duration {
    const LONGEST: u64 = 3000;
    let seconds = u64::from(attempt).saturating_pow(4).clamp(1, LONGEST);
    Duration::from_secs(seconds) + Duration::from_millis(chance.below(seconds * 200))
}

/// What the operator reads: the cause, which clients never see.
pub(crate) fn describe(error: &Error) -> String {
    match error {
        Error::Internal { cause, at } => format!("{cause} (at {at})"),
        Error::Unavailable { cause, .. } => cause.clone(),
        Error::Invalid(_) => format!("{error} {:?}", error.fields()),
        _ => error.to_string(),
    }
}

/// Short enough to keep, and without the NUL that PostgreSQL refuses in a text.
pub(crate) fn clip(text: &str) -> String {
    let mut text = text.replace('\0', "\u{fffd}");
    text.truncate(text.floor_char_boundary(LONGEST_TEXT));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_back_off_grows_and_never_exceeds_an_hour() {
        let chance = Chance::seeded(1);
        let seconds = |attempt| back_off(attempt, &chance).as_secs_f64();
        assert!((1.0..1.2).contains(&seconds(1)));
        assert!((16.0..19.2).contains(&seconds(2)));
        assert!((625.0..750.0).contains(&seconds(5)));
        for attempt in [8, 12, 1000, u32::MAX] {
            assert!((3000.0..=3600.0).contains(&seconds(attempt)));
        }
    }

    #[test]
    fn a_long_error_is_clipped_between_letters() {
        let text = clip(&format!("\0{}", "é".repeat(4000)));
        assert!(text.len() <= LONGEST_TEXT && text.starts_with("\u{fffd}é") && text.ends_with('é'));
    }
}
