//! A place in the list of dead letters, as cursors carry it.

use std::{fmt, str::FromStr};

use ::jobs::JobId;
use kernel::Timestamp;

use super::json::DeadLetter;

/// The last one seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place(pub(crate) Timestamp, pub(crate) JobId);

impl Place {
    pub(crate) fn of(letter: &DeadLetter) -> Self {
        Place(letter.died_at, letter.id)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0.micros(), self.1)
    }
}

/// A text that is no place.
#[derive(Debug)]
pub(crate) struct NoPlace;

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let (micros, id) = text.split_once('-').ok_or(NoPlace)?;
        let died_at = Timestamp::from_micros(micros.parse().map_err(|_| NoPlace)?);
        Ok(Place(died_at, id.parse().map_err(|_| NoPlace)?))
    }
}
