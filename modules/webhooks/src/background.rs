//! How the background work is done: thin shells over actions.

use std::{sync::Arc, time::Duration};

use ::jobs::{Failure, JobContext, NewJob, Registry, Schedule, When};
use kernel::Result;
use web::{Cx, House};

use crate::{
    deliveries,
    jobs::{Announce, Deliver, FindOverdue, Redeliver, SweepOld, SweepWebhook},
    messages,
    sending::{self, Sender},
};

/// How long messages, deliveries and attempts are kept.
pub(crate) const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

const SWEPT_EVERY: Duration = Duration::from_secs(60 * 60);
/// What is due for longer than this is nobody's.
const OVERDUE: Duration = Duration::from_secs(5);
const LOOKED_EVERY: Duration = Duration::from_secs(30);
/// Endpoints that are woken at once.
const WOKEN: i64 = 2_000;
/// Rows of one transaction.
const CHUNK: i64 = 500;

pub(crate) fn register(registry: &mut Registry, sender: &Arc<Sender>) {
    let shared = sender.clone();
    registry.handle(move |job: JobContext, it: Deliver| {
        sending::deliver(shared.clone(), job, it.webhook_id)
    });
    registry.handle(|job: JobContext, it: Announce| async move {
        Ok(messages::announce(&job, it).await?)
    });
    let house = sender.house.clone();
    registry.handle(move |job: JobContext, it: Redeliver| redeliver(house.clone(), job, it));
    let house = sender.house.clone();
    registry.handle(move |job: JobContext, it: SweepWebhook| sweep(house.clone(), job, it));
    registry.handle(|job: JobContext, _: SweepOld| async move { Ok(sweep_old(&job).await?) });
    registry.handle(|job: JobContext, _: FindOverdue| async move { Ok(find_overdue(&job).await?) });
    registry.schedule("webhooks.sweep_old", Schedule::every(SWEPT_EVERY), || {
        NewJob::of(None, &SweepOld {}, When::Now)
    });
    registry.schedule("webhooks.find_overdue", Schedule::every(LOOKED_EVERY), || {
        NewJob::of(None, &FindOverdue {}, When::Now)
    });
}

async fn redeliver(house: Arc<House>, job: JobContext, asked: Redeliver) -> Result<(), Failure> {
    let cx = Cx::of_job(house, &job);
    Ok(deliveries::redelivery::work(&job, &cx, asked).await?)
}

async fn sweep(house: Arc<House>, job: JobContext, it: SweepWebhook) -> Result<(), Failure> {
    let cx = Cx::of_job(house, &job);
    loop {
        let mut tx = cx.begin().await?;
        let gone = deliveries::store::delete_some_of(&mut tx, it.webhook_id, CHUNK).await?;
        if gone == 0 {
            job.finish(&mut tx).await?;
            return Ok(tx.commit().await?);
        }
        tx.commit().await?;
    }
}

async fn sweep_old(job: &JobContext) -> Result<()> {
    let before = job.clock.now().minus(KEPT);
    loop {
        let mut tx = job.db.system("the logs of all workspaces are kept for the same time").await?;
        let gone = deliveries::store::delete_old(&mut tx, before, CHUNK).await?
            + messages::delete_old(&mut tx, before, CHUNK).await?;
        tx.commit().await?;
        if gone == 0 {
            return Ok(());
        }
    }
}

async fn find_overdue(job: &JobContext) -> Result<()> {
    let now = job.clock.now();
    let mut tx = job.db.system("deliveries that nobody minds, in all workspaces").await?;
    let overdue = deliveries::store::find_overdue(&mut tx, now.minus(OVERDUE), WOKEN).await?;
    let jobs = overdue.into_iter().map(|(workspace, webhook_id)| {
        NewJob::of(Some(workspace), &Deliver { webhook_id, at: None }, When::Now)
    });
    let jobs: Vec<NewJob> = jobs.collect();
    ::jobs::enqueue_many(&mut tx, jobs, now, &job.chance).await?;
    tx.commit().await
}
