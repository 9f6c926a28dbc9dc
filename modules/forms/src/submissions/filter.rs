//! The filter over a form's submissions: one type for the page, the API, saved views and bulk actions.
//!
//! Its public shape is an address' query, `?status=done&answers.country=DE&q=rye`, read by [`Filter::take`]
//! and written by [`Filter::pairs`]. Several values of one name mean any of them; different names all hold.

mod condition;
mod parse;

use std::borrow::Cow;

use kernel::{Timestamp, UserId};

use self::condition::holds_own;
use super::{state::State, tray::Tray};
use crate::{answers::Answers, definition::Definition};

pub(crate) use condition::{Bound, Condition, each};

/// Which submissions are meant. The default means all that are neither spam nor deleted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Filter {
    /// `q`: words that all occur in the answers, or a number.
    pub(crate) words: Option<String>,
    /// `tray`; without one, all that are open or archived.
    pub(crate) tray: Option<Tray>,
    /// `status`: keys of statuses.
    pub(crate) statuses: Vec<String>,
    /// `assignee`: a person's id, or `nobody`.
    pub(crate) assignees: Vec<Option<UserId>>,
    /// `tag`: keys of tags.
    pub(crate) tags: Vec<String>,
    /// `source`: `api`, `bulk`, `page` …
    pub(crate) sources: Vec<String>,
    /// `visit_source`: from where whoever answered on the hosted page came.
    pub(crate) visit_sources: Vec<String>,
    /// `version` of the form.
    pub(crate) versions: Vec<i64>,
    /// `since`: received at or after this moment.
    pub(crate) since: Option<Timestamp>,
    /// `until`: received before this moment.
    pub(crate) until: Option<Timestamp>,
    /// `answers.KEY=VALUE`, `answers.KEY.min`, `.max`, `.words`, `.answered`, `.other`.
    pub(crate) answers: Vec<(String, Condition)>,
}

impl Filter {
    /// Whether anything beside the tray narrows the list.
    pub(crate) fn narrows(&self) -> bool {
        Filter { tray: None, ..self.clone() } != Filter::default()
    }

    /// Whether a submission in this state can be meant.
    pub(crate) fn takes_state(&self, state: &State) -> bool {
        let tray = self.tray.map_or(state.tray.is_kept(), |tray| tray == state.tray);
        let any = |list: &[String], held: &str| list.is_empty() || list.iter().any(|it| it == held);
        tray && any(&self.statuses, &state.status)
            && (self.assignees.is_empty() || self.assignees.contains(&state.assignee))
            && (self.tags.is_empty() || self.tags.iter().any(|tag| state.tags.contains(tag)))
    }

    /// Whether these answers can be meant; the definition tells how people read them.
    pub(crate) fn takes_answers(&self, answers: &Answers, definition: Option<&Definition>) -> bool {
        self.answers.iter().all(|(key, condition)| {
            let field = definition.and_then(|definition| definition.field(key));
            let text = || field.and_then(|field| answers.shown(field)).map(Cow::into_owned);
            let value = answers.get(key);
            let own = || value.zip(field).is_some_and(|(value, field)| holds_own(value, field));
            condition.holds(value, text) && (*condition != Condition::Own || own())
        })
    }

    /// Whether one of the facets narrows: answers, version, source, and that of the visit.
    pub(crate) fn asks_facets(&self) -> bool {
        let origin = [&self.sources, &self.visit_sources].iter().any(|it| !it.is_empty());
        origin || !self.versions.is_empty() || !self.answers.is_empty()
    }
}
