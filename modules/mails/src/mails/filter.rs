//! Which part of the log is asked for.

use kernel::{Error, Result, Timestamp};
use serde::Deserialize;

use super::{state, store};
use crate::ids::{MailId, first_mail_of};

/// Which part of the log is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filter {
    pub(crate) state: Option<String>,
    pub(crate) about: Option<String>,
    pub(crate) recipient: Option<String>,
    pub(crate) limit: Option<i64>,
    pub(crate) cursor: Option<String>,
}

impl Filter {
    pub(crate) fn asked(&self, place: Option<MailId>) -> Result<store::Asked> {
        let filled = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let state = filled(&self.state);
        if state.as_ref().is_some_and(|state| !state::ALL.contains(&state.as_str())) {
            let message = "Ask for pending, sending, sent or failed.";
            return Err(Error::invalid("state", "unknown", message));
        }
        let last = first_mail_of(Timestamp::from_micros(LAST));
        let (about, recipient) = (filled(&self.about), filled(&self.recipient));
        Ok(store::Asked { state, about, recipient, before: place.unwrap_or(last) })
    }
}

/// As late as an id can tell.
const LAST: i64 = ((1 << 48) - 1) * 1_000;
