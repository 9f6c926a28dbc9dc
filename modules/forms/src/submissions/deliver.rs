//! After they are counted: submissions are handed to the webhooks that listen, each exactly once.
//!
//! An endpoint is told of what was received from the moment on at which its making, or its enabling, was answered.

use std::sync::Arc;

use ::jobs::{Failure, JobContext, When};
use kernel::{Error, Result};
use web::{Change, Cx, House};
use webhooks::{Listeners, NewMessage};

use super::{
    filter::Filter,
    json::SubmissionJson,
    state::store::find_states,
    store,
    walk::{Entry, From, Stop, Walk},
};
use crate::{
    forms::{self, FormId},
    jobs::{DeliverReleased, DeliverSubmissions},
};

/// What webhooks call a submission that came in.
const KIND: &str = "submission.received";
/// Rows of one transaction: all other writers wait for it.
const ROWS: usize = 250;

/// Leaves what has just been counted, up to a number, to the job; where nobody listens there is nothing to leave,
/// which is noted at once: most forms have no webhook, and a job for each of their chunks would cost the writers.
pub(crate) async fn arrange(tx: &mut Change, form: FormId, to: i64) -> Result<()> {
    let listeners = Listeners::find(tx).await?;
    if listeners.since(KIND, &form.to_string()).is_none() {
        return store::keep_delivered(tx, form, to).await;
    }
    tx.enqueue(&DeliverSubmissions { form_id: form }, When::Now).await
}

/// The job: chunk by chunk, each with its messages and the form's progress in one commit, so that a submission is
/// told once however often a worker dies.
pub(crate) async fn deliver(
    house: Arc<House>,
    job: JobContext,
    form: FormId,
) -> Result<(), Failure> {
    let cx = Cx::of_job(house, &job);
    while chunk(&cx, form).await? {}
    let mut tx = cx.begin().await?;
    // Whoever counts holds the form until the commit, and relies on this job while it waits: only once the form
    // is ours is there nothing that we have not seen.
    let counted = forms::store::lock_progress(&mut tx, form).await?.map_or(0, |(to, _)| to);
    if store::find_delivered(&mut tx, form).await? < counted {
        return Err(Failure::Busy(std::time::Duration::ZERO));
    }
    job.finish(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// Hands over the next ones; false when all that is counted was.
async fn chunk(cx: &Cx, form: FormId) -> Result<bool> {
    let mut tx = cx.begin().await?;
    let after = store::find_delivered(&mut tx, form).await?;
    let counted = forms::store::find_progress(&mut tx, form).await?;
    if after >= counted {
        return Ok(false);
    }
    let listeners = Listeners::find(&mut tx).await?;
    let to = match listeners.since(KIND, &form.to_string()) {
        Some(_) => tell(cx, &mut tx, &listeners, form, (after, counted)).await?,
        None => counted,
    };
    store::keep_delivered(&mut tx, form, to).await?;
    tx.commit().await?;
    Ok(to < counted)
}

/// Tells of some above the first number and up to the second; gives back how far it came.
async fn tell(
    cx: &Cx,
    tx: &mut Change,
    listeners: &Listeners,
    form: FormId,
    (after, counted): (i64, i64),
) -> Result<i64> {
    // What has been put into spam or the bin by now is passed over.
    let filter = Filter::default();
    let mut walk = Walk::of(tx, form, &filter).await?;
    let (mut entries, stop) = walk.page(tx, From::After(after), ROWS).await?;
    let to = match (stop, entries.last()) {
        (Stop::Full, Some(last)) => last.submission.number.min(counted),
        (Stop::Tired(number), _) => number.min(counted),
        _ => counted,
    };
    entries.retain(|it| it.submission.number <= counted);
    let messages = entries.into_iter().map(message).collect::<Result<Vec<_>>>()?;
    listeners.tell(tx, messages, cx.now(), cx.chance()).await?;
    Ok(to)
}

/// Tells of what came out of spam or bin, as of what has just been counted: whoever was told is not told again.
pub(crate) async fn released(
    house: Arc<House>,
    job: JobContext,
    released: DeliverReleased,
) -> Result<(), Failure> {
    let cx = Cx::of_job(house, &job);
    let (form, mut tx) = (released.form_id, cx.begin().await?);
    let listeners = Listeners::find(&mut tx).await?;
    if listeners.since(KIND, &form.to_string()).is_some() {
        let mut states = find_states(&mut tx, form, &released.numbers).await?;
        let rows = store::list_numbered(&mut tx, form, &released.numbers).await?;
        let entries = rows.into_iter().map(|submission| {
            let state = states.remove(&submission.number).unwrap_or_default();
            Entry { submission, state }
        });
        let kept = entries.filter(|entry| entry.state.tray.is_kept());
        let messages = kept.map(message).collect::<Result<Vec<_>>>()?;
        listeners.tell(&mut tx, messages, cx.now(), cx.chance()).await?;
    }
    job.finish(&mut tx).await?;
    Ok(tx.commit().await?)
}

fn message(entry: Entry) -> Result<NewMessage> {
    let submission = &entry.submission;
    let (id, subject, at) = (submission.id, submission.form_id.to_string(), submission.received_at);
    let data = serde_json::value::to_raw_value(&SubmissionJson::of(entry)?);
    Ok(NewMessage {
        source: format!("{KIND} {id}"),
        kind: KIND,
        subject,
        at,
        data: data.map_err(Error::internal)?,
    })
}
