//! Removing exports that have had their time, and those of deleted forms.

use std::sync::Arc;

use ::jobs::Failure;
use kernel::Result;
use web::{Cx, House};

use super::{delete::remove, store};
use crate::forms::FormId;

/// Exports removed in one go.
const STEP: i64 = 200;

/// Those of all workspaces.
pub(crate) async fn expired(house: Arc<House>) -> Result<(), Failure> {
    loop {
        let mut tx = house.db.system_read("expired exports of all workspaces").await?;
        let found = store::list_expired(&mut tx, house.clock.now(), STEP).await?;
        drop(tx);
        if found.is_empty() {
            return Ok(());
        }
        for (workspace, id) in found {
            let mut tx = house.db.begin(workspace).await?;
            remove(&mut tx, id).await?;
            tx.commit().await?;
        }
    }
}

/// All that belongs to a deleted form.
pub(crate) async fn of_form(cx: &Cx, form: FormId) -> Result<()> {
    let mut tx = cx.begin().await?;
    store::schedules::delete_of_form(&mut tx, form).await?;
    tx.commit().await?;
    loop {
        let mut tx = cx.begin().await?;
        let some = store::list_some_of(&mut tx, form, STEP).await?;
        for (id,) in &some {
            remove(&mut tx, *id).await?;
        }
        tx.commit().await?;
        if some.is_empty() {
            return Ok(());
        }
    }
}
