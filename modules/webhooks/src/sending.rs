//! Sending: what is due to an endpoint is claimed, sent side by side, and written down.

mod attempt;
mod round;
mod schedule;

use std::{sync::Arc, time::Duration};

use jobs::{Failure, JobContext};
use kernel::Seal;
use outbound::Outbound;
use tokio::time::Instant;
use web::{Cx, House};

use crate::{ids::WebhookId, jobs::Deliver};

/// What sending needs.
pub(crate) struct Sender {
    pub(crate) house: Arc<House>,
    pub(crate) outbound: Outbound,
    pub(crate) seal: Seal,
}

/// After this time other endpoints get their turn.
const TURN: Duration = Duration::from_secs(20);

/// The job: round after round, until nothing is due.
pub(crate) async fn deliver(
    sender: Arc<Sender>,
    job: JobContext,
    webhook: WebhookId,
) -> Result<(), Failure> {
    let cx = Cx::of_job(sender.house.clone(), &job);
    let start = Instant::now();
    while let Some(round) = round::claim(&cx, &sender, webhook).await? {
        let attempts = round.send(&cx, &sender.outbound).await;
        round.settle(&cx, attempts).await?;
        if start.elapsed() > TURN {
            let mut tx = cx.begin().await?;
            tx.enqueue(&Deliver { webhook_id: webhook, at: None }, jobs::When::Now).await?;
            job.finish(&mut tx).await?;
            return Ok(tx.commit().await?);
        }
    }
    Ok(())
}
