//! All SQL about what was learned.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use db::{Insert, ToValue, Tx, sql};
use kernel::Result;

use super::{Count, Kind};
use crate::ids::FormId;

/// Names of one statement.
const MOST: usize = 256;

/// How many texts of each kind a workspace has learned from.
pub(super) async fn find_total(tx: &mut Tx) -> Result<Count> {
    let found = sql("select spam, ham from spam_total where workspace_id = $1")
        .bind(tx.workspace())
        .optional(tx)
        .await?;
    Ok(found.unwrap_or_default())
}

/// The same with how many words are known; nobody else learns until the commit.
pub(super) async fn lock(tx: &mut Tx) -> Result<(Count, i64)> {
    let (spam, ham, words) = sql("insert into spam_total (workspace_id, spam, ham, words)
         values ($1, 0, 0, 0)
         on conflict (workspace_id) do update set words = spam_total.words
         returning spam, ham, words")
    .bind(tx.workspace())
    .one(tx)
    .await?;
    Ok((Count { spam, ham }, words))
}

pub(super) async fn save_total(tx: &mut Tx, total: Count, words: i64) -> Result<()> {
    sql("update spam_total set spam = $2, ham = $3, words = $4 where workspace_id = $1")
        .bind(tx.workspace())
        .bind(total.spam.max(0))
        .bind(total.ham.max(0))
        .bind(words)
        .run(tx)
        .await
        .map(|_| ())
}

/// What is known of these words.
pub(super) async fn find_words(
    tx: &mut Tx,
    words: &BTreeSet<&str>,
) -> Result<HashMap<String, Count>> {
    let mut known = HashMap::new();
    let words: Vec<&str> = words.iter().copied().collect();
    for some in words.chunks(MOST) {
        let rows: Vec<(String, i64, i64)> =
            sql("select word, spam, ham from spam_word where workspace_id = $1 and word in")
                .bind(tx.workspace())
                .bind_list(some.iter().copied())
                .all(tx)
                .await?;
        known.extend(rows.into_iter().map(|(word, spam, ham)| (word, Count { spam, ham })));
    }
    Ok(known)
}

const WORD: Insert<4> = Insert {
    table: "spam_word",
    columns: ["workspace_id", "word", "spam", "ham"],
    suffix: "on conflict (workspace_id, word) do update
             set spam = spam_word.spam + excluded.spam, ham = spam_word.ham + excluded.ham",
};

pub(super) async fn add_to_words(tx: &mut Tx, changes: BTreeMap<String, Count>) -> Result<()> {
    let workspace = tx.workspace();
    let row = |(word, it): (String, Count)| {
        [workspace.value(), word.value(), it.spam.value(), it.ham.value()]
    };
    WORD.run(tx, changes.into_iter().map(row).collect()).await.map(|_| ())
}

/// Those that came once say least; tells how many they were.
pub(super) async fn delete_rare_words(tx: &mut Tx) -> Result<i64> {
    let gone = sql("delete from spam_word where workspace_id = $1 and spam + ham <= 1")
        .bind(tx.workspace())
        .run(tx)
        .await?;
    Ok(i64::try_from(gone).unwrap_or(i64::MAX))
}

/// Those that are in no text any more; tells how many they were.
pub(super) async fn delete_empty_words(tx: &mut Tx) -> Result<i64> {
    let gone = sql("delete from spam_word where workspace_id = $1 and spam <= 0 and ham <= 0")
        .bind(tx.workspace())
        .run(tx)
        .await?;
    Ok(i64::try_from(gone).unwrap_or(i64::MAX))
}

/// What was learned from these submissions.
pub(crate) async fn find_lessons(
    tx: &mut Tx,
    form: FormId,
    numbers: &[i64],
) -> Result<HashMap<i64, Kind>> {
    let mut learned = HashMap::new();
    for some in numbers.chunks(MOST) {
        let rows: Vec<(i64, String)> = sql("select number, kind from spam_lesson
             where workspace_id = $1 and form_id = $2 and number in")
        .bind(tx.workspace())
        .bind(form)
        .bind_list(some.iter().copied())
        .all(tx)
        .await?;
        let kind = |kind: &str| if kind == Kind::Spam.as_str() { Kind::Spam } else { Kind::Ham };
        learned.extend(rows.into_iter().map(|(number, word)| (number, kind(&word))));
    }
    Ok(learned)
}

const LESSON: Insert<4> = Insert {
    table: "spam_lesson",
    columns: ["workspace_id", "form_id", "number", "kind"],
    suffix: "on conflict (workspace_id, form_id, number) do update set kind = excluded.kind",
};

pub(super) async fn save_lessons(tx: &mut Tx, form: FormId, lessons: &[(i64, Kind)]) -> Result<()> {
    let workspace = tx.workspace();
    let row = |(number, kind): &(i64, Kind)| {
        [workspace.value(), form.value(), number.value(), kind.as_str().value()]
    };
    LESSON.run(tx, lessons.iter().map(row).collect()).await.map(|_| ())
}

/// Forgets which of these submissions were lessons, as they are deleted; the words stay, which say not whose they were.
pub(crate) async fn forget(tx: &mut Tx, form: FormId, numbers: &[i64]) -> Result<()> {
    for some in numbers.chunks(MOST) {
        sql("delete from spam_lesson where workspace_id = $1 and form_id = $2 and number in")
            .bind(tx.workspace())
            .bind(form)
            .bind_list(some.iter().copied())
            .run(tx)
            .await?;
    }
    Ok(())
}

/// The same for some of a form that is deleted; tells how many they were.
pub(crate) async fn forget_part(tx: &mut Tx, form: FormId, limit: i64) -> Result<u64> {
    sql("delete from spam_lesson
         where workspace_id = $1 and form_id = $2 and number in (
             select number from spam_lesson
             where workspace_id = $1 and form_id = $2
             order by number
             limit $3
         )")
    .bind(tx.workspace())
    .bind(form)
    .bind(limit)
    .run(tx)
    .await
}
