//! How far a form's submissions were handed to those who listen.

use db::{Tx, sql};
use kernel::{Error, Result};

use crate::forms::FormId;

/// The number up to which they were; locked until the commit, so that two jobs never hand over the same.
pub(crate) async fn find_delivered(tx: &mut Tx, form: FormId) -> Result<i64> {
    if let Some(delivered) = lock_delivered(tx, form).await? {
        return Ok(delivered);
    }
    sql("insert into form_delivery (workspace_id, form_id, delivered_to)
         values ($1, $2, 0)
         on conflict (workspace_id, form_id) do nothing")
    .bind(tx.workspace())
    .bind(form)
    .run(tx)
    .await?;
    lock_delivered(tx, form).await?.ok_or_else(|| Error::internal("what was just there is gone"))
}

async fn lock_delivered(tx: &mut Tx, form: FormId) -> Result<Option<i64>> {
    let found: Option<(i64,)> = sql("update form_delivery set delivered_to = delivered_to
         where workspace_id = $1 and form_id = $2
         returning delivered_to")
    .bind(tx.workspace())
    .bind(form)
    .optional(tx)
    .await?;
    Ok(found.map(|(delivered,)| delivered))
}

pub(crate) async fn keep_delivered(tx: &mut Tx, form: FormId, delivered_to: i64) -> Result<()> {
    sql("insert into form_delivery (workspace_id, form_id, delivered_to)
         values ($1, $2, $3)
         on conflict (workspace_id, form_id) do update set delivered_to = excluded.delivered_to")
    .bind(tx.workspace())
    .bind(form)
    .bind(delivered_to)
    .run(tx)
    .await
    .map(|_| ())
}

/// Forgets how far it was, with the form itself.
pub(crate) async fn delete_delivered(tx: &mut Tx, form: FormId) -> Result<()> {
    sql("delete from form_delivery where workspace_id = $1 and form_id = $2")
        .bind(tx.workspace())
        .bind(form)
        .run(tx)
        .await
        .map(|_| ())
}
