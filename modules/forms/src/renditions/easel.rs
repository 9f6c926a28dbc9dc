//! Where pictures are unpacked, one at a time in a process: each may take some hundred megabytes.

use std::sync::Arc;

use bytes::Bytes;
use kernel::{Error, Result};
use pictures::Refusal;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Painting, paint::paint};

/// Uploads that wait with their bytes in memory.
const WAITING: usize = 16;

/// Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Easel {
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Easel {
    pub(crate) fn new() -> Self {
        Easel { turns: Arc::new(Semaphore::new(1)), places: Arc::new(Semaphore::new(WAITING)) }
    }

    /// For an upload, whose bytes are here already: `Unavailable` when many wait.
    pub(crate) async fn paint(&self, bytes: Bytes) -> Result<Result<Painting, Refusal>> {
        let _place = self
            .places
            .try_acquire()
            .map_err(|_| Error::unavailable("too many pictures wait to be made small"))?;
        self.turn().await?.paint(bytes).await
    }

    /// For work that fetches the bytes once it may.
    pub(crate) async fn turn(&self) -> Result<Turn> {
        let turn = self.turns.clone().acquire_owned().await.map_err(Error::internal)?;
        Ok(Turn { _turn: turn })
    }
}

/// The right to unpack one picture.
pub(crate) struct Turn {
    _turn: OwnedSemaphorePermit,
}

impl Turn {
    /// Goes on when nobody waits for it any more, and keeps its turn until then.
    pub(crate) async fn paint(self, bytes: Bytes) -> Result<Result<Painting, Refusal>> {
        let painting = tokio::task::spawn_blocking(move || {
            let painting = paint(&bytes);
            drop(self);
            painting
        });
        match painting.await {
            Ok(painting) => painting,
            Err(error) if error.is_panic() => {
                tracing::warn!(%error, "a picture could not be unpacked");
                Ok(Err(Refusal::Broken))
            }
            Err(error) => Err(Error::internal(error)),
        }
    }
}
