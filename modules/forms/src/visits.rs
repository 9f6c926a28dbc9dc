//! Visits of hosted forms, in figures: shown, begun, walked through. Nobody is recognised, no cookie is set and no
//! address is stored; what tells one visit from another is the key of the page, which the page alone carries.

pub(crate) mod bots;
mod counter;
pub(crate) mod source;
pub(crate) mod store;
pub(crate) mod trail;

use kernel::WorkspaceId;

use crate::ids::FormId;

pub(crate) use counter::Visits;

/// What is counted, of which form, under which term.
type Place = (WorkspaceId, FormId, Figure, String);

/// How often.
#[derive(Debug, Default, Clone)]
struct Count {
    times: i64,
    /// What counts once, however many processes hear of it.
    marks: Vec<i64>,
}

/// What is counted of visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Figure {
    /// A form was shown, by source.
    View,
    /// Somebody began.
    Start,
    /// A page was reached, by its key.
    Page,
    /// Somebody went on from a page, or sent the form from it.
    Passed,
}

impl Figure {
    /// The word in the table.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Figure::View => "view",
            Figure::Start => "start",
            Figure::Page => "page",
            Figure::Passed => "passed",
        }
    }
}
