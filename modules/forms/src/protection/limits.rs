//! How much may come from one address within a stretch of time.

use std::time::Duration;

/// So many within a stretch, which begins with its first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) most: u32,
    pub(crate) stretch: Stretch,
}

/// What is counted for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Stretch {
    /// Submissions.
    Hour,
    Day,
    /// Uploads that were begun.
    UploadHour,
}

impl Stretch {
    /// The word in the table.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Stretch::Hour => "hour",
            Stretch::Day => "day",
            Stretch::UploadHour => "upload_hour",
        }
    }

    pub(crate) fn length(self) -> Duration {
        match self {
            Stretch::Hour | Stretch::UploadHour => Duration::from_secs(60 * 60),
            Stretch::Day => Duration::from_secs(24 * 60 * 60),
        }
    }
}

impl Limit {
    pub(crate) fn hourly(most: u32) -> Self {
        Limit { most, stretch: Stretch::Hour }
    }

    pub(crate) fn daily(most: u32) -> Self {
        Limit { most, stretch: Stretch::Day }
    }

    /// Why what goes beyond it looks like spam.
    pub(crate) fn passed(self) -> String {
        let within = match self.stretch {
            Stretch::Hour | Stretch::UploadHour => "an hour",
            Stretch::Day => "a day",
        };
        format!("More than {} came from its address within {within}.", self.most)
    }
}
