//! Why a form takes no submission, decided here for all who ask: heads and lists, hosted pages, the API.

use kernel::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{FormHead, acceptance::Acceptance};

/// Why a form takes no submission at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FormRefusal)]
pub(crate) enum Refusal {
    /// It was put away.
    Archived,
    /// It was never published.
    Draft,
    /// Its makers closed it.
    Closed,
    /// The moment up to which it takes submissions has passed.
    PastClosing,
    /// As many as it takes have come in.
    Full,
}

impl Refusal {
    /// For its makers, as a sentence.
    pub(crate) fn told(self) -> &'static str {
        match self {
            Refusal::Archived => "It is archived.",
            Refusal::Draft => "It was never published.",
            Refusal::Closed => "It was closed. Publish it to open it again.",
            Refusal::PastClosing => "The time until which it takes answers has passed.",
            Refusal::Full => "As many submissions as it takes have come in.",
        }
    }
}

impl Acceptance {
    /// Why a form that accepts this takes no submission now, while so many hold a place. Whether there is
    /// still a place is settled for good only when a submission is stored.
    pub(crate) fn refusal(&self, published: bool, held: i64, now: Timestamp) -> Option<Refusal> {
        if !published {
            Some(Refusal::Closed)
        } else if self.closes_at.is_some_and(|at| at <= now) {
            Some(Refusal::PastClosing)
        } else if self.submission_limit.is_some_and(|limit| held >= limit) {
            Some(Refusal::Full)
        } else {
            None
        }
    }
}

impl FormHead {
    /// Why it takes no submission now.
    pub(crate) fn refusal(&self, now: Timestamp) -> Option<Refusal> {
        match self.acceptance.refusal(self.published, self.held, now) {
            Some(Refusal::Closed) if self.archived_at.is_some() => Some(Refusal::Archived),
            Some(Refusal::Closed) if self.version == 0 => Some(Refusal::Draft),
            refusal => refusal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_refuses_for_the_first_reason_that_holds() {
        let at = Timestamp::from_micros;
        let limits = Acceptance {
            closes_at: Some(at(10)),
            submission_limit: Some(2),
            ..Acceptance::default()
        };
        let asked = [(false, 2, 10), (true, 2, 10), (true, 2, 9), (true, 1, 9), (true, 0, 11)];
        let told = asked.map(|(published, held, now)| limits.refusal(published, held, at(now)));
        let past = Some(Refusal::PastClosing);
        assert_eq!(told, [Some(Refusal::Closed), past, Some(Refusal::Full), None, past]);
        assert_eq!(Acceptance::default().refusal(true, 9, at(99)), None);
    }
}
