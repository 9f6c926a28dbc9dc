//! All SQL about submissions.

mod counting;
mod delivering;
mod respondents;
mod suspicions;

use std::collections::{HashMap, HashSet};

use db::{Insert, Json, ToValue, Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};

use super::{
    Submission, SubmissionId,
    incoming::{Incoming, Stored, is_public},
};
use crate::forms::FormId;

pub(crate) use counting::{
    UnprocessedRow, count_news, count_numbered, is_settled, list_unprocessed,
};
pub(crate) use delivering::{delete_delivered, find_delivered, keep_delivered};
pub(crate) use respondents::{
    Respondents, delete_respondents_of, delete_respondents_of_some, delete_some_respondents,
    find_respondents, has_answered, insert_respondents,
};
pub(crate) use suspicions::{Suspicions, keep_suspicions};

pub(crate) type Ids = HashSet<SubmissionId>;
/// What was stored earlier, by the hash of its key.
pub(crate) type Earlier = HashMap<i64, EarlierRow>;

/// Numbers taken, and places with them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    /// The first of the numbers.
    pub(crate) first: i64,
    /// The places that were free; `None` without a limit.
    pub(crate) free: Option<i64>,
}

/// Takes `count` numbers and `places` of a form and locks its counter until the commit; nothing when the
/// form is gone.
pub(crate) async fn take_numbers(
    tx: &mut Tx,
    workspace: WorkspaceId,
    form: FormId,
    count: i64,
    places: i64,
) -> Result<Option<Taken>> {
    let counter = sql("update form_counter set last_number = last_number + $3, held = held + $4
         where workspace_id = $1 and form_id = $2
         returning last_number, held, submission_limit")
    .bind(workspace)
    .bind(form)
    .bind(count)
    .bind(places)
    .optional::<(i64, i64, Option<i64>)>(tx)
    .await?;
    Ok(counter.map(|(last, held, limit)| Taken {
        first: last - count + 1,
        free: limit.map(|limit| (limit - (held - places)).max(0)),
    }))
}

/// Gives back what was taken for too many: the last numbers, and places.
pub(crate) async fn give_back(
    tx: &mut Tx,
    workspace: WorkspaceId,
    form: FormId,
    numbers: i64,
    places: i64,
) -> Result<()> {
    sql("update form_counter set last_number = last_number - $3, held = held - $4
         where workspace_id = $1 and form_id = $2")
    .bind(workspace)
    .bind(form)
    .bind(numbers)
    .bind(places)
    .run(tx)
    .await
    .map(|_| ())
}

/// Gives submissions of a form other numbers, from one to another; none of the new ones may be taken.
pub(crate) async fn renumber(
    tx: &mut Tx,
    workspace: WorkspaceId,
    form: FormId,
    moves: &[(i64, i64)],
) -> Result<()> {
    for some in moves.chunks(128) {
        let mut update = sql("update submission set number = case number");
        for (from, to) in some {
            update = update.push(" when").bind_next(*from).push(" then").bind_next(*to);
        }
        update
            .push(" else number end where workspace_id =")
            .bind_next(workspace)
            .push(" and form_id =")
            .bind_next(form)
            .push(" and number in")
            .bind_list(some.iter().map(|(from, _)| *from))
            .run(tx)
            .await?;
    }
    Ok(())
}

const SUBMISSION: Insert<14> = Insert {
    table: "submission",
    columns: [
        "workspace_id",
        "id",
        "form_id",
        "number",
        "form_version",
        "answers",
        "metadata",
        "source",
        "idempotency_key",
        "key_hash",
        "fingerprint",
        "submitted_at",
        "received_at",
        "visit",
    ],
    suffix: "on conflict (key_hash) where key_hash is not null do nothing",
};

/// Stores rows with their numbers; tells how many were not repeats.
pub(crate) async fn insert_submissions(tx: &mut Tx, rows: Vec<(&Incoming, i64)>) -> Result<u64> {
    let values = rows
        .into_iter()
        .map(|(item, number)| {
            [
                item.workspace.value(),
                item.id.value(),
                item.form.value(),
                number.value(),
                item.form_version.value(),
                Json(item.answers.clone()).value(),
                item.metadata.clone().map(Json).value(),
                item.source.value(),
                item.key.as_ref().map(|key| &key.text).value(),
                item.key.as_ref().map(|key| key.hash).value(),
                item.fingerprint.value(),
                item.submitted_at.value(),
                item.received_at.value(),
                item.visit.clone().map(Json).value(),
            ]
        })
        .collect();
    SUBMISSION.run(tx, values).await
}

/// Which of these are stored.
pub(crate) async fn find_stored(tx: &mut Tx, items: &[Incoming]) -> Result<Ids> {
    let mut stored = Ids::new();
    for some in items.chunk_by(|one, next| one.workspace == next.workspace) {
        let found: Vec<(SubmissionId,)> =
            sql("select id from submission where workspace_id = $1 and id in")
                .bind(some[0].workspace)
                .bind_list(some.iter().map(|item| item.id))
                .all(tx)
                .await?;
        stored.extend(found.into_iter().map(|(id,)| id));
    }
    Ok(stored)
}

/// A submission that has used a key before.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct EarlierRow {
    id: SubmissionId,
    form_id: FormId,
    pub(crate) form_version: i64,
    source: String,
    idempotency_key: String,
    key_hash: i64,
    fingerprint: i64,
    received_at: Timestamp,
}

impl EarlierRow {
    /// Whether this is the same content under the same key.
    pub(crate) fn repeats(&self, item: &Incoming) -> bool {
        self.form_id == item.form
            && item.key.as_ref().is_some_and(|key| key.text == self.idempotency_key)
            && is_public(&self.source) == is_public(item.source)
            && self.fingerprint == item.fingerprint
    }

    pub(crate) fn stored(&self) -> Stored {
        Stored { id: self.id, form_version: self.form_version, received_at: self.received_at }
    }
}

/// What is stored under the keys of these repeats.
pub(crate) async fn find_earlier<'a>(
    tx: &mut Tx,
    repeats: impl Iterator<Item = &'a Incoming>,
) -> Result<Earlier> {
    let hashes: Vec<i64> =
        repeats.filter_map(|item| item.key.as_ref()).map(|key| key.hash).collect();
    let mut earlier = Earlier::new();
    for some in hashes.chunks(512) {
        let rows: Vec<EarlierRow> = sql(
            "select id, form_id, form_version, source, idempotency_key, key_hash, fingerprint, received_at
                 from submission
                 where key_hash in",
        )
        .bind_list(some.iter().copied())
        .all(tx)
        .await?;
        earlier.extend(rows.into_iter().map(|row| (row.key_hash, row)));
    }
    Ok(earlier)
}

/// What of the transaction's workspace is stored under a key.
pub(crate) async fn find_keyed(tx: &mut Tx, hash: i64) -> Result<Option<EarlierRow>> {
    sql("select id, form_id, form_version, source, idempotency_key, key_hash, fingerprint, received_at
         from submission
         where workspace_id = $1 and key_hash = $2")
        .bind(tx.workspace())
        .bind(hash)
        .optional(tx)
        .await
}

pub(crate) async fn find_submission(tx: &mut Tx, id: SubmissionId) -> Result<Option<Submission>> {
    sql("select s.workspace_id, s.id, s.form_id, s.number, s.form_version, s.answers, s.metadata, s.source,
                s.submitted_at, s.received_at, s.visit
         from submission s
         join form f on f.workspace_id = s.workspace_id and f.id = s.form_id
         where s.workspace_id = $1 and s.id = $2 and f.deleted_at is null")
        .bind(tx.workspace())
        .bind(id)
        .optional(tx)
        .await
}

/// The numbers below `before` and not below `least`, newest first.
pub(crate) async fn list_numbers_before(
    tx: &mut Tx,
    form: FormId,
    before: i64,
    least: i64,
    limit: i64,
) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = sql("select number from submission
         where workspace_id = $1 and form_id = $2 and number < $3 and number >= $4
         order by number desc
         limit $5")
    .bind(tx.workspace())
    .bind(form)
    .bind(before)
    .bind(least)
    .bind(limit)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(|(number,)| number).collect())
}

/// The numbers above `after` and not above `most`, oldest first.
pub(crate) async fn list_numbers_after(
    tx: &mut Tx,
    form: FormId,
    after: i64,
    most: i64,
    limit: i64,
) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = sql("select number from submission
         where workspace_id = $1 and form_id = $2 and number > $3 and number <= $4
         order by number
         limit $5")
    .bind(tx.workspace())
    .bind(form)
    .bind(after)
    .bind(most)
    .bind(limit)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(|(number,)| number).collect())
}

/// The numbers of those of these that are the form's.
pub(crate) async fn list_numbers_of(
    tx: &mut Tx,
    form: FormId,
    ids: &[SubmissionId],
) -> Result<Vec<i64>> {
    let mut numbers = Vec::with_capacity(ids.len());
    for some in ids.chunks(256) {
        // Asked for the form as well, SQLite would walk all of the form.
        let rows: Vec<(i64, FormId)> =
            sql("select number, form_id from submission where workspace_id = $1 and id in")
                .bind(tx.workspace())
                .bind_list(some.iter().copied())
                .all(tx)
                .await?;
        let of_form = rows.into_iter().filter(|(_, of)| *of == form);
        numbers.extend(of_form.map(|(number, _)| number));
    }
    Ok(numbers)
}

/// Those with these numbers, newest first.
pub(crate) async fn list_numbered(
    tx: &mut Tx,
    form: FormId,
    numbers: &[i64],
) -> Result<Vec<Submission>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    sql("select workspace_id, id, form_id, number, form_version, answers, metadata, source, submitted_at, received_at, visit
         from submission
         where workspace_id = $1 and form_id = $2")
        .bind(tx.workspace())
        .bind(form)
        .each(tx, "number", numbers.iter().copied())
        .push(" order by number desc")
        .all(tx)
        .await
}

/// The oldest at or above a number.
pub(crate) async fn find_at_or_above(
    tx: &mut Tx,
    form: FormId,
    number: i64,
) -> Result<Option<(i64, Timestamp)>> {
    sql("select number, received_at
         from submission
         where workspace_id = $1 and form_id = $2 and number >= $3
         order by number
         limit 1")
    .bind(tx.workspace())
    .bind(form)
    .bind(number)
    .optional(tx)
    .await
}

pub(crate) async fn find_last_number(tx: &mut Tx, form: FormId) -> Result<i64> {
    let last = sql("select last_number from form_counter where workspace_id = $1 and form_id = $2")
        .bind(tx.workspace())
        .bind(form)
        .optional::<(i64,)>(tx)
        .await?;
    Ok(last.map_or(0, |(number,)| number))
}

/// Deletes one, and forgets who sent it; gives back whether it was still there.
pub(crate) async fn delete_submission(
    tx: &mut Tx,
    workspace: WorkspaceId,
    id: SubmissionId,
) -> Result<bool> {
    delete_respondents_of(tx, workspace, id).await?;
    let gone = sql("delete from submission where workspace_id = $1 and id = $2")
        .bind(workspace)
        .bind(id)
        .run(tx)
        .await?;
    Ok(gone > 0)
}

/// Deletes these of the transaction's workspace.
pub(crate) async fn delete_submissions(tx: &mut Tx, ids: &[SubmissionId]) -> Result<()> {
    for some in ids.chunks(256) {
        delete_respondents_of_some(tx, some).await?;
        sql("delete from submission where workspace_id = $1 and id in")
            .bind(tx.workspace())
            .bind_list(some.iter().copied())
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Deletes some of a deleted form's submissions; gives back how many.
pub(crate) async fn delete_some(tx: &mut Tx, form: FormId, limit: i64) -> Result<u64> {
    sql("delete from submission
         where workspace_id = $1 and id in (
             select id from submission where workspace_id = $1 and form_id = $2 order by number limit $3
         )")
        .bind(tx.workspace())
        .bind(form)
        .bind(limit)
        .run(tx)
        .await
}
