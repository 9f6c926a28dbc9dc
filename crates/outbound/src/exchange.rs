//! One request and what became of it.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    HeaderMap, Method, Request, Response,
    body::Incoming,
    client::conn::http1,
    header::{CONNECTION, CONTENT_LENGTH, HOST, HeaderValue},
};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::time::{Instant, timeout_at};

use crate::{
    Allowed, Failure, Refusal, Target,
    connect::{connect, resolve, tls},
};

/// The client; cheap to clone. It follows no redirects, since those lead where nobody has agreed to, and takes
/// no proxy from the environment.
#[derive(Clone)]
pub struct Outbound {
    allowed: Arc<[Allowed]>,
    tls: Arc<ClientConfig>,
}

/// What is sent.
#[derive(Debug, Clone)]
pub struct Post {
    pub headers: HeaderMap,
    pub body: Bytes,
    /// For everything, from the look-up of the name to the last byte of the answer.
    pub timeout: Duration,
    /// Bytes of the answer's body that are kept.
    pub keep: usize,
}

/// What became of it, and how long it took.
#[derive(Debug)]
pub struct Exchange {
    pub duration: Duration,
    pub outcome: Result<Answer, Failure>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// The beginning of it, as much as is kept.
    pub body: Bytes,
}

impl Outbound {
    /// A client for the world, and for what the operator opens of our own network.
    pub fn new(allowed: Vec<Allowed>) -> Self {
        Outbound { allowed: allowed.into(), tls: tls() }
    }

    /// Reads an address, and refuses what can be seen to lie in our own network.
    ///
    /// # Errors
    /// What is wrong with it, for people.
    pub fn target(&self, text: &str) -> Result<Target, Refusal> {
        Target::parse(text, &self.allowed)
    }

    /// Refuses a name that leads into our own network now; one that is not found may be found later.
    ///
    /// # Errors
    /// That it does, for people.
    pub async fn look_up(&self, target: &Target) -> Result<(), Refusal> {
        let patience = Instant::now() + Duration::from_secs(3);
        match timeout_at(patience, resolve(target, &self.allowed)).await {
            Ok(Err(Failure::Refused(why))) => Err(Refusal(why)),
            _ => Ok(()),
        }
    }

    /// Sends a POST, once.
    pub async fn post(&self, target: &Target, post: Post) -> Exchange {
        let start = Instant::now();
        let outcome = self.exchange(target, post, start).await;
        Exchange { duration: start.elapsed(), outcome }
    }

    async fn exchange(
        &self,
        target: &Target,
        post: Post,
        start: Instant,
    ) -> Result<Answer, Failure> {
        let (end, seconds) = (start + post.timeout, post.timeout.as_secs());
        let stream = timeout_at(end, connect(target, &self.allowed, &self.tls)).await;
        let stream = stream.map_err(|_| {
            Failure::NotSent(format!("There was no connection within {seconds} s."))
        })??;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|error| Failure::NotSent(format!("The connection broke: {error}.")))?;
        // It ends with this exchange, whatever the other side does.
        let connection = AbortOnDrop(tokio::spawn(async move {
            let _ = connection.await;
        }));
        let keep = post.keep;
        let request = request(target, post)?;
        let answer = match timeout_at(end, sender.send_request(request)).await {
            Ok(Ok(response)) => Ok(read(response, keep).await),
            Ok(Err(error)) => Err(lost(&error)),
            Err(_) => Err(Failure::Unknown(format!(
                "No answer within {seconds} s. It may have been taken all the same."
            ))),
        };
        drop(connection);
        answer
    }
}

struct AbortOnDrop(tokio::task::JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn lost(error: &hyper::Error) -> Failure {
    Failure::Unknown(format!(
        "The connection broke before there was an answer ({error}). It may have been taken all the same."
    ))
}

fn request(target: &Target, post: Post) -> Result<Request<Full<Bytes>>, Failure> {
    let url = &target.url;
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let host = match url.port() {
        Some(port) => format!("{}:{port}", target.host()),
        None => target.host().to_owned(),
    };
    let host = HeaderValue::from_str(&host)
        .map_err(|_| Failure::NotSent("This host cannot be named in a request.".into()))?;
    let length = post.body.len();
    let request = Request::builder().method(Method::POST).uri(path).body(Full::new(post.body));
    let mut request = request
        .map_err(|error| Failure::NotSent(format!("This address cannot be asked for: {error}.")))?;
    *request.headers_mut() = post.headers;
    request.headers_mut().insert(HOST, host);
    request.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    Ok(request)
}

/// Once the head is there the outcome is known: a body that breaks off, or is endless, is kept as far as it came.
async fn read(response: Response<Incoming>, keep: usize) -> Answer {
    let (head, mut body) = response.into_parts();
    let mut kept = Vec::new();
    let patience = Instant::now() + BODY_TIMEOUT;
    while kept.len() < keep
        && let Ok(Some(Ok(frame))) = timeout_at(patience, body.frame()).await
    {
        if let Some(data) = frame.data_ref() {
            kept.extend_from_slice(&data[..data.len().min(keep - kept.len())]);
        }
    }
    Answer { status: head.status.as_u16(), headers: head.headers, body: kept.into() }
}

/// For the body of an answer, whose head tells all that matters.
const BODY_TIMEOUT: Duration = Duration::from_secs(3);
