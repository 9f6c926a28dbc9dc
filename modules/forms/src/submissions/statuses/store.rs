//! The SQL of a form's own statuses.

use db::{Insert, ToValue, Tx, sql};
use kernel::Result;

use super::Status;
use crate::forms::FormId;

pub(crate) async fn list_statuses(tx: &mut Tx, form: FormId) -> Result<Vec<Status>> {
    let rows: Vec<(String, String, String)> = sql("select key, name, tone from submission_status
         where workspace_id = $1 and form_id = $2
         order by position")
    .bind(tx.workspace())
    .bind(form)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(|(key, name, tone)| Status { key, name, tone }).collect())
}

const STATUSES: Insert<6> = Insert {
    table: "submission_status",
    columns: ["workspace_id", "form_id", "key", "name", "tone", "position"],
    suffix: "",
};

pub(crate) async fn replace_statuses(tx: &mut Tx, form: FormId, statuses: &[Status]) -> Result<()> {
    sql("delete from submission_status where workspace_id = $1 and form_id = $2")
        .bind(tx.workspace())
        .bind(form)
        .run(tx)
        .await?;
    let workspace = tx.workspace();
    let rows = (0_i64..).zip(statuses).map(|(position, status)| {
        [
            workspace.value(),
            form.value(),
            (&status.key).value(),
            (&status.name).value(),
            (&status.tone).value(),
            position.value(),
        ]
    });
    STATUSES.run(tx, rows.collect()).await.map(|_| ())
}
