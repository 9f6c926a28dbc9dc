//! What the desk says of a submission: its status, its tray, whose it is, its tags.

pub(crate) mod change;
mod lessons;
pub(crate) mod store;
pub(crate) mod undoing;

use kernel::{Timestamp, UserId};

use super::tray::Tray;
use crate::ids::{FormId, SubmissionId};

/// Where work on a submission stands; the default is how everything arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    /// The key of a status.
    pub(crate) status: String,
    pub(crate) tray: Tray,
    /// Where it goes back to when it is restored.
    pub(crate) earlier_tray: Tray,
    /// Why it lies in spam.
    pub(crate) reason: Option<String>,
    pub(crate) assignee: Option<UserId>,
    pub(crate) comment_count: i64,
    /// Keys of tags, in their order.
    pub(crate) tags: Vec<String>,
    /// When it came into its tray; none: at the moment at which it is written.
    pub(crate) moved_at: Option<Timestamp>,
}

/// The status of what nobody has touched.
pub(crate) const NEW: &str = "new";
/// The status of what someone works on.
pub(crate) const IN_PROGRESS: &str = "in_progress";
/// The status of what needs no more work.
pub(crate) const DONE: &str = "done";

impl Default for State {
    fn default() -> Self {
        State {
            status: NEW.to_owned(),
            tray: Tray::Open,
            earlier_tray: Tray::Open,
            reason: None,
            assignee: None,
            comment_count: 0,
            tags: Vec::new(),
            moved_at: None,
        }
    }
}

impl State {
    /// Whether it is as it arrived but for tags, which have rows of their own.
    pub(crate) fn is_plain(&self) -> bool {
        State { tags: Vec::new(), moved_at: None, ..self.clone() } == State::default()
    }
}

/// What a change is about, and who makes it.
pub(crate) struct Scene<'a> {
    pub(crate) form: FormId,
    /// Who acts, as the log names them.
    pub(crate) actor: &'a str,
    pub(crate) now: Timestamp,
    /// The bulk action that this is a part of.
    pub(crate) bulk_action: Option<&'a str>,
}

/// A submission that a step changed: how it was and how it is.
#[derive(Debug)]
pub(crate) struct Changed {
    pub(crate) id: SubmissionId,
    pub(crate) number: i64,
    pub(crate) before: State,
    pub(crate) after: State,
}

/// A step that was taken with a submission, as its history tells it.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Taken {
    pub(crate) submission_id: SubmissionId,
    pub(crate) number: i64,
    pub(crate) seq: i64,
    pub(crate) detail: db::Json,
}
