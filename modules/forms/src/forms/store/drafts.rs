//! All SQL about what the makers of a form can take back.

use db::{Json, Tx, sql};
use kernel::{Result, Timestamp};

use crate::ids::FormId;

/// A change, with the document on its other side.
#[derive(Debug, db::FromRow)]
pub(crate) struct DraftChange {
    /// The revision that it led to.
    pub(crate) revision: i64,
    /// As it was before; as it was made, once the change is taken back.
    pub(crate) title: String,
    pub(crate) definition: Json,
    pub(crate) taken_back: bool,
    pub(crate) part: Option<String>,
    pub(crate) changed_by: String,
    pub(crate) changed_at: Timestamp,
}

const NEWEST: &str = "select revision, title, definition, taken_back, part, changed_by, changed_at
     from form_draft_change
     where workspace_id = $1 and form_id = $2 and taken_back = $3
     order by revision desc
     limit 1";
const OLDEST: &str = "select revision, title, definition, taken_back, part, changed_by, changed_at
     from form_draft_change
     where workspace_id = $1 and form_id = $2 and taken_back = $3
     order by revision
     limit 1";

/// The change that comes next: the newest one to take back, or the oldest of those taken back.
pub(crate) async fn find_next_change(
    tx: &mut Tx,
    form: FormId,
    taken_back: bool,
) -> Result<Option<DraftChange>> {
    sql(if taken_back { OLDEST } else { NEWEST })
        .bind(tx.workspace())
        .bind(form)
        .bind(taken_back)
        .optional(tx)
        .await
}

pub(crate) async fn insert_change(tx: &mut Tx, form: FormId, change: &DraftChange) -> Result<()> {
    sql("insert into form_draft_change (workspace_id, form_id, revision, title, definition, bytes,
                                        taken_back, part, changed_by, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(tx.workspace())
    .bind(form)
    .bind(change.revision)
    .bind(&change.title)
    .bind(change.definition.clone())
    .bind(bytes(change))
    .bind(change.taken_back)
    .bind(change.part.as_deref())
    .bind(&change.changed_by)
    .bind(change.changed_at)
    .run(tx)
    .await
    .map(|_| ())
}

/// Changes sides: with the document of the other side, and when it was last touched.
pub(crate) async fn update_change(tx: &mut Tx, form: FormId, change: &DraftChange) -> Result<()> {
    sql("update form_draft_change
         set title = $4, definition = $5, bytes = $6, taken_back = $7, changed_at = $8
         where workspace_id = $1 and form_id = $2 and revision = $3")
    .bind(tx.workspace())
    .bind(form)
    .bind(change.revision)
    .bind(&change.title)
    .bind(change.definition.clone())
    .bind(bytes(change))
    .bind(change.taken_back)
    .bind(change.changed_at)
    .run(tx)
    .await
    .map(|_| ())
}

fn bytes(change: &DraftChange) -> i64 {
    i64::try_from(change.definition.0.len()).unwrap_or(i64::MAX)
}

/// Whoever goes on from an older document does not come back to the newer ones.
pub(crate) async fn delete_taken_back(tx: &mut Tx, form: FormId) -> Result<()> {
    sql("delete from form_draft_change
         where workspace_id = $1 and form_id = $2 and taken_back = $3")
    .bind(tx.workspace())
    .bind(form)
    .bind(true)
    .run(tx)
    .await
    .map(|_| ())
}

/// Revision and bytes of all that is kept, the newest first.
pub(crate) async fn list_sizes(tx: &mut Tx, form: FormId) -> Result<Vec<(i64, i64)>> {
    sql("select revision, bytes from form_draft_change
         where workspace_id = $1 and form_id = $2
         order by revision desc")
    .bind(tx.workspace())
    .bind(form)
    .all(tx)
    .await
}

/// Forgets the changes up to this revision.
pub(crate) async fn delete_up_to(tx: &mut Tx, form: FormId, revision: i64) -> Result<()> {
    sql("delete from form_draft_change
         where workspace_id = $1 and form_id = $2 and revision <= $3")
    .bind(tx.workspace())
    .bind(form)
    .bind(revision)
    .run(tx)
    .await
    .map(|_| ())
}

/// Of the changes that are kept, whether some are taken back and some are not.
pub(crate) async fn list_sides(tx: &mut Tx, form: FormId) -> Result<Vec<(bool,)>> {
    sql("select distinct taken_back from form_draft_change
         where workspace_id = $1 and form_id = $2")
    .bind(tx.workspace())
    .bind(form)
    .all(tx)
    .await
}
