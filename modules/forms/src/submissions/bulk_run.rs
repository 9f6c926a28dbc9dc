//! Doing a bulk action: chunk by chunk, each with its progress in one transaction.

use std::sync::Arc;

use ::jobs::{Failure, JobContext};
use kernel::{Error, Result};
use web::{Cx, House};

use super::bulk_actions::{BulkAction, Selection, store};
use crate::{
    events::BulkActionProgressed,
    ids::BulkActionId,
    jobs::RunBulkAction,
    submissions::{
        place::Place,
        state::{Scene, change::apply},
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
    let last = job.attempt >= <RunBulkAction as ::jobs::Job>::MAX_ATTEMPTS;
    match &error {
        Error::Internal { .. } | Error::Unavailable { .. } if !last => Err(Failure::Retry(error)),
        Error::Internal { .. } | Error::Unavailable { .. } => {
            tracing::error!(%id, %error, "a bulk action failed for good");
            Ok(give_up(&cx, &job, id, OUR_FAULT).await?)
        }
        other => Ok(give_up(&cx, &job, id, &other.to_string()).await?),
    }
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
        let (numbers, position) = next(cx, &action).await?;
        let mut tx = cx.begin().await?;
        let step = action.step()?;
        let bulk_action = id.to_string();
        let scene = Scene {
            form: action.form_id,
            actor: &action.actor,
            now: cx.now(),
            bulk_action: Some(&bulk_action),
        };
        let changed = apply(&mut tx, &scene, &numbers, |_| step.clone()).await?;
        let changed = i64::try_from(changed.len()).map_err(Error::internal)?;
        // Another worker that was faster has done this chunk already.
        let finished_at = position.is_none().then(|| cx.now());
        let to = position.unwrap_or(0);
        if !store::update_progress(&mut tx, &action, to, changed, finished_at).await? {
            continue;
        }
        tx.record(&BulkActionProgressed {
            form_id: action.form_id,
            bulk_action_id: bulk_action,
            changed: action.changed + changed,
            finished: position.is_none(),
        })
        .await?;
        if position.is_none() {
            job.finish(&mut tx).await?;
        }
        tx.commit().await?;
        if position.is_none() {
            return Ok(());
        }
    }
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
