//! Where a submission lies: among the open ones, in the archive, in spam or in the bin.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) const DAY: Duration = Duration::from_secs(86_400);
/// Days in the bin.
pub(crate) const BIN_DAYS: u32 = 30;

/// A tray of the desk.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Tray {
    /// To be worked on; where everything arrives.
    Open,
    /// Put away, and kept.
    Archived,
    /// Unwanted, and kept apart.
    Spam,
    /// Deleted, and gone for good after 30 days.
    Bin,
}

impl Tray {
    pub(crate) const ALL: [Tray; 4] = [Tray::Open, Tray::Archived, Tray::Spam, Tray::Bin];

    /// The word in addresses, JSON and tables.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Tray::Open => "open",
            Tray::Archived => "archived",
            Tray::Spam => "spam",
            Tray::Bin => "bin",
        }
    }

    /// What people read.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Tray::Open => "Open",
            Tray::Archived => "Archive",
            Tray::Spam => "Spam",
            Tray::Bin => "Bin",
        }
    }

    /// The tray of that word.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tray| tray.as_str() == word)
    }

    /// Whether one counts what lies here among the answers.
    pub(crate) fn is_kept(self) -> bool {
        matches!(self, Tray::Open | Tray::Archived)
    }
}
