//! A visit that walks from page to page of a form, known by the key that its page was made with.

use kernel::Timestamp;

use super::views::KEY;
use crate::{
    pages::sent,
    published::Published,
    steps::Step,
    submissions::trace::Trace,
    visits::{Visits, trail::Trail},
};

/// One that says nothing of itself is not counted.
pub(super) struct Walk<'a> {
    visits: &'a Visits,
    form: &'a Published,
    /// Its key, and whether the browser has told that it began.
    known: Option<(String, bool)>,
}

impl<'a> Walk<'a> {
    pub(super) fn of(visits: &'a Visits, form: &'a Published, pairs: &[(String, String)]) -> Self {
        let trail = Trail::read(pairs);
        let known = trail.and_then(|trail| Some((key_of(pairs)?, trail.is_begun())));
        Walk { visits, form, known }
    }

    /// Whoever sends a page has begun.
    pub(super) fn began(&self) {
        if let Some((key, false)) = &self.known {
            self.visits.began(self.form, key);
        }
    }

    /// Goes on from a page, to another or to the end.
    pub(super) fn passed(&self, from: &Step<'_>, to: Option<&Step<'_>>) {
        if let Some((key, _)) = &self.known {
            self.visits.passed(self.form, key, from.name(), to.map(Step::name));
        }
    }
}

/// From where what is sent now came, and how long it took.
pub(super) fn trace(
    visits: &Visits,
    now: Timestamp,
    form: &Published,
    pairs: &[(String, String)],
) -> Option<Trace> {
    let mut trace = Trail::read(pairs)?.trace(now);
    trace.source = visits.known(form, now, trace.source);
    Some(trace)
}

/// The key that the page was made with, unless someone has tampered with it.
pub(super) fn key_of(pairs: &[(String, String)]) -> Option<String> {
    sent(pairs, KEY).filter(|key| is_key(key)).map(str::to_owned)
}

/// Whether a page may have it as its key.
pub(super) fn is_key(key: &str) -> bool {
    (8..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
