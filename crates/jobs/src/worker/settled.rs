//! What became of attempts, and how that is written down.

use std::sync::Arc;

use db::Tx;
use kernel::{Result, Timestamp};

use crate::{
    JobId,
    store::{self, Return},
};

/// What became of an attempt; to be written down in the next round.
#[derive(Debug)]
pub(crate) struct Settled {
    pub(crate) id: JobId,
    pub(crate) lease: i64,
    pub(crate) queue: Arc<str>,
    pub(crate) kind: String,
    pub(crate) fate: Fate,
}

/// How an attempt ended.
#[derive(Debug)]
pub(crate) enum Fate {
    Finished,
    Retried { at: Timestamp, error: String },
    Deferred { at: Timestamp },
    Dead { error: String },
    Untouched,
}

impl Fate {
    pub(crate) fn outcome(&self) -> &'static str {
        match self {
            Fate::Finished => "finished",
            Fate::Retried { .. } => "retried",
            Fate::Deferred { .. } => "deferred",
            Fate::Dead { .. } => "dead",
            Fate::Untouched => "given_back",
        }
    }
}

/// Writes down what became of each.
pub(crate) async fn settle(tx: &mut Tx, settled: &[Settled], now: Timestamp) -> Result<()> {
    let finished: Vec<(JobId, i64)> = settled
        .iter()
        .filter(|one| matches!(one.fate, Fate::Finished))
        .map(|one| (one.id, one.lease))
        .collect();
    if !finished.is_empty() {
        store::delete_finished(tx, &finished).await?;
    }
    for one in settled {
        let back = |at, counts, error| Return {
            id: one.id,
            lease: one.lease,
            queue: &one.queue,
            at,
            counts,
            error,
        };
        match &one.fate {
            Fate::Finished => {}
            Fate::Retried { at, error } => {
                store::give_back(tx, &back(Some(*at), true, Some(error)), now).await?;
            }
            Fate::Deferred { at } => {
                store::give_back(tx, &back(Some(*at), false, None), now).await?;
            }
            Fate::Dead { error } => store::bury(tx, one.id, one.lease, error, now).await?,
            Fate::Untouched => store::give_back(tx, &back(None, false, None), now).await?,
        }
    }
    Ok(())
}
