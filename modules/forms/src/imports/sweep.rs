//! Removing the files of imports that have had their time, and all imports of deleted forms.

use std::sync::Arc;

use ::jobs::Failure;
use kernel::Result;
use web::{Cx, House};

use super::{delete::remove, store};
use crate::forms::FormId;

/// Imports removed in one go.
const STEP: i64 = 200;

/// Those of all workspaces. Of one that has stored something the row stays, so that it can be taken back.
pub(crate) async fn expired(house: Arc<House>) -> Result<(), Failure> {
    loop {
        let mut tx = house.db.system_read("expired imports of all workspaces").await?;
        let found = store::list_expired(&mut tx, house.clock.now(), STEP).await?;
        drop(tx);
        if found.is_empty() {
            return Ok(());
        }
        for (workspace, id, reached) in found {
            let mut tx = house.db.begin(workspace).await?;
            if reached == 0 {
                remove(&mut tx, id).await?;
            } else {
                store::delete_errors(&mut tx, id).await?;
                let file = store::forget_file(&mut tx, id).await?;
                let gone: Vec<_> = file.into_iter().collect();
                files::delete(&mut tx, workspace, &gone, &id.to_string()).await?;
            }
            tx.commit().await?;
        }
    }
}

/// All that belong to a deleted form.
pub(crate) async fn of_form(cx: &Cx, form: FormId) -> Result<()> {
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
