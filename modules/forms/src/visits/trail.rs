//! What the page of a form carries along of a visit, through all its pages: since when, and from where.

use axum::http::{HeaderMap, Method};
use kernel::Timestamp;

use super::{
    bots::is_seen,
    source::{tidy, trace},
};
use crate::{pages::sent, submissions::trace::Trace};

/// The input that carries it.
pub(crate) const VISIT: &str = "_visit";
/// Letters of it that are read.
const LONGEST: usize = 4_000;
/// Who takes longer has left the page open.
const LONGEST_SECONDS: i64 = 86_400;

/// A visit as its page tells it; a program can tell anything, but only in these bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trail {
    /// When the form was shown.
    shown: i64,
    /// So many seconds later a field was changed first; none where no script runs.
    began: Option<i64>,
    /// From where; how long it took is not known yet.
    pub(crate) from: Trace,
}

impl Trail {
    /// Begins where a person looks at a form for the first time.
    pub(crate) fn begin(
        now: Timestamp,
        method: &Method,
        headers: &HeaderMap,
        pairs: &[(String, String)],
    ) -> Option<Self> {
        let shown = seconds(now);
        is_seen(method, headers).then(|| Trail { shown, began: None, from: trace(pairs, headers) })
    }

    /// What came back with the form.
    pub(crate) fn read(pairs: &[(String, String)]) -> Option<Self> {
        let text = sent(pairs, VISIT).filter(|text| text.len() <= LONGEST)?;
        let told: Vec<(String, String)> = serde_urlencoded::from_str(text).ok()?;
        let number = |name| sent(&told, name).and_then(|number| number.parse().ok());
        let part = |name| sent(&told, name).and_then(tidy);
        let (source, medium, campaign) = (part("source")?, part("medium"), part("campaign"));
        let from = Trace { source, medium, campaign, seconds: None };
        Some(Trail { shown: number("shown")?, began: number("began"), from })
    }

    /// As the page carries it.
    pub(crate) fn text(&self) -> String {
        let (shown, Trace { source, medium, campaign, .. }) = (self.shown.to_string(), &self.from);
        let parts = [("medium", medium.as_deref()), ("campaign", campaign.as_deref())];
        let parts = parts.into_iter().filter_map(|(name, part)| Some((name, part?)));
        let known = [("shown", shown.as_str()), ("source", source)];
        // Cannot fail: names and values are texts.
        serde_urlencoded::to_string(known.into_iter().chain(parts).collect::<Vec<_>>())
            .unwrap_or_default()
    }

    /// Whether the browser has told that somebody began.
    pub(crate) fn is_begun(&self) -> bool {
        self.began.is_some()
    }

    /// What is kept of it with what is sent now.
    pub(crate) fn trace(self, now: Timestamp) -> Trace {
        let began = self.shown.saturating_add(self.began.unwrap_or(0).max(0));
        let taken = seconds(now).saturating_sub(began);
        let taken = (0..=LONGEST_SECONDS).contains(&taken).then_some(taken);
        Trace { seconds: taken, ..self.from }
    }
}

fn seconds(at: Timestamp) -> i64 {
    at.micros().div_euclid(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    fn read(text: &str) -> Option<Trail> {
        Trail::read(&[(VISIT.to_owned(), text.to_owned())])
    }

    #[test]
    fn seconds_run_from_the_first_change_and_not_beyond_a_day() {
        let taken = |text: &str, now| read(text).and_then(|trail| trail.trace(at(now)).seconds);
        assert_eq!(taken("shown=1000&source=direct", 1_060), Some(60));
        assert_eq!(taken("shown=1000&source=direct&began=20", 1_060), Some(40));
        assert_eq!(taken("shown=1000&source=direct&began=90", 1_060), None);
        assert_eq!(taken("shown=1000&source=direct&began=-90", 1_060), Some(60));
        assert_eq!(taken("shown=1000&source=direct", 1_001 + LONGEST_SECONDS), None);
        assert_eq!(taken("shown=-9223372036854775808&source=direct", 9), None);
    }

    #[test]
    fn it_comes_back_as_it_went() {
        let from = Trace {
            source: "a & b=c".into(),
            medium: Some("e-mail".into()),
            campaign: None,
            seconds: None,
        };
        let trail = Trail { shown: 7, began: None, from };
        assert_eq!(read(&trail.text()), Some(trail));
        for text in ["", "shown=x&source=a", "shown=1&source=%20", &"x".repeat(5_000)] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
