//! Exports that may hold what nobody may keep: those that were made while it was there.

use db::Tx;
use kernel::{Result, Timestamp};
use web::Change;

use super::{delete::remove, store};
use crate::{events::ExportDeleted, forms::FormId};

/// How many there are of a form that ended since a moment with a file, or have not ended.
pub(crate) async fn count_since(tx: &mut Tx, form: FormId, since: Timestamp) -> Result<i64> {
    let found = store::list_since(tx, form, since).await?;
    Ok(i64::try_from(found.len()).unwrap_or(i64::MAX))
}

/// Deletes them with their files; those at work stop. Tells how many.
pub(crate) async fn forget_since(tx: &mut Change, form: FormId, since: Timestamp) -> Result<i64> {
    let mut gone = 0;
    for (id,) in store::list_since(tx, form, since).await? {
        if remove(tx, id).await? {
            tx.record(&ExportDeleted { form_id: form, export_id: id.to_string() }).await?;
            gone += 1;
        }
    }
    Ok(gone)
}
