//! A client of the API that speaks to the router in the same process, through all its layers.

use axum::{
    Router,
    body::Body,
    http::{Method, Request, header},
};
use http_body_util::BodyExt;
use kernel::{Error, Result};
use serde_json::Value;
use tower::ServiceExt;

/// Somebody who calls the API.
pub(super) struct Client {
    router: Router,
    token: Option<String>,
}

impl Client {
    /// Nobody yet.
    pub(super) fn new(router: Router) -> Self {
        Client { router, token: None }
    }

    /// From now on with this token.
    pub(super) fn sign_in(&mut self, token: &str) {
        self.token = Some(token.to_owned());
    }

    /// Reads JSON.
    pub(super) async fn get(&self, path: &str) -> Result<Value> {
        self.send(Method::GET, path, "application/json", Body::empty()).await
    }

    /// Sends JSON and reads JSON; anything but success is an error.
    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.send(Method::POST, path, "application/json", body.to_string().into()).await
    }

    /// Sends lines and reads JSON.
    pub(super) async fn post_lines(&self, path: &str, lines: String) -> Result<Value> {
        self.send(Method::POST, path, "application/x-ndjson", lines.into()).await
    }

    async fn send(&self, method: Method, path: &str, kind: &str, body: Body) -> Result<Value> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, kind);
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(body).map_err(Error::internal)?;
        let response = self.router.clone().oneshot(request).await.map_err(Error::internal)?;
        let status = response.status();
        let bytes = response.into_body().collect().await.map_err(Error::internal)?.to_bytes();
        if !status.is_success() {
            return Err(Error::internal(format!(
                "{path}: {status} {}",
                String::from_utf8_lossy(&bytes)
            )));
        }
        serde_json::from_slice(&bytes).map_err(Error::internal)
    }
}
