//! Sending: what is due in a workspace is claimed, handed over through one connection, and written down.

mod round;
mod schedule;

use std::{sync::Arc, time::Duration};

use jobs::{Failure, JobContext, When};
use tokio::time::Instant;
use web::Cx;

use crate::{Inner, jobs::SendMails};

/// After this time other workspaces get their turn.
const TURN: Duration = Duration::from_secs(20);

/// The job: round after round, until nothing is due. Without a server all stays where it is.
pub(crate) async fn send(inner: Arc<Inner>, job: JobContext) -> Result<(), Failure> {
    let Some(smtp) = &inner.smtp else { return Ok(()) };
    let cx = Cx::of_job(inner.house.clone(), &job);
    let start = Instant::now();
    while let Some(round) = round::claim(&cx).await? {
        let made = round.send(&cx, smtp).await;
        round.settle(&cx, made).await?;
        if start.elapsed() > TURN {
            let mut tx = cx.begin().await?;
            tx.enqueue(&SendMails { at: None }, When::Now).await?;
            job.finish(&mut tx).await?;
            return Ok(tx.commit().await?);
        }
    }
    Ok(())
}
