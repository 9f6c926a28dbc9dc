//! What the job that counts asks.

use db::{Json, Tx, sql};
use kernel::{Result, Timestamp};

use crate::{
    forms::FormId,
    submissions::{SubmissionId, incoming::IMPORT, trace::Origin},
};

/// What the index and the counts need of a submission.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct UnprocessedRow {
    pub(crate) number: i64,
    pub(crate) id: SubmissionId,
    pub(crate) form_version: i64,
    pub(crate) answers: Json,
    pub(crate) source: String,
    pub(crate) received_at: Timestamp,
    pub(crate) visit: Option<Json>,
    /// Why it looks like spam.
    pub(crate) suspicion: Option<String>,
}

impl UnprocessedRow {
    /// When and how it came in.
    pub(crate) fn origin(&self) -> Origin<'_> {
        let UnprocessedRow { received_at, source, visit, .. } = self;
        Origin { received_at: *received_at, source, visit: visit.as_ref() }
    }
}

/// The next ones, oldest first.
pub(crate) async fn list_unprocessed(
    tx: &mut Tx,
    form: FormId,
    after: i64,
    limit: i64,
) -> Result<Vec<UnprocessedRow>> {
    sql("select number, id, form_version, answers, source, received_at, visit, suspicion
         from submission
         where workspace_id = $1 and form_id = $2 and number > $3
         order by number
         limit $4")
    .bind(tx.workspace())
    .bind(form)
    .bind(after)
    .bind(limit)
    .all(tx)
    .await
}

/// How many there are above `after` and up to `to`.
pub(crate) async fn count_numbered(tx: &mut Tx, form: FormId, after: i64, to: i64) -> Result<i64> {
    let (count,) = sql("select count(*) from submission
         where workspace_id = $1 and form_id = $2 and number > $3 and number <= $4")
    .bind(tx.workspace())
    .bind(form)
    .bind(after)
    .bind(to)
    .one::<(i64,)>(tx)
    .await?;
    Ok(count)
}

/// Whether nothing lies above a number, and nobody is just storing something there.
///
/// Whoever stores while a job waits relies on that job, and on PostgreSQL it may have begun, and have looked,
/// before they commit. Where only one transaction writes at a time it cannot.
pub(crate) async fn is_settled(tx: &mut Tx, form: FormId, to: i64) -> Result<bool> {
    if tx.writes_alone() {
        return Ok(true);
    }
    let counter: Option<(i64,)> =
        sql("select last_number from form_counter where workspace_id = $1 and form_id = $2")
            .bind(tx.workspace())
            .bind(form)
            .skip_locked(tx)
            .optional(tx)
            .await?;
    Ok(counter.is_some() && count_numbered(tx, form, to, i64::MAX).await? == 0)
}

/// As [`count_numbered`], without old answers that were imported.
pub(crate) async fn count_news(tx: &mut Tx, form: FormId, after: i64, to: i64) -> Result<i64> {
    let (count,) = sql("select count(*) from submission
         where workspace_id = $1 and form_id = $2 and number > $3 and number <= $4 and source <> $5")
    .bind(tx.workspace())
    .bind(form)
    .bind(after)
    .bind(to)
    .bind(IMPORT)
    .one::<(i64,)>(tx)
    .await?;
    Ok(count)
}
