//! Deleting for good what lay in the bin for 30 days, and what a form keeps no longer, a little at a time.

pub(crate) mod store;

use std::sync::Arc;

use jobs::Failure;
use kernel::{Actor, Result, Timestamp, WorkspaceId};
use web::{Cx, House};

use super::{
    delete::delete,
    store as submission_store,
    tray::{BIN_DAYS, DAY},
};
use crate::ids::FormId;

/// Submissions of one transaction: few enough that other writers need not wait long.
const CHUNK: i64 = 200;

/// Safe to be done twice: what is gone is not found again.
pub(crate) async fn expire(house: Arc<House>) -> Result<(), Failure> {
    empty_bins(&house).await?;
    let mut tx = house.db.system_read("retention is kept for all workspaces").await?;
    let kept = store::list_retentions(&mut tx).await?;
    drop(tx);
    for (workspace, form, days) in kept {
        let days = u32::try_from(days).unwrap_or(u32::MAX);
        let before = house.clock.now().minus(DAY * days);
        expire_form(&house, workspace, form, before).await?;
    }
    Ok(())
}

async fn empty_bins(house: &Arc<House>) -> Result<()> {
    let before = house.clock.now().minus(DAY * BIN_DAYS);
    loop {
        let mut tx = house.db.system_read("the bins of all workspaces are emptied").await?;
        let binned = store::list_binned(&mut tx, before, CHUNK).await?;
        drop(tx);
        if binned.is_empty() {
            return Ok(());
        }
        for some in binned.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
            let numbers: Vec<i64> = some.iter().map(|(.., number)| *number).collect();
            delete_some(house, some[0].0, some[0].1, &numbers).await?;
        }
    }
}

/// Numbers follow the time of reception, so the oldest are the first.
async fn expire_form(
    house: &Arc<House>,
    workspace: WorkspaceId,
    form: FormId,
    before: Timestamp,
) -> Result<()> {
    loop {
        let mut tx = house.db.read(workspace).await?;
        let oldest =
            submission_store::list_numbers_after(&mut tx, form, -1, i64::MAX, CHUNK).await?;
        let rows = submission_store::list_numbered(&mut tx, form, &oldest).await?;
        drop(tx);
        let old = rows.iter().filter(|row| row.received_at < before);
        let numbers: Vec<i64> = old.map(|row| row.number).collect();
        // A form that is being deleted loses its submissions by a job of its own.
        if numbers.is_empty() || !delete_some(house, workspace, form, &numbers).await? {
            return Ok(());
        }
    }
}

/// Whether there was anything left to be deleted.
async fn delete_some(
    house: &Arc<House>,
    workspace: WorkspaceId,
    form: FormId,
    numbers: &[i64],
) -> Result<bool> {
    let cx = Cx::new(house.clone(), Some(workspace), Actor::System);
    let mut tx = cx.begin().await?;
    match delete(&mut tx, form, numbers).await {
        // Its form is being deleted with all that belongs to it: then that job has the state swept too.
        Ok(0) | Err(kernel::Error::NotFound) => {
            drop(tx);
            let mut tx = cx.begin().await?;
            super::state::store::delete_states(&mut tx, form, numbers).await?;
            tx.commit().await?;
            Ok(false)
        }
        Ok(_) => {
            tx.commit().await?;
            Ok(true)
        }
        Err(error) => Err(error),
    }
}
