//! How the background work is done: thin shells over actions.

use std::{sync::Arc, time::Duration};

use ::jobs::{JobContext, NewJob, Registry, Schedule, When};
use kernel::Result;
use web::Cx;

use crate::{
    Inner,
    jobs::{FindOverdue, SendFailedAgain, SendMails, SweepOld},
    mails, sending,
};

/// How long mails and attempts are kept.
pub(crate) const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

const SWEPT_EVERY: Duration = Duration::from_secs(60 * 60);
/// What is due for longer than this is nobody's.
const OVERDUE: Duration = Duration::from_secs(5);
const LOOKED_EVERY: Duration = Duration::from_secs(30);
/// Workspaces that are woken at once.
const WOKEN: i64 = 2_000;
/// Rows of one transaction.
const CHUNK: i64 = 500;

pub(crate) fn register(registry: &mut Registry, inner: &Arc<Inner>) {
    let shared = inner.clone();
    registry.handle(move |job: JobContext, _: SendMails| sending::send(shared.clone(), job));
    let house = inner.house.clone();
    registry.handle(move |job: JobContext, _: SendFailedAgain| {
        let cx = Cx::of_job(house.clone(), &job);
        async move { Ok(mails::again::work(&job, &cx).await?) }
    });
    registry.handle(|job: JobContext, _: SweepOld| async move { Ok(sweep_old(&job).await?) });
    let configured = inner.smtp.is_some();
    registry.handle(move |job: JobContext, _: FindOverdue| async move {
        // What waits for a server that there is not is not looked for over and over.
        if configured { Ok(find_overdue(&job).await?) } else { Ok(()) }
    });
    registry.schedule("mails.sweep_old", Schedule::every(SWEPT_EVERY), || {
        NewJob::of(None, &SweepOld {}, When::Now)
    });
    registry.schedule("mails.find_overdue", Schedule::every(LOOKED_EVERY), || {
        NewJob::of(None, &FindOverdue {}, When::Now)
    });
}

async fn sweep_old(job: &JobContext) -> Result<()> {
    let before = job.clock.now().minus(KEPT);
    loop {
        let mut tx =
            job.db.system("the mails of all workspaces are kept for the same time").await?;
        let gone = mails::store::delete_old(&mut tx, before, CHUNK).await?;
        tx.commit().await?;
        if gone == 0 {
            return Ok(());
        }
    }
}

async fn find_overdue(job: &JobContext) -> Result<()> {
    let now = job.clock.now();
    let mut tx = job.db.system("mails that nobody minds, in all workspaces").await?;
    let overdue = mails::store::find_overdue(&mut tx, now.minus(OVERDUE), WOKEN).await?;
    let jobs = overdue
        .into_iter()
        .map(|(workspace,)| NewJob::of(Some(workspace), &SendMails { at: None }, When::Now));
    let jobs: Vec<NewJob> = jobs.collect();
    ::jobs::enqueue_many(&mut tx, jobs, now, &job.chance).await?;
    tx.commit().await
}
