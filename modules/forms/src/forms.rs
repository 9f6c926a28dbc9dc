//! The form: a document that changes, and versions of it that do not.

pub(crate) mod acceptance;
pub(crate) mod archival;
pub(crate) mod change;
pub(crate) mod comparison;
pub(crate) mod condition_rows;
pub(crate) mod conditions;
pub(crate) mod conditions_view;
pub(crate) mod copies;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod edit;
pub(crate) mod editor;
pub(crate) mod fields;
pub(crate) mod filing;
pub(crate) mod form_settings;
pub(crate) mod form_settings_view;
pub(crate) mod fresh;
pub(crate) mod frozen;
pub(crate) mod history;
pub(crate) mod json;
pub(crate) mod links;
pub(crate) mod list;
pub(crate) mod logic;
pub(crate) mod logic_page;
pub(crate) mod logic_view;
pub(crate) mod new_form_view;
pub(crate) mod pictures;
pub(crate) mod publication;
pub(crate) mod refusal;
pub(crate) mod retype;
pub(crate) mod reversal;
pub(crate) mod settings;
pub(crate) mod sharing;
pub(crate) mod sharing_view;
pub(crate) mod show;
pub(crate) mod store;
pub(crate) mod theme;
pub(crate) mod theme_view;
pub(crate) mod types;
pub(crate) mod update;
pub(crate) mod versions;
pub(crate) mod versions_view;
pub(crate) mod views;
pub(crate) mod ways;

use std::ops::{Deref, DerefMut};

use db::{Json, Tx};
use kernel::{Error, Fields, Id, Permission, Result, Timestamp, WorkspaceId};
use web::Entity;

use crate::{
    FORMS_READ, FORMS_WRITE,
    definition::{
        Definition,
        visible::{TURNS_AROUND, is_blank, turns_around},
    },
    protection::Protection,
};

use crate::ids::FormKind;
pub use crate::ids::{FolderId, FormId};
pub use acceptance::Acceptance;
pub use create::NewForm;

/// A form but for its document, which may be large.
#[derive(Debug, Clone, db::FromRow)]
pub struct FormHead {
    pub workspace_id: WorkspaceId,
    pub id: FormId,
    /// The id in the hosted page's address.
    pub public_id: String,
    pub title: String,
    /// The newest frozen version; 0 before the first.
    pub version: i64,
    /// Whether it is open as far as its makers say; see [`FormHead::refusal`].
    pub published: bool,
    /// Whether the document has changed since the newest version.
    pub changed: bool,
    /// Counts the changes people made, so that two at once do not undo each other.
    pub revision: i64,
    pub submission_count: i64,
    /// Submissions up to this number are counted and searchable.
    pub processed_to: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Places that are taken, of those to which it may be limited.
    pub held: i64,
    #[row(flatten)]
    pub acceptance: Acceptance,
    #[row(flatten)]
    pub protection: Protection,
    pub folder_id: Option<FolderId>,
    /// Out of sight, and taking nothing, since then.
    pub archived_at: Option<Timestamp>,
}

/// A form as its makers see it.
#[derive(Debug, Clone, db::FromRow)]
pub struct Form {
    #[row(flatten)]
    pub head: FormHead,
    /// The document as it stands now, published or not.
    pub definition: Json,
}

impl Deref for Form {
    type Target = FormHead;

    fn deref(&self) -> &FormHead {
        &self.head
    }
}

impl DerefMut for Form {
    fn deref_mut(&mut self) -> &mut FormHead {
        &mut self.head
    }
}

impl Form {
    /// The document.
    pub fn definition(&self) -> Result<Definition> {
        self.definition.read()
    }

    /// Fine when nobody has changed the form since someone saw it at this revision; 409 otherwise.
    pub(crate) fn expect_revision(&self, seen: Option<i64>) -> Result<()> {
        if seen.is_none_or(|revision| revision == self.revision) {
            return Ok(());
        }
        Err(changed_meanwhile())
    }
}

impl Entity for Form {
    type Kind = FormKind;
    const PARAMETER: &'static str = "form";
    const VIEW: Permission = FORMS_READ;
    const EDIT: Permission = FORMS_WRITE;

    async fn find(tx: &mut Tx, id: Id<FormKind>) -> Result<Option<Self>> {
        store::find_form(tx, id).await
    }
}

/// Two people changed a form at once, and this one was slower.
pub(crate) fn changed_meanwhile() -> Error {
    let message = "Someone else changed this form just now. Load it again.";
    Error::conflict("changed_meanwhile", message)
}

/// Reads and checks a document away from the threads that answer: to try patterns takes a moment.
pub(crate) async fn checked_document(
    document: serde_json::Value,
) -> Result<Result<Definition, Fields>> {
    let checked = tokio::task::spawn_blocking(move || Definition::from_json(document));
    checked.await.map_err(Error::internal)
}

/// Letters a title may have.
const LONGEST_TITLE: usize = 200;

/// A title as it is kept: trimmed, present, not too long.
pub(crate) fn checked_title(title: &str, problems: &mut Fields) -> String {
    let title = title.trim();
    problems.check(!is_blank(title), "title", "required", "Give the form a title.");
    let short = title.chars().count() <= LONGEST_TITLE;
    problems.check(short, "title", "too_long", "Use at most 200 characters for the title.");
    let clean = !title.chars().any(char::is_control);
    problems.check(
        clean,
        "title",
        "control_character",
        "Leave control characters out of the title.",
    );
    problems.check(!turns_around(title), "title", "direction_control", TURNS_AROUND);
    title.to_owned()
}
