//! Erasing one person's data: looked for first, then deleted for good, with what was copied of it.

pub(crate) mod cancel;
pub(crate) mod counts;
pub(crate) mod create;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod person;
pub(crate) mod run;
pub(crate) mod secrets;
pub(crate) mod show;
pub(crate) mod start;
mod steps;
pub(crate) mod store;
pub(crate) mod sweep;
pub(crate) mod views;

use std::time::Duration;

use db::{Json, Tx};
use kernel::{Error, Id, Permission, Result, Timestamp, WorkspaceId};
use web::Entity;

use self::{counts::Counts, person::Person, secrets::Secrets};
use crate::{SUBMISSIONS_DELETE, ids::ErasureKind};

pub(crate) use crate::ids::ErasureId;

/// How long the address of a search is kept that nobody acts on.
pub(crate) const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How long at most it is kept while a job works; none takes so long.
pub(crate) const KEPT_AT_WORK: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// A search for one person's data, and its deletion.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Erasure {
    pub(crate) workspace_id: WorkspaceId,
    pub(crate) id: ErasureId,
    /// Keyed; the same for the same address.
    pub(crate) address_hash: String,
    /// Gone from the end on.
    pub(crate) sealed: Option<String>,
    pub(crate) requested_by: String,
    /// One of [`Status`]'s words.
    pub(crate) status: String,
    /// Where the work is; see [`steps`].
    pub(crate) step: String,
    pub(crate) place: String,
    /// Submissions that were looked at, and about how many there are.
    pub(crate) looked: i64,
    pub(crate) total: i64,
    /// [`Counts`] of the search, and of what was deleted.
    pub(crate) found: Json,
    pub(crate) erased: Json,
    pub(crate) error: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) started_at: Option<Timestamp>,
    pub(crate) finished_at: Option<Timestamp>,
    pub(crate) expires_at: Option<Timestamp>,
}

/// How far an erasure has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// A job looks for what there is.
    Searching,
    /// It is known what would go.
    Found,
    /// A job deletes it.
    Erasing,
    Done,
    Failed,
    /// Nobody wants it any more; nothing was deleted.
    Cancelled,
}

impl Status {
    const ALL: [Status; 6] = [
        Status::Searching,
        Status::Found,
        Status::Erasing,
        Status::Done,
        Status::Failed,
        Status::Cancelled,
    ];

    /// The word in tables and in the API.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Status::Searching => "searching",
            Status::Found => "found",
            Status::Erasing => "erasing",
            Status::Done => "done",
            Status::Failed => "failed",
            Status::Cancelled => "cancelled",
        }
    }
}

impl Erasure {
    pub(crate) fn status(&self) -> Status {
        let known = Status::ALL.into_iter().find(|status| status.word() == self.status);
        known.unwrap_or(Status::Failed)
    }

    /// Whether a job works on it.
    pub(crate) fn is_at_work(&self) -> bool {
        matches!(self.status(), Status::Searching | Status::Erasing)
    }

    pub(crate) fn found(&self) -> Result<Counts> {
        self.found.read()
    }

    pub(crate) fn erased(&self) -> Result<Counts> {
        self.erased.read()
    }

    /// Whom it is about, for as long as that is kept.
    pub(crate) fn person(&self, secrets: &Secrets) -> Result<Option<Person>> {
        self.sealed.as_ref().map(|sealed| secrets.open(self.id, sealed)).transpose()
    }

    /// Why a step cannot be taken now.
    fn out_of_turn(&self) -> Error {
        let message = match self.status() {
            Status::Searching => "The search is not over yet. Wait for it.",
            Status::Found => "It is known what would go. Erase it, or forget the search.",
            Status::Erasing => "It is being erased; that cannot be stopped.",
            _ => "It is over, and the address is forgotten. Search for it once more.",
        };
        Error::conflict("out_of_turn", message)
    }
}

/// Whoever may delete submissions may erase people.
impl Entity for Erasure {
    type Kind = ErasureKind;
    const PARAMETER: &'static str = "erasure";
    const VIEW: Permission = SUBMISSIONS_DELETE;
    const EDIT: Permission = SUBMISSIONS_DELETE;

    async fn find(tx: &mut Tx, id: Id<ErasureKind>) -> Result<Option<Self>> {
        store::find_erasure(tx, id).await
    }
}
