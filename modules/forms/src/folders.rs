//! Folders of forms.

pub(crate) mod change;
pub(crate) mod list;
pub(crate) mod store;

use db::Tx;
use kernel::{Error, Fields, Id, Permission, Result, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use web::Entity;

use crate::{
    FORMS_READ, FORMS_WRITE,
    ids::{FolderId, FolderKind},
};

/// A folder of forms; folders do not lie in each other.
#[derive(Debug, Clone, Serialize, ToSchema, db::FromRow)]
pub(crate) struct Folder {
    pub(crate) id: FolderId,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
}

impl Entity for Folder {
    type Kind = FolderKind;
    const PARAMETER: &'static str = "folder";
    const VIEW: Permission = FORMS_READ;
    const EDIT: Permission = FORMS_WRITE;

    async fn find(tx: &mut Tx, id: Id<FolderKind>) -> Result<Option<Self>> {
        store::find_folder(tx, id).await
    }
}

/// The folders that a workspace may have.
pub(crate) const MOST: usize = 200;
const LONGEST_NAME: usize = 80;

/// A name as it is kept: trimmed, present, short.
fn checked_name(name: &str) -> Result<String, Fields> {
    let name = name.trim();
    let mut problems = Fields::new();
    problems.check(!name.is_empty(), "name", "required", "Give the folder a name.");
    let short = name.chars().count() <= LONGEST_NAME;
    problems.check(short, "name", "too_long", "Use at most 80 characters.");
    let clean = !name.chars().any(char::is_control);
    problems.check(clean, "name", "control_character", "Leave control characters out.");
    problems.into_result().map(|()| name.to_owned())
}

/// Fine when there is such a folder.
pub(crate) async fn expect(tx: &mut Tx, id: FolderId) -> Result<()> {
    match store::find_folder(tx, id).await? {
        Some(_) => Ok(()),
        None => Err(Error::invalid("folder_id", "not_found", "There is no such folder.")),
    }
}
