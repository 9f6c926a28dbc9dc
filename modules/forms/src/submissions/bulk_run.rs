//! Doing a bulk action: chunk by chunk, each with its progress in one transaction.

use std::sync::Arc;

use ::jobs::{Failure, JobContext};
use kernel::{Error, Result};
use web::{Change, Cx, House};

use super::bulk_actions::{
    BulkAction, Deed, Selection,
    store::{self, Piece},
};
use crate::{
    events::BulkActionProgressed,
    ids::BulkActionId,
    jobs::{RunBulkAction, given_up, retry_or_tell},
    submissions::{
        delete::delete_binned,
        place::Place,
        state::{Scene, change::apply, store::list_taken, undoing::undo},
        walk::{From, Stop, Walk},
    },
};

/// Submissions of one transaction: few enough that other writers need not wait long.
const CHUNK: usize = 200;

/// Goes on where it stopped. What can never be done is given up; what it changed until then stays.
pub(crate) async fn run(
    house: Arc<House>,
    job: JobContext,
    id: BulkActionId,
) -> Result<(), Failure> {
    let cx = Cx::of_job(house, &job);
    let Err(error) = work(&cx, &job, id).await else { return Ok(()) };
    let why = given_up::<RunBulkAction>(&job, &error, OUR_FAULT);
    retry_or_tell(error, why, async |why| give_up(&cx, &job, id, why).await).await
}

const OUR_FAULT: &str = "It could not be done, several times over; it has been noted. \
                         Please start it again: what is done already is not done twice.";

async fn give_up(cx: &Cx, job: &JobContext, id: BulkActionId, why: &str) -> Result<()> {
    let mut tx = cx.begin().await?;
    if let Some(action) = store::find_bulk_action(&mut tx, id).await?
        && store::fail(&mut tx, &action, why, cx.now()).await?
    {
        tx.record(&BulkActionProgressed {
            form_id: action.form_id,
            bulk_action_id: id.to_string(),
            changed: action.changed,
            finished: true,
        })
        .await?;
    }
    job.finish(&mut tx).await?;
    tx.commit().await
}

/// Chunk by chunk; the last one and the end of the job are one commit.
async fn work(cx: &Cx, job: &JobContext, id: BulkActionId) -> Result<()> {
    loop {
        let Some(action) = store::find_bulk_action(&mut cx.read().await?, id).await? else {
            return Ok(());
        };
        if action.finished_at.is_some() {
            return Ok(());
        }
        let mut tx = cx.begin().await?;
        let piece = match action.undoes {
            Some(undone) => back(cx, &mut tx, &action, undone).await?,
            None => forth(cx, &mut tx, &action).await?,
        };
        // Another worker that was faster has done this chunk already.
        if !store::update_progress(&mut tx, &action, &piece).await? {
            continue;
        }
        let finished = piece.finished_at.is_some();
        tx.record(&BulkActionProgressed {
            form_id: action.form_id,
            bulk_action_id: id.to_string(),
            changed: action.changed + piece.changed,
            finished,
        })
        .await?;
        if finished {
            job.finish(&mut tx).await?;
        }
        tx.commit().await?;
        if finished {
            return Ok(());
        }
    }
}

fn count(some: usize) -> Result<i64> {
    i64::try_from(some).map_err(Error::internal)
}

/// Does the step with the next ones.
async fn forth(cx: &Cx, tx: &mut Change, action: &BulkAction) -> Result<Piece> {
    let (numbers, position) = next(cx, action).await?;
    let id = action.id.to_string();
    let changed = match action.deed()? {
        Deed::Step(step) => {
            apply(tx, &scene(cx, action, &id), &numbers, |_| step.clone()).await?.len()
        }
        Deed::Purge => delete_binned(tx, action.form_id, &numbers).await?,
    };
    Ok(Piece {
        position: position.unwrap_or(0),
        cursor: None,
        changed: count(changed)?,
        left_alone: 0,
        finished_at: position.is_none().then(|| cx.now()),
    })
}

/// Takes the next ones back. Their histories are walked through, not their numbers: the place is counted down
/// only to say how far it has come.
async fn back(
    cx: &Cx,
    tx: &mut Change,
    action: &BulkAction,
    undone: BulkActionId,
) -> Result<Piece> {
    let after = action.cursor.as_deref().unwrap_or_default();
    let taken = list_taken(tx, undone, after, count(CHUNK)?).await?;
    let id = action.id.to_string();
    let (changed, left_alone) = undo(tx, &scene(cx, action, &id), &taken).await?;
    Ok(Piece {
        position: (action.position - count(taken.len())?).max(0),
        cursor: taken.last().map(|it| it.submission_id.to_string()).or(action.cursor.clone()),
        changed: count(changed.len())?,
        left_alone: count(left_alone)?,
        finished_at: (taken.len() < CHUNK).then(|| cx.now()),
    })
}

fn scene<'a>(cx: &Cx, action: &'a BulkAction, id: &'a str) -> Scene<'a> {
    Scene { form: action.form_id, actor: &action.actor, now: cx.now(), bulk_action: Some(id) }
}

/// The next ones, and the number below which others are left; nothing when there are none.
async fn next(cx: &Cx, action: &BulkAction) -> Result<(Vec<i64>, Option<i64>)> {
    match action.selection()? {
        Selection::Numbers(mut numbers) => {
            numbers.retain(|number| *number < action.position);
            numbers.sort_unstable_by(|one, other| other.cmp(one));
            let more = numbers.len() > CHUNK;
            numbers.truncate(CHUNK);
            let position = numbers.last().copied().filter(|_| more);
            Ok((numbers, position))
        }
        Selection::Filter(query) => {
            let place = Place::of_query(&query)?;
            let mut tx = cx.read().await?;
            let mut walk = Walk::of(&mut tx, action.form_id, &place.filter).await?;
            let (entries, stop) = walk.page(&mut tx, From::Before(action.position), CHUNK).await?;
            let numbers: Vec<i64> = entries.iter().map(|it| it.submission.number).collect();
            let position = match stop {
                Stop::End => None,
                Stop::Full => numbers.last().copied(),
                Stop::Tired(number) => Some(number),
            };
            Ok((numbers, position))
        }
    }
}
