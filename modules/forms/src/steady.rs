//! A body that has to keep coming: whoever sends too slowly is cut, for each holds a connection and memory.

use std::time::Duration;

use axum::body::{Body, BodyDataStream, HttpBody};
use bytes::Bytes;
use futures::{Stream, StreamExt, TryStreamExt};
use kernel::{Error, Result};
use tokio::time::{Instant, timeout};

/// How long we wait, all in all, for [`LEAST`] bytes.
const PATIENCE: Duration = Duration::from_secs(30);
/// About 500 bytes a second, the rate that Apache's mod_reqtimeout asks for.
const LEAST: usize = 15_000;
/// Room that is made at once for as much as a body says that it has: what it says may be a lie.
const ROOM: u64 = 1024 * 1024;

/// The pieces of a body, as long as they come fast enough.
pub(crate) struct Steady {
    body: BodyDataStream,
    patience: Duration,
    received: usize,
    /// Bytes to make room for.
    room: usize,
}

impl Steady {
    pub(crate) fn of(body: Body) -> Self {
        let room = usize::try_from(body.size_hint().lower().min(ROOM)).unwrap_or_default();
        Steady { body: body.into_data_stream(), patience: PATIENCE, received: 0, room }
    }

    /// The next piece; an error means that the body broke off or fell silent.
    pub(crate) async fn next(&mut self) -> Option<Result<Bytes>> {
        let begun = Instant::now();
        match timeout(self.patience, self.body.next()).await {
            Ok(Some(Ok(piece))) => {
                self.thank(piece.len(), begun.elapsed());
                Some(Ok(piece))
            }
            Ok(Some(Err(error))) => Some(Err(Error::Malformed(error.to_string()))),
            Ok(None) => None,
            Err(_) => Some(Err(Error::Malformed("too slow".into()))),
        }
    }

    /// Only waiting counts: while we store, the sender may well be held up by us.
    fn thank(&mut self, bytes: usize, waited: Duration) {
        self.received += bytes;
        self.patience = self.patience.saturating_sub(waited);
        if self.received >= LEAST {
            (self.received, self.patience) = (0, PATIENCE);
        }
    }

    /// The same as a stream.
    pub(crate) fn pieces(self) -> impl Stream<Item = Result<Bytes>> + Send {
        futures::stream::unfold(self, |mut steady| async move {
            let piece = steady.next().await?;
            Some((piece, steady))
        })
    }

    /// The same as a body.
    pub(crate) fn into_body(self) -> Body {
        let broken = |error: Error| std::io::Error::other(error.to_string());
        Body::from_stream(self.pieces().map_err(broken))
    }

    /// All of it, up to `most` bytes.
    pub(crate) async fn whole(mut self, most: usize, too_large: &str) -> Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.room);
        while let Some(piece) = self.next().await {
            let piece =
                piece.map_err(|_| Error::Malformed("The body broke off before its end.".into()))?;
            if bytes.len() + piece.len() > most {
                return Err(Error::TooLarge(too_large.into()));
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body of pieces of so many bytes, one every so often.
    fn drip(bytes: usize, pieces: usize, pause: Duration) -> Steady {
        let pieces = futures::stream::iter(0..pieces).then(move |_| async move {
            tokio::time::sleep(pause).await;
            Ok::<_, std::io::Error>(Bytes::from(vec![b' '; bytes]))
        });
        Steady::of(Body::from_stream(pieces))
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_body_is_cut_and_a_steady_one_is_not() {
        let second = Duration::from_secs(1);
        let slow = drip(1, 1_000, second).whole(1 << 20, "").await;
        assert!(matches!(slow, Err(Error::Malformed(_))), "{slow:?}");
        let steady = drip(600, 1_000, second).whole(1 << 20, "").await;
        assert_eq!(steady.expect("it came at 600 bytes a second").len(), 600_000);
    }

    #[tokio::test(start_paused = true)]
    async fn our_own_slowness_is_not_the_senders_fault() {
        let mut body = drip(100, 20, Duration::from_secs(1));
        while let Some(piece) = body.next().await {
            piece.expect("waiting for us is no slowness");
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
    }

    #[tokio::test]
    async fn too_much_is_told_from_broken_off() {
        let large = Steady::of(Body::from("12345")).whole(4, "too large").await;
        assert!(matches!(large, Err(Error::TooLarge(_))), "{large:?}");
        let broken = futures::stream::iter([Err::<Bytes, _>(std::io::Error::other("reset"))]);
        let broken = Steady::of(Body::from_stream(broken)).whole(4, "too large").await;
        assert!(matches!(broken, Err(Error::Malformed(_))), "{broken:?}");
    }
}
