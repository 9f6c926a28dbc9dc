//! Reading on after an answer that did not wait for the whole body.
//!
//! A connection closed while the client still sends is reset, and the client may never see why it was
//! refused (RFC 9112 §9.6).

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes, HttpBody};
use futures::StreamExt;
use hyper::{
    Request,
    body::{Frame, Incoming, SizeHint},
};
use tokio::time::timeout;

/// How long a client that was answered early may go on sending.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it may pause meanwhile.
const SILENCE: Duration = Duration::from_secs(1);

/// A body that is read to its end when its handler has lost interest.
struct Lingering(Option<Incoming>);

/// The same request; what its handler leaves of the body is read and thrown away.
pub(crate) fn linger(request: Request<Incoming>) -> Request<Body> {
    request.map(
        |body| if body.is_end_stream() { Body::empty() } else { Body::new(Lingering(Some(body))) },
    )
}

impl HttpBody for Lingering {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        match &mut self.0 {
            Some(body) => Pin::new(body).poll_frame(cx),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.as_ref().map(HttpBody::size_hint).unwrap_or_default()
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        if let Some(rest) = self.0.take().filter(|body| !body.is_end_stream()) {
            let read_on = async {
                let mut rest = Body::new(rest).into_data_stream();
                while let Ok(Some(Ok(_))) = timeout(SILENCE, rest.next()).await {}
            };
            tokio::spawn(timeout(PATIENCE, read_on));
        }
    }
}
