//! The program of a customer: a real server that remembers what it was sent and answers as told.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// One message as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("the body is JSON")
    }

    /// How many of the signatures were made with this secret.
    pub(crate) fn signed_by(&self, secret: &str) -> usize {
        let key =
            STANDARD.decode(secret.strip_prefix("whsec_").expect("a secret")).expect("base64");
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key");
        let (id, at) = (self.header("webhook-id"), self.header("webhook-timestamp"));
        mac.update(format!("{id}.{at}.{}", self.body).as_bytes());
        let wanted = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        self.header("webhook-signature").split(' ').filter(|one| **one == wanted).count()
    }
}

/// What is answered next; 200 when nothing is said.
#[derive(Debug, Clone)]
pub(crate) struct Next {
    pub(crate) status: u16,
    pub(crate) header: Option<(&'static str, &'static str)>,
    pub(crate) pause: Duration,
}

impl Next {
    pub(crate) fn status(status: u16) -> Self {
        Next { status, header: None, pause: Duration::ZERO }
    }
}

#[derive(Clone, Default)]
pub(crate) struct Receiver {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
    next: Arc<Mutex<VecDeque<Next>>>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hooks", listener.local_addr().expect("an address"));
        let receiver = Receiver { url, ..Receiver::default() };
        let desk = receiver.clone();
        let router = Router::new().fallback(move |headers: HeaderMap, body: Bytes| {
            let desk = desk.clone();
            async move { desk.take(headers, &body).await }
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    async fn take(&self, headers: HeaderMap, body: &[u8]) -> Response {
        let body = String::from_utf8_lossy(body).into_owned();
        self.received
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Received { headers, body });
        let next = self.next.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let next = next.unwrap_or(Next::status(200));
        tokio::time::sleep(next.pause).await;
        let status = StatusCode::from_u16(next.status).expect("a status");
        let mut response = (status, "heard").into_response();
        if let Some((name, value)) = next.header {
            response.headers_mut().insert(name, value.parse().expect("a value"));
        }
        response
    }

    /// Answers so, one after another.
    pub(crate) fn will_answer(&self, answers: impl IntoIterator<Item = Next>) {
        self.next.lock().unwrap_or_else(PoisonError::into_inner).extend(answers);
    }

    /// Answers 200 again.
    pub(crate) fn forget(&self) {
        self.next.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// All ids of messages, each as often as it came.
    pub(crate) fn ids(&self) -> Vec<String> {
        self.received().iter().map(|one| one.header("webhook-id").to_owned()).collect()
    }
}
