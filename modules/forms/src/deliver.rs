//! After they are counted: submissions are handed to the webhooks that listen and told of by mail, each exactly once.
//!
//! An endpoint is told of what was received from the moment on at which its making, or its enabling, was answered.

use std::sync::Arc;

use ::jobs::{Failure, JobContext, When};
use kernel::{Error, Result};
use web::{Change, Cx, House};
use webhooks::{Listeners, NewMessage};

use crate::{
    Forms,
    forms::{self, FormId},
    jobs::{DeliverReleased, DeliverSubmissions},
    notices::{self, plan::Plan},
    submissions::{
        Submission,
        filter::Filter,
        incoming::is_news,
        json::SubmissionJson,
        state::store::find_states,
        store,
        walk::{Entry, From, Stop, Walk},
    },
};

/// What webhooks call a submission that came in.
const KIND: &str = "submission.received";
/// Rows of one transaction: all other writers wait for it.
const ROWS: usize = 250;

/// Leaves what has just been counted, up to a number, to the job; where nobody is to be told there is nothing to
/// leave, which is noted at once: a job for each chunk of such a form would cost the writers.
pub(crate) async fn arrange(tx: &mut Change, form: FormId, to: i64) -> Result<()> {
    let listeners = Listeners::find(tx).await?;
    let heard = listeners.since(KIND, &form.to_string()).is_some();
    if !heard && !notices::store::sends(tx, form).await? {
        return store::keep_delivered(tx, form, to).await;
    }
    tx.enqueue(&DeliverSubmissions { form_id: form }, When::Now).await
}

/// The job: chunk by chunk, each with its messages and the form's progress in one commit, so that a submission is
/// told once however often a worker dies.
pub(crate) async fn deliver(
    system: Forms,
    house: Arc<House>,
    job: JobContext,
    form: FormId,
) -> Result<(), Failure> {
    let cx = Cx::of_job(house, &job);
    while chunk(&system, &cx, form).await? {}
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
async fn chunk(system: &Forms, cx: &Cx, form: FormId) -> Result<bool> {
    let mut tx = cx.begin().await?;
    let after = store::find_delivered(&mut tx, form).await?;
    let counted = forms::store::find_progress(&mut tx, form).await?;
    if after >= counted {
        return Ok(false);
    }
    let listeners = Listeners::find(&mut tx).await?;
    let mut plan = Plan::find(cx, &mut tx, form).await?;
    let heard = listeners.since(KIND, &form.to_string()).is_some();
    let to = if heard || plan.as_ref().is_some_and(Plan::wants_rows) {
        let to = (after, counted);
        tell(system, cx, &mut tx, (&listeners, plan.as_mut()), form, to).await?
    } else {
        if let Some(plan) = &mut plan {
            let from = after.max(plan.since());
            let count = store::count_news(&mut tx, form, from, counted).await?;
            let away = notices::store::count_put_away(&mut tx, form, from, counted).await?;
            if count > away {
                plan.count(cx, &mut tx, from, count - away).await?;
            }
        }
        counted
    };
    store::keep_delivered(&mut tx, form, to).await?;
    tx.commit().await?;
    Ok(to < counted)
}

/// Tells of some above the first number and up to the second; gives back how far it came.
async fn tell(
    system: &Forms,
    cx: &Cx,
    tx: &mut Change,
    (listeners, plan): (&Listeners, Option<&mut Plan>),
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
    entries.retain(|it| it.submission.number <= counted && is_news(&it.submission.source));
    if let Some(plan) = plan {
        plan.tell(system, cx, tx, &submissions(&entries)).await?;
    }
    let messages = entries.into_iter().map(message).collect::<Result<Vec<_>>>()?;
    listeners.tell(tx, messages, cx.now(), cx.chance()).await?;
    Ok(to)
}

/// Tells of what came out of spam or bin, as of what has just been counted: whoever was told is not told again.
pub(crate) async fn released(
    system: Forms,
    house: Arc<House>,
    job: JobContext,
    released: DeliverReleased,
) -> Result<(), Failure> {
    let cx = Cx::of_job(house, &job);
    let (form, mut tx) = (released.form_id, cx.begin().await?);
    // Locked first, as by whoever hands over: nothing that is told here is deleted meanwhile.
    store::find_delivered(&mut tx, form).await?;
    let listeners = Listeners::find(&mut tx).await?;
    let plan = Plan::find(&cx, &mut tx, form).await?;
    if plan.is_some() || listeners.since(KIND, &form.to_string()).is_some() {
        let mut states = find_states(&mut tx, form, &released.numbers).await?;
        let rows = store::list_numbered(&mut tx, form, &released.numbers).await?;
        let entries = rows.into_iter().map(|submission| {
            let state = states.remove(&submission.number).unwrap_or_default();
            Entry { submission, state }
        });
        let is_told = |it: &Entry| it.state.tray.is_kept() && is_news(&it.submission.source);
        let kept: Vec<Entry> = entries.filter(is_told).collect();
        if let Some(mut plan) = plan {
            plan.tell_released(&system, &cx, &mut tx, &submissions(&kept)).await?;
        }
        let messages = kept.into_iter().map(message).collect::<Result<Vec<_>>>()?;
        listeners.tell(&mut tx, messages, cx.now(), cx.chance()).await?;
    }
    job.finish(&mut tx).await?;
    Ok(tx.commit().await?)
}

fn submissions(entries: &[Entry]) -> Vec<&Submission> {
    entries.iter().map(|entry| &entry.submission).collect()
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
