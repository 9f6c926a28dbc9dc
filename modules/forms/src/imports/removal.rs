//! Taking back what an import stored: its rows are found by their keys, from the last one down.

use std::ops::RangeInclusive;

use kernel::{Error, Result};
use tokio::time::Instant;
use web::Cx;

use super::{Import, SOURCE, TOLD_EVERY, stopped, store};
use crate::{
    events::ImportProgressed,
    forms::FormId,
    submissions::{delete, incoming::Key},
};

/// Rows of one transaction: few enough that other writers need not wait long.
const STEP: i64 = 200;

/// Deletes for good what is left of it. Each step notes how far it has come in its own commit, so that it can
/// be stopped, die, and go on.
pub(super) async fn work(cx: &Cx, import: &Import) -> Result<()> {
    let mut tx = cx.begin().await?;
    if !store::begin(&mut tx, import.id, 0).await? {
        return Err(stopped());
    }
    tx.commit().await?;
    let (mut from, mut told) = (import.reached, Instant::now());
    let mut removed = import.rows_removed;
    while from > 0 {
        let to = (from - STEP).max(0);
        let mut tx = cx.begin().await?;
        let numbers = stored(&mut tx, import, to + 1..=from).await?;
        let gone = delete::delete(&mut tx, import.form_id, &numbers).await?;
        let gone = i64::try_from(gone).map_err(Error::internal)?;
        if !store::update_removal(&mut tx, import.id, from, to, gone).await? {
            return Err(stopped());
        }
        removed += gone;
        if told.elapsed() >= TOLD_EVERY {
            told = Instant::now();
            let (form_id, import_id) = (import.form_id, import.id.to_string());
            tx.record(&ImportProgressed { form_id, import_id, rows_done: removed }).await?;
        }
        tx.commit().await?;
        from = to;
    }
    Ok(())
}

/// Deletes what these rows have become, and nothing else.
pub(super) async fn delete(cx: &Cx, import: &Import, rows: RangeInclusive<i64>) -> Result<()> {
    let mut tx = cx.begin().await?;
    let numbers = stored(&mut tx, import, rows).await?;
    delete::delete(&mut tx, import.form_id, &numbers).await?;
    tx.commit().await
}

/// The numbers of the submissions that these rows have become.
async fn stored(tx: &mut db::Tx, import: &Import, rows: RangeInclusive<i64>) -> Result<Vec<i64>> {
    let keys: Vec<String> = rows.map(|row| import.row_key(row)).collect();
    let hash = |key: &String| Key::new(import.form_id, SOURCE, key.clone()).hash;
    let hashes: Vec<i64> = keys.iter().map(hash).collect();
    let found = store::list_keyed(tx, &hashes).await?;
    // A hash may stand for another key as well.
    let ours =
        |(form, _, key): &(FormId, i64, String)| *form == import.form_id && keys.contains(key);
    Ok(found.into_iter().filter(ours).map(|(_, number, _)| number).collect())
}
