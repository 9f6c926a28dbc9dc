//! How many lie where: counted by what changes, never by looking at all.

use db::{Tx, sql};
use kernel::Result;

use crate::{
    ids::FormId,
    submissions::{state::NEW, tray::Tray},
};

/// So many lie in a tray with a status.
#[derive(Debug, Clone, PartialEq, Eq, db::FromRow)]
pub(crate) struct Tally {
    pub(crate) tray: String,
    pub(crate) status: String,
    pub(crate) count: i64,
}

/// Adds to a count. What is open and new has no row: it is the rest.
pub(crate) async fn add_to_tally(
    tx: &mut Tx,
    form: FormId,
    tray: Tray,
    status: &str,
    delta: i64,
) -> Result<()> {
    if delta == 0 || (tray == Tray::Open && status == NEW) {
        return Ok(());
    }
    sql("insert into submission_tally (workspace_id, form_id, tray, status, count)
         values ($1, $2, $3, $4, $5)
         on conflict (workspace_id, form_id, tray, status)
         do update set count = submission_tally.count + excluded.count")
    .bind(tx.workspace())
    .bind(form)
    .bind(tray.as_str())
    .bind(status)
    .bind(delta)
    .run(tx)
    .await
    .map(|_| ())
}

pub(crate) async fn list_tally(tx: &mut Tx, form: FormId) -> Result<Vec<Tally>> {
    sql("select tray, status, count from submission_tally
         where workspace_id = $1 and form_id = $2 and count > 0
         order by tray, status")
    .bind(tx.workspace())
    .bind(form)
    .all(tx)
    .await
}
