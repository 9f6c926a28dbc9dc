//! The import: a file of old answers, where its columns go, and how far it has come.

mod asked;
pub(crate) mod cancel;
pub(crate) mod change;
mod columns;
pub(crate) mod create;
mod dates;
pub(crate) mod delete;
pub(crate) mod encoding;
pub(crate) mod erasing;
pub(crate) mod errors;
mod guesses;
pub(crate) mod json;
mod judge;
mod lines;
pub(crate) mod list;
mod look;
pub(crate) mod mapping;
mod numbers;
pub(crate) mod options;
mod plan;
mod records;
pub(crate) mod refused_rows;
pub(crate) mod removal;
mod row;
mod rows;
pub(crate) mod run;
pub(crate) mod show;
pub(crate) mod start;
pub(crate) mod store;
mod suggest;
pub(crate) mod sweep;
pub(crate) mod update;
mod values;
pub(crate) mod views;

use std::time::Duration;

use db::{Json, Tx};
use files::FileId;
use kernel::{Error, Id, Permission, Result, Timestamp, WorkspaceId};
use web::Entity;

use crate::{SUBMISSIONS_READ, SUBMISSIONS_WRITE, forms::FormId, ids::ImportKind};

pub(crate) use crate::ids::ImportId;
pub(crate) use columns::Column;
pub(crate) use mapping::Mapping;
pub(crate) use options::{Format, Options};

/// Days that the file of an import is kept.
pub(crate) const KEPT_DAYS: u32 = 7;
/// Imports of one workspace that may wait or run at a time.
pub(crate) const MOST_UNFINISHED: i64 = 10;
/// Errors of one import that are kept; all are counted.
pub(crate) const MOST_ERRORS: i64 = 10_000;
/// Rows that are judged and stored at a time.
pub(crate) const CHUNK: usize = 1_000;
/// How often the progress is told.
pub(crate) const TOLD_EVERY: Duration = Duration::from_secs(1);
/// What submissions that came by an import have as their source.
pub(crate) use crate::submissions::incoming::IMPORT as SOURCE;

/// An import, from the moment its file has come.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Import {
    pub(crate) workspace_id: WorkspaceId,
    pub(crate) id: ImportId,
    pub(crate) form_id: FormId,
    /// As the sender calls the file.
    pub(crate) name: String,
    /// One of [`Format`]'s words.
    pub(crate) format: String,
    /// Gone once it has had its time.
    pub(crate) file_id: Option<FileId>,
    pub(crate) bytes: i64,
    pub(crate) columns: Json,
    pub(crate) mapping: Json,
    pub(crate) options: Json,
    pub(crate) created_by: String,
    /// One of [`Task`]'s words.
    pub(crate) task: String,
    /// One of [`Status`]'s words.
    pub(crate) status: String,
    pub(crate) bytes_done: i64,
    pub(crate) rows_done: i64,
    /// Stored; of a check those that would be.
    pub(crate) rows_stored: i64,
    pub(crate) rows_refused: i64,
    pub(crate) errors_kept: i64,
    /// No row behind this one can have been stored.
    pub(crate) reached: i64,
    pub(crate) rows_removed: i64,
    pub(crate) error: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) finished_at: Option<Timestamp>,
    pub(crate) expires_at: Option<Timestamp>,
}

/// What an import was asked to do last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Judging every row and storing none.
    Check,
    /// Storing the rows.
    Run,
    /// Deleting what was stored.
    Removal,
}

impl Task {
    /// The word in tables and in the API.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Task::Check => "check",
            Task::Run => "run",
            Task::Removal => "removal",
        }
    }
}

/// How far an import has come with its task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// The file is there, and nothing was done with it yet.
    Draft,
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
            Status::Draft => "draft",
            Status::Waiting => "waiting",
            Status::Running => "running",
            Status::Done => "done",
            Status::Failed => "failed",
            Status::Cancelled => "cancelled",
        }
    }
}

impl Import {
    pub(crate) fn status(&self) -> Status {
        let all =
            [Status::Draft, Status::Waiting, Status::Running, Status::Done, Status::Cancelled];
        all.into_iter().find(|status| status.word() == self.status).unwrap_or(Status::Failed)
    }

    pub(crate) fn task(&self) -> Task {
        let all = [Task::Check, Task::Run, Task::Removal];
        all.into_iter().find(|task| task.word() == self.task).unwrap_or(Task::Check)
    }

    pub(crate) fn format(&self) -> Format {
        if self.format == Format::Jsonl.word() { Format::Jsonl } else { Format::Csv }
    }

    pub(crate) fn columns(&self) -> Result<Vec<Column>> {
        self.columns.read()
    }

    pub(crate) fn mapping(&self) -> Result<Mapping> {
        self.mapping.read()
    }

    pub(crate) fn options(&self) -> Result<Options> {
        self.options.read()
    }

    /// Whether it waits or runs.
    pub(crate) fn is_unfinished(&self) -> bool {
        matches!(self.status(), Status::Waiting | Status::Running)
    }

    /// Whether rows of it may have been stored that nobody has taken back.
    pub(crate) fn has_stored(&self) -> bool {
        self.reached > 0
    }

    /// The file, as long as it is kept.
    pub(crate) fn file(&self) -> Result<FileId> {
        self.file_id.ok_or_else(|| {
            Error::Gone("The file of this import has had its time. Send it once more.".into())
        })
    }

    /// Why nothing of it can be changed.
    pub(crate) fn settled(&self) -> Error {
        if self.has_stored() && !self.is_unfinished() {
            return Error::conflict(
                "already_imported",
                "Rows of this import are stored. Take them back first, or send the file once more.",
            );
        }
        Error::conflict("at_work", "This import is at work. Wait for it, or stop it.")
    }

    /// The idempotency key of one of its rows: by it a row is stored once, and found again.
    pub(crate) fn row_key(&self, row: i64) -> String {
        format!("import:{}:{row}", self.id)
    }
}

const STOPPED: &str = "import_stopped";

/// How a job hears that it was stopped.
fn stopped() -> Error {
    Error::conflict(STOPPED, "Somebody has stopped this import.")
}

/// Whoever may send submissions may import them; what a file holds is for those who may read submissions.
impl Entity for Import {
    type Kind = ImportKind;
    const PARAMETER: &'static str = "import";
    const VIEW: Permission = SUBMISSIONS_READ;
    const EDIT: Permission = SUBMISSIONS_WRITE;

    async fn find(tx: &mut Tx, id: Id<ImportKind>) -> Result<Option<Self>> {
        store::find_import(tx, id).await
    }
}
