//! All SQL about what the desk says of submissions.

mod forgetting;
mod histories;
mod tally;
mod walking;

use std::collections::HashMap;

use db::{Insert, Json, ToValue, Tx, sql};
use kernel::{Error, Result, Timestamp, UserId};
use serde_json::Value;

use super::{Changed, Scene, State};
use crate::{
    ids::{FormId, SubmissionId},
    submissions::tray::Tray,
};

pub(crate) use forgetting::{forget, forget_form, forget_part, forget_some, lock_known};
pub(crate) use histories::{find_newest_steps, list_taken};
pub(crate) use tally::{Tally, add_to_tally, list_tally};
pub(crate) use walking::{Index, list_numbers};

/// Numbers of one statement.
const MOST: usize = 256;

#[derive(db::FromRow)]
struct StateRow {
    number: i64,
    status: String,
    tray: String,
    earlier_tray: String,
    reason: Option<String>,
    assignee: Option<UserId>,
    comment_count: i64,
    moved_at: Timestamp,
}

/// The states of those among these numbers that are not as they arrived. They stand in order, either way.
pub(crate) async fn find_states(
    tx: &mut Tx,
    form: FormId,
    numbers: &[i64],
) -> Result<HashMap<i64, State>> {
    let mut states = HashMap::new();
    for some in numbers.chunks(MOST) {
        for row in list_rows(tx, form, some).await? {
            let tray =
                |word: &str| Tray::named(word).ok_or_else(|| Error::internal("no such tray"));
            let state = State {
                tray: tray(&row.tray)?,
                earlier_tray: tray(&row.earlier_tray)?,
                status: row.status,
                reason: row.reason,
                assignee: row.assignee,
                comment_count: row.comment_count,
                tags: Vec::new(),
                moved_at: Some(row.moved_at),
            };
            states.insert(row.number, state);
        }
        for (number, tag) in list_tags(tx, form, some).await? {
            states.entry(number).or_insert_with(State::default).tags.push(tag);
        }
    }
    Ok(states)
}

async fn list_rows(tx: &mut Tx, form: FormId, numbers: &[i64]) -> Result<Vec<StateRow>> {
    sql("select number, status, tray, earlier_tray, reason, assignee, comment_count, moved_at
         from submission_state
         where workspace_id = $1 and form_id = $2")
    .bind(tx.workspace())
    .bind(form)
    .each(tx, "number", numbers.iter().copied())
    .all(tx)
    .await
}

async fn list_tags(tx: &mut Tx, form: FormId, numbers: &[i64]) -> Result<Vec<(i64, String)>> {
    sql("select number, tag from submission_tag
         where workspace_id = $1 and form_id = $2")
    .bind(tx.workspace())
    .bind(form)
    .each(tx, "number", numbers.iter().copied())
    .push(" order by number, tag")
    .all(tx)
    .await
}

const LOCK: Insert<10> = Insert {
    table: "submission_state",
    columns: [
        "workspace_id",
        "form_id",
        "number",
        "submission_id",
        "status",
        "tray",
        "earlier_tray",
        "comment_count",
        "moved_at",
        "updated_at",
    ],
    suffix: "on conflict (workspace_id, form_id, number) do update set updated_at = excluded.updated_at",
};

/// Locks the states of submissions until the commit, making those that have none; gives back which of
/// them are there, in the order of their numbers.
pub(crate) async fn lock(
    tx: &mut Tx,
    form: FormId,
    numbers: &[i64],
    now: Timestamp,
) -> Result<Vec<(i64, SubmissionId)>> {
    let mut there = Vec::new();
    for some in numbers.chunks(MOST) {
        let found = list_ids(tx, form, some).await?;
        let state = State::default();
        let rows = found.iter().map(|(number, id)| {
            [
                tx.workspace().value(),
                form.value(),
                number.value(),
                id.value(),
                state.status.clone().value(),
                state.tray.as_str().value(),
                state.earlier_tray.as_str().value(),
                0_i64.value(),
                now.value(),
                now.value(),
            ]
        });
        let rows = rows.collect();
        LOCK.run(tx, rows).await?;
        // Whoever deletes one for good holds its state before: what is gone by now is told here.
        let left = list_ids(tx, form, some).await?;
        if left.len() < found.len() {
            let gone: Vec<i64> =
                found.iter().filter(|it| !left.contains(it)).map(|(number, _)| *number).collect();
            delete_states(tx, form, &gone).await?;
        }
        there.extend(left);
    }
    Ok(there)
}

async fn list_ids(tx: &mut Tx, form: FormId, numbers: &[i64]) -> Result<Vec<(i64, SubmissionId)>> {
    sql("select number, id from submission
         where workspace_id = $1 and form_id = $2")
    .bind(tx.workspace())
    .bind(form)
    .each(tx, "number", numbers.iter().copied())
    .push(" order by number")
    .all(tx)
    .await
}

const SAVE: Insert<12> = Insert {
    table: "submission_state",
    columns: [
        "workspace_id",
        "form_id",
        "number",
        "submission_id",
        "status",
        "tray",
        "earlier_tray",
        "reason",
        "assignee",
        "comment_count",
        "moved_at",
        "updated_at",
    ],
    suffix: "on conflict (workspace_id, form_id, number) do update
             set status = excluded.status, tray = excluded.tray, earlier_tray = excluded.earlier_tray,
                 reason = excluded.reason, assignee = excluded.assignee,
                 moved_at = case when submission_state.tray = excluded.tray then submission_state.moved_at
                                 else excluded.moved_at end,
                 comment_count = excluded.comment_count, updated_at = excluded.updated_at",
};

/// Writes how locked submissions are now; no row stays of what is as it arrived.
pub(crate) async fn save(tx: &mut Tx, form: FormId, all: &[Changed], now: Timestamp) -> Result<()> {
    let (plain, rest): (Vec<&Changed>, Vec<&Changed>) =
        all.iter().partition(|it| it.after.is_plain());
    let differs = rest.into_iter().filter(|it| it.before != it.after);
    let rows = differs.map(|it| row(tx, form, it, now)).collect();
    SAVE.run(tx, rows).await?;
    let plain: Vec<i64> = plain.into_iter().map(|it| it.number).collect();
    delete_states(tx, form, &plain).await?;
    save_tags(tx, form, all).await
}

fn row(tx: &Tx, form: FormId, it: &Changed, now: Timestamp) -> [db::Value; 12] {
    let state = &it.after;
    [
        tx.workspace().value(),
        form.value(),
        it.number.value(),
        it.id.value(),
        state.status.clone().value(),
        state.tray.as_str().value(),
        state.earlier_tray.as_str().value(),
        state.reason.clone().value(),
        state.assignee.value(),
        state.comment_count.value(),
        state.moved_at.unwrap_or(now).value(),
        now.value(),
    ]
}

pub(crate) async fn delete_states(tx: &mut Tx, form: FormId, numbers: &[i64]) -> Result<()> {
    for some in numbers.chunks(MOST) {
        sql("delete from submission_state where workspace_id = $1 and form_id = $2 and number in")
            .bind(tx.workspace())
            .bind(form)
            .bind_list(some.iter().copied())
            .run(tx)
            .await?;
    }
    Ok(())
}

const TAGS: Insert<4> = Insert {
    table: "submission_tag",
    columns: ["workspace_id", "form_id", "tag", "number"],
    suffix: "on conflict (workspace_id, form_id, tag, number) do nothing",
};
async fn save_tags(tx: &mut Tx, form: FormId, all: &[Changed]) -> Result<()> {
    let (mut added, mut removed): (Vec<_>, HashMap<&str, Vec<i64>>) = (Vec::new(), HashMap::new());
    for Changed { number, before, after, .. } in all {
        added.extend(
            after.tags.iter().filter(|it| !before.tags.contains(it)).map(|it| (it, *number)),
        );
        for tag in before.tags.iter().filter(|it| !after.tags.contains(it)) {
            removed.entry(tag).or_default().push(*number);
        }
    }
    let workspace = tx.workspace();
    let row = |(tag, number): (&String, i64)| {
        [workspace.value(), form.value(), tag.value(), number.value()]
    };
    let rows = added.into_iter().map(row).collect();
    TAGS.run(tx, rows).await?;
    for (tag, numbers) in removed {
        sql("delete from submission_tag
             where workspace_id = $1 and form_id = $2 and tag = $3 and number in")
        .bind(workspace)
        .bind(form)
        .bind(tag)
        .bind_list(numbers)
        .run(tx)
        .await?;
    }
    Ok(())
}

const ACTIVITY: Insert<8> = Insert {
    table: "submission_activity",
    columns: [
        "workspace_id",
        "submission_id",
        "seq",
        "kind",
        "actor",
        "detail",
        "bulk_action_id",
        "at",
    ],
    suffix: "",
};

/// A line in the history of each submission, numbered like the event that told of it.
pub(crate) async fn insert_activity(
    tx: &mut Tx,
    scene: &Scene<'_>,
    seq: i64,
    kind: &str,
    lines: Vec<(SubmissionId, Value)>,
) -> Result<()> {
    let workspace = tx.workspace();
    let rows = lines.into_iter().map(|(id, detail)| {
        [
            workspace.value(),
            id.value(),
            seq.value(),
            kind.value(),
            scene.actor.value(),
            Json(detail.to_string()).value(),
            scene.bulk_action.map(str::to_owned).value(),
            scene.now.value(),
        ]
    });
    ACTIVITY.run(tx, rows.collect()).await.map(|_| ())
}
