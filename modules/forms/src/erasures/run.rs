//! The work: piece by piece, each with how far it is in one commit, so that a worker that dies loses nothing.

use std::{sync::Arc, time::Duration};

use ::jobs::{Failure, JobContext};
use db::Json;
use files::Files;
use kernel::{Error, Result};
use tokio::time::Instant;
use web::{Change, Cx, House};

use super::{Erasure, ErasureId, KEPT, Status, secrets::Secrets, steps, store};
use crate::{
    events::{ErasureFailed, ErasureFinished, ErasureFound, ErasureProgressed},
    jobs::{RunErasure, retry_or_tell},
};

/// How often the progress is told.
const TOLD_EVERY: Duration = Duration::from_secs(1);

/// Whoever works on erasures in this process; cheap to clone.
#[derive(Clone)]
pub(crate) struct Desk {
    house: Arc<House>,
    files: Files,
    secrets: Secrets,
}

impl Desk {
    pub(crate) fn new(house: Arc<House>, files: Files, secrets: Secrets) -> Self {
        Desk { house, files, secrets }
    }
}

/// Goes on where an attempt that died stopped.
pub(crate) async fn run(desk: Desk, job: JobContext, id: ErasureId) -> Result<(), Failure> {
    let cx = Cx::of_job(desk.house.clone(), &job);
    let Err(error) = work(&desk, &cx, &job, id).await else { return Ok(()) };
    let last = job.attempt >= <RunErasure as ::jobs::Job>::MAX_ATTEMPTS;
    if last {
        tracing::error!(%id, %error, "an erasure failed for good");
    }
    let why = last.then(|| OUR_FAULT.to_owned());
    retry_or_tell(error, why, async |why| fail(&cx, &job, id, why).await).await
}

const OUR_FAULT: &str = "It could not go on, several times over; it has been noted. What was deleted until then \
                         stays deleted. Please ask for it once more.";

async fn fail(cx: &Cx, job: &JobContext, id: ErasureId, why: &str) -> Result<()> {
    let mut tx = cx.begin().await?;
    let step = (&[Status::Searching, Status::Erasing][..], Status::Failed);
    if store::end(&mut tx, id, step, Some(why), cx.now()).await? {
        let (workspace_id, erasure_id) = (cx.workspace(), id.to_string());
        tx.record(&ErasureFailed { workspace_id, erasure_id }).await?;
    }
    job.finish(&mut tx).await?;
    tx.commit().await
}

/// The last piece and the end of the job are one commit.
async fn work(desk: &Desk, cx: &Cx, job: &JobContext, id: ErasureId) -> Result<()> {
    let mut told = Instant::now();
    loop {
        let erasure = store::find_erasure(&mut cx.read().await?, id).await?;
        let Some(mut erasure) = erasure.filter(Erasure::is_at_work) else { return Ok(()) };
        let person = erasure.person(&desk.secrets)?;
        let person = person.ok_or_else(|| Error::internal("an erasure has lost its address"))?;
        let piece = steps::look(&desk.files, cx, &erasure, &person).await?;
        if piece.to().is_none() && erasure.erased()?.submissions > 0 {
            purge(cx).await?;
        }
        let mut tx = cx.begin().await?;
        // Somebody has stopped it, or another worker was faster.
        if !store::hold(&mut tx, &erasure).await? {
            continue;
        }
        if erasure.status() == Status::Searching {
            let mut found = erasure.found()?;
            piece.count(&mut tx, &person, &mut found).await?;
            erasure.found = Json::of(&found)?;
        } else {
            let mut erased = erasure.erased()?;
            piece.erase(&mut tx, &person, &mut erased).await?;
            erasure.erased = Json::of(&erased)?;
        }
        erasure.looked += piece.looked;
        erasure.total = erasure.total.max(erasure.looked);
        let next = piece.to();
        let ended = next.is_none();
        (erasure.step, erasure.place) =
            next.map(|(step, place)| (step.word().to_owned(), place)).unwrap_or_default();
        store::update_progress(&mut tx, &erasure).await?;
        if ended {
            end(&mut tx, &erasure).await?;
            job.finish(&mut tx).await?;
        } else if told.elapsed() >= TOLD_EVERY {
            told = Instant::now();
            let (workspace_id, erasure_id) = (cx.workspace(), id.to_string());
            tx.record(&ErasureProgressed { workspace_id, erasure_id, looked: erasure.looked })
                .await?;
        }
        tx.commit().await?;
        if ended {
            return Ok(());
        }
    }
}

/// Steps in which the index of words is made anew at most: they are short, and an index of ten gigabytes has fewer.
const STEPS: usize = 10_000;

/// Takes the words of what was deleted out of the index.
async fn purge(cx: &Cx) -> Result<()> {
    for _ in 0..STEPS {
        let mut tx = cx.begin().await?;
        let more = search::purge(&mut tx).await?;
        tx.commit().await?;
        if !more {
            return Ok(());
        }
    }
    tracing::warn!("the index of words grows faster than it is put in order");
    Ok(())
}

/// A search waits for a word from now on; an erasure is over, and the address with it.
async fn end(tx: &mut Change, erasure: &Erasure) -> Result<()> {
    let (workspace_id, erasure_id) = (erasure.workspace_id, erasure.id.to_string());
    let now = tx.now();
    if erasure.status() == Status::Searching {
        store::update_found(tx, erasure.id, now.plus(KEPT)).await?;
        let submissions = erasure.found()?.submissions;
        tx.record(&ErasureFound { workspace_id, erasure_id, submissions }).await?;
        return Ok(());
    }
    let step = (&[Status::Erasing][..], Status::Done);
    store::end(tx, erasure.id, step, None, now).await?;
    let submissions = erasure.erased()?.submissions;
    tx.record(&ErasureFinished { workspace_id, erasure_id, submissions }).await?;
    Ok(())
}
