//! How far a form's submissions were handed to those who listen.

use db::{Tx, sql};
use kernel::Result;

use crate::forms::FormId;

/// The number up to which they were; locked until the commit, so that two jobs never hand over the same.
pub(crate) async fn find_delivered(tx: &mut Tx, form: FormId) -> Result<i64> {
    sql("insert into form_delivery (workspace_id, form_id, delivered_to)
         values ($1, $2, 0)
         on conflict (workspace_id, form_id) do nothing")
    .bind(tx.workspace())
    .bind(form)
    .run(tx)
    .await?;
    let (delivered,) = sql("update form_delivery set delivered_to = delivered_to
         where workspace_id = $1 and form_id = $2
         returning delivered_to")
    .bind(tx.workspace())
    .bind(form)
    .one::<(i64,)>(tx)
    .await?;
    Ok(delivered)
}

pub(crate) async fn keep_delivered(tx: &mut Tx, form: FormId, delivered_to: i64) -> Result<()> {
    sql("update form_delivery set delivered_to = $3 where workspace_id = $1 and form_id = $2")
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
