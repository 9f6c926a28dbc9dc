//! One attempt at one job.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc, time::Instant};

use futures::FutureExt;
use kernel::{Chance, Error, Timestamp};
use tracing::Instrument;

use super::{
    bench::Bench,
    settled::{Fate, Settled},
};
use crate::{
    Failure, JobContext,
    failure::{back_off, clip, describe},
    store::Claimed,
    with_request,
};

/// Runs the handler to its end, be that success, failure or panic.
pub(crate) async fn attempt(bench: Arc<Bench>, queue: Arc<str>, job: Claimed) -> Settled {
    let span = tracing::info_span!(
        "job",
        id = %job.id,
        kind = job.kind,
        workspace = job.workspace().map(tracing::field::display),
        attempt = job.attempt,
        request_id = job.request,
    );
    let Claimed { id, lease, .. } = job;
    let kind = job.kind.clone();
    let fate = with_request(job.request.clone(), judge(bench, job)).instrument(span).await;
    Settled { id, lease, queue, kind, fate }
}

async fn judge(bench: Arc<Bench>, job: Claimed) -> Fate {
    let pickup = bench.clock.now().since(job.run_at);
    metrics::histogram!("mewayz_jobs_pickup_seconds").record(pickup);
    let (kind, attempt) = (job.kind.clone(), u32::try_from(job.attempt).unwrap_or(u32::MAX));
    let last = job.attempt >= job.max_attempts;
    let begun = Instant::now();
    let result = AssertUnwindSafe(call(&bench, job, attempt)).catch_unwind().await;
    metrics::histogram!("mewayz_jobs_duration_seconds", "kind" => kind).record(begun.elapsed());
    match result {
        Ok(Ok(())) => Fate::Finished,
        Ok(Err(failure)) => sentence(failure, attempt, last, bench.clock.now(), &bench.chance),
        Err(panic) => {
            let failure = Failure::Retry(Error::internal(format!("panic: {}", words(&*panic))));
            sentence(failure, attempt, last, bench.clock.now(), &bench.chance)
        }
    }
}

async fn call(bench: &Bench, job: Claimed, attempt: u32) -> Result<(), Failure> {
    let handler = bench.registry.handler(&job.kind).ok_or_else(|| {
        Failure::Retry(Error::internal(format!("nobody here handles {}", job.kind)))
    })?;
    let context = JobContext {
        db: bench.db.clone(),
        clock: bench.clock.clone(),
        chance: bench.chance.clone(),
        workspace: job.workspace(),
        id: job.id,
        attempt,
        request: job.request,
        lease: job.lease,
    };
    handler(context, job.payload).await
}

fn sentence(failure: Failure, attempt: u32, last: bool, now: Timestamp, chance: &Chance) -> Fate {
    let (at, error) = match failure {
        Failure::Busy(pause) => return Fate::Deferred { at: now.plus(pause) },
        Failure::Retry(error) => (Some(now.plus(back_off(attempt, chance))), describe(&error)),
        Failure::RetryAt(at, reason) => (Some(at), reason),
        Failure::Fail(reason) => (None, reason),
    };
    let error = clip(&error);
    match at {
        Some(at) if !last => {
            tracing::warn!(error, next_at = %at, "the attempt failed");
            Fate::Retried { at, error }
        }
        _ => {
            tracing::error!(error, "the job is dead");
            Fate::Dead { error }
        }
    }
}

fn words(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without words")
}
