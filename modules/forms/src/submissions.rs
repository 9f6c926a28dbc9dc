//! The submission: what one respondent answered, to which version, and how it came in.

pub(crate) mod activity;
pub(crate) mod archival;
pub(crate) mod arrivals;
pub(crate) mod assignment;
pub(crate) mod bulk;
pub(crate) mod bulk_actions;
pub(crate) mod bulk_reversal;
pub(crate) mod bulk_run;
pub(crate) mod bulk_start;
pub(crate) mod column;
pub(crate) mod columns;
pub(crate) mod commenting;
pub(crate) mod comments;
pub(crate) mod counts;
pub(crate) mod delete;
pub(crate) mod deletion;
pub(crate) mod desk;
pub(crate) mod expiry;
pub(crate) mod facets;
pub(crate) mod file;
pub(crate) mod filter;
pub(crate) mod finder;
pub(crate) mod incoming;
pub(crate) mod intake;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod own_files;
pub(crate) mod part;
pub(crate) mod place;
pub(crate) mod questions;
pub(crate) mod receive;
pub(crate) mod restoration;
pub(crate) mod retention;
pub(crate) mod saved_views;
pub(crate) mod sheet;
pub(crate) mod show;
pub(crate) mod spam;
pub(crate) mod state;
pub(crate) mod status;
pub(crate) mod statuses;
pub(crate) mod store;
pub(crate) mod tagging;
pub(crate) mod tags;
pub(crate) mod trace;
pub(crate) mod tray;
pub(crate) mod update;
pub(crate) mod view_naming;
pub(crate) mod views;
pub(crate) mod walk;
pub(crate) mod work;
pub(crate) mod writer;

use db::{Json, Tx};
use kernel::{Error, Id, Permission, Result, Timestamp, WorkspaceId};
use web::{Cx, Entity};

use crate::{
    SUBMISSIONS_DELETE, SUBMISSIONS_READ,
    answers::Answers,
    definition::Definition,
    forms::{self, FormId},
};

pub use crate::ids::SubmissionId;
use crate::ids::SubmissionKind;
pub(crate) use writer::{Writer, start_writer};

/// A stored submission.
#[derive(Debug, Clone, db::FromRow)]
pub struct Submission {
    pub workspace_id: WorkspaceId,
    pub id: SubmissionId,
    pub form_id: FormId,
    /// Its place among the form's submissions, in commit order; gaps are possible.
    pub number: i64,
    pub form_version: i64,
    pub answers: Json,
    pub metadata: Option<Json>,
    /// `api`, `bulk` or `page`.
    pub source: String,
    /// When it was given, as the sender says.
    pub submitted_at: Option<Timestamp>,
    pub received_at: Timestamp,
    /// From where it came and how long it took, of what was answered on the hosted page.
    pub visit: Option<Json>,
}

impl Submission {
    /// Bytes that it takes on a page, roughly.
    pub(crate) fn size(&self) -> usize {
        self.answers.0.len() + self.metadata.as_ref().map_or(0, |metadata| metadata.0.len())
    }

    /// What was answered.
    pub(crate) fn answers(&self) -> Result<Answers> {
        Answers::parse_stored(&self.answers.0).map_err(Error::internal)
    }

    /// The questions that it answers, as they were then.
    pub(crate) async fn definition(&self, tx: &mut Tx) -> Result<Definition> {
        let frozen = forms::store::find_version(tx, self.form_id, self.form_version).await?;
        frozen.ok_or(Error::NotFound)?.1.read()
    }
}

/// The form of an address. Whoever may read the answers need not be able to see the form.
pub(crate) async fn expect_form(cx: &Cx, form: &str) -> Result<FormId> {
    let form: FormId = form.parse().map_err(|_| Error::NotFound)?;
    if !forms::store::is_there(&mut cx.read().await?, form).await? {
        return Err(Error::NotFound);
    }
    Ok(form)
}

impl Entity for Submission {
    type Kind = SubmissionKind;
    const PARAMETER: &'static str = "submission";
    const VIEW: Permission = SUBMISSIONS_READ;
    const EDIT: Permission = SUBMISSIONS_DELETE;

    async fn find(tx: &mut Tx, id: Id<SubmissionKind>) -> Result<Option<Self>> {
        store::find_submission(tx, id).await
    }
}
