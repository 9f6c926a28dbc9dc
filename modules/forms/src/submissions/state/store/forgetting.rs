//! Forgetting what the desk knows of submissions that are deleted for good.

use std::collections::BTreeMap;

use db::{Tx, sql};
use kernel::Result;

use super::{MOST, add_to_tally, delete_states, find_states};
use crate::{
    ids::{FormId, SubmissionId},
    learning,
    submissions::tray::Tray,
};

/// Locks the states that there are of these submissions, in order.
pub(crate) async fn lock_known(tx: &mut Tx, form: FormId, numbers: &[i64]) -> Result<()> {
    for some in numbers.chunks(MOST) {
        sql("update submission_state set updated_at = updated_at
             where workspace_id = $1 and form_id = $2 and number in")
        .bind(tx.workspace())
        .bind(form)
        .bind_list(some.iter().copied())
        .run(tx)
        .await?;
    }
    Ok(())
}

/// Forgets all that the desk knows of deleted submissions, and takes them out of the counts.
pub(crate) async fn forget(
    tx: &mut Tx,
    form: FormId,
    numbers: &[i64],
    ids: &[SubmissionId],
) -> Result<()> {
    let mut counts: BTreeMap<(Tray, String), i64> = BTreeMap::new();
    for state in find_states(tx, form, numbers).await?.into_values() {
        *counts.entry((state.tray, state.status)).or_default() -= 1;
    }
    for ((tray, status), delta) in counts {
        add_to_tally(tx, form, tray, &status, delta).await?;
    }
    delete_states(tx, form, numbers).await?;
    learning::forget(tx, form, numbers).await?;
    for some in numbers.chunks(MOST) {
        sql("delete from submission_tag where workspace_id = $1 and form_id = $2 and number in")
            .bind(tx.workspace())
            .bind(form)
            .bind_list(some.iter().copied())
            .run(tx)
            .await?;
    }
    for some in ids.chunks(MOST) {
        for text in [
            "delete from submission_activity where workspace_id = $1 and submission_id in",
            "delete from submission_comment where workspace_id = $1 and submission_id in",
        ] {
            sql(text).bind(tx.workspace()).bind_list(some.iter().copied()).run(tx).await?;
        }
    }
    Ok(())
}

/// Forgets histories and comments of those submissions of a deleted form that go next.
pub(crate) async fn forget_some(tx: &mut Tx, form: FormId, limit: i64) -> Result<()> {
    for text in [
        "delete from submission_activity
         where workspace_id = $1 and submission_id in (
             select id from submission where workspace_id = $1 and form_id = $2 order by number limit $3
         )",
        "delete from submission_comment
         where workspace_id = $1 and submission_id in (
             select id from submission where workspace_id = $1 and form_id = $2 order by number limit $3
         )",
    ] {
        sql(text).bind(tx.workspace()).bind(form).bind(limit).run(tx).await?;
    }
    Ok(())
}

/// Forgets a part of what there may be of each submission of a deleted form, and tells how much that was.
pub(crate) async fn forget_part(tx: &mut Tx, form: FormId, limit: i64) -> Result<u64> {
    let mut gone = learning::forget_part(tx, form, limit).await?;
    for text in [
        "delete from submission_state
         where workspace_id = $1 and form_id = $2 and number in (
             select number from submission_state
             where workspace_id = $1 and form_id = $2
             order by number
             limit $3
         )",
        "delete from submission_tag
         where workspace_id = $1 and form_id = $2 and (tag, number) in (
             select tag, number from submission_tag
             where workspace_id = $1 and form_id = $2
             order by tag, number
             limit $3
         )",
        "delete from submission_facet
         where workspace_id = $1 and form_id = $2 and (field, term, block) in (
             select field, term, block from submission_facet
             where workspace_id = $1 and form_id = $2
             order by field, term, block
             limit $3
         )",
    ] {
        gone += sql(text).bind(tx.workspace()).bind(form).bind(limit).run(tx).await?;
    }
    Ok(gone)
}

/// Forgets the rest of the desk of a deleted form, which is little.
pub(crate) async fn forget_form(tx: &mut Tx, form: FormId) -> Result<()> {
    for text in [
        "delete from submission_tally where workspace_id = $1 and form_id = $2",
        "delete from submission_status where workspace_id = $1 and form_id = $2",
        "delete from submission_facet_start where workspace_id = $1 and form_id = $2",
        "delete from submission_retention where workspace_id = $1 and form_id = $2",
        "delete from saved_view where workspace_id = $1 and form_id = $2",
        "delete from bulk_action where workspace_id = $1 and form_id = $2",
    ] {
        sql(text).bind(tx.workspace()).bind(form).run(tx).await?;
    }
    Ok(())
}
