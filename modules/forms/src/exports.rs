//! The export: what was asked for, how far it has come, and the file at its end.

pub(crate) mod asked;
pub(crate) mod cancel;
pub(crate) mod cells;
pub(crate) mod create;
mod csv;
pub(crate) mod decimal;
pub(crate) mod delete;
pub(crate) mod delimiter;
mod desk_names;
mod encoder;
pub(crate) mod envelope;
pub(crate) mod erasing;
pub(crate) mod file;
mod formats;
pub(crate) mod formulas;
pub(crate) mod json;
mod json_lines;
pub(crate) mod layout;
pub(crate) mod list;
pub(crate) mod options;
pub(crate) mod order;
mod parquet;
mod pieces;
pub(crate) mod request;
pub(crate) mod run;
pub(crate) mod schedule;
pub(crate) mod schedules;
pub(crate) mod show;
pub(crate) mod store;
pub(crate) mod sweep;
pub(crate) mod views;
mod xlsx;

use db::{Json, Tx};
use files::FileId;
use kernel::{Id, Permission, Result, Timestamp, WorkspaceId};
use web::Entity;

use crate::{SUBMISSIONS_READ, forms::FormId, ids::ExportKind};

pub(crate) use crate::ids::ExportId;
pub(crate) use request::{Format, NewExport};

/// Days that an export is kept, unless its schedule says otherwise.
pub(crate) const KEPT_DAYS: i64 = 7;
/// Exports of one workspace that may wait or run at a time.
pub(crate) const MOST_UNFINISHED: i64 = 10;

/// An export, from the moment it was asked for until it is swept.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Export {
    pub(crate) workspace_id: WorkspaceId,
    pub(crate) id: ExportId,
    pub(crate) form_id: FormId,
    pub(crate) request: Json,
    pub(crate) requested_by: String,
    pub(crate) schedule_id: Option<String>,
    /// Scheme and host of the links in it, and the workspace's name in them.
    pub(crate) origin: String,
    pub(crate) slug: String,
    /// One of [`Status`]'s words.
    pub(crate) status: String,
    pub(crate) rows_done: i64,
    /// About how many there will be; none while nobody can know.
    pub(crate) rows_total: Option<i64>,
    pub(crate) bytes: i64,
    pub(crate) error: Option<String>,
    pub(crate) file_id: Option<FileId>,
    pub(crate) last_number: Option<i64>,
    pub(crate) kept_days: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) finished_at: Option<Timestamp>,
    pub(crate) expires_at: Timestamp,
}

/// How far an export has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl Status {
    /// The word in tables and in the API.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Status::Waiting => "waiting",
            Status::Running => "running",
            Status::Done => "done",
            Status::Failed => "failed",
            Status::Cancelled => "cancelled",
        }
    }
}

impl Export {
    pub(crate) fn request(&self) -> Result<NewExport> {
        self.request.read()
    }

    pub(crate) fn status(&self) -> Status {
        let all =
            [Status::Waiting, Status::Running, Status::Done, Status::Failed, Status::Cancelled];
        all.into_iter().find(|status| status.word() == self.status).unwrap_or(Status::Failed)
    }

    /// Whether it waits or runs.
    pub(crate) fn is_unfinished(&self) -> bool {
        matches!(self.status(), Status::Waiting | Status::Running)
    }
}

/// Whoever may read submissions may export them, and stop or delete an export: it is a copy of what they
/// can read page by page anyway, and it goes by itself after some days.
impl Entity for Export {
    type Kind = ExportKind;
    const PARAMETER: &'static str = "export";
    const VIEW: Permission = SUBMISSIONS_READ;
    const EDIT: Permission = SUBMISSIONS_READ;

    async fn find(tx: &mut Tx, id: Id<ExportKind>) -> Result<Option<Self>> {
        store::find_export(tx, id).await
    }
}
