//! Someone who uses the house: a person with a browser and a token, a program with a key, or nobody.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderValue, Method, Request, header},
};
use http_body_util::BodyExt;
use identity::{Tokens, User};
use serde::Serialize;
use serde_json::Value;
use tower::ServiceExt;
use workspaces::Workspace;

use crate::{Reply, Stream};

/// Pages get the cookie, `/api/` gets the bearer token, as in real life.
#[derive(Clone)]
pub struct Actor {
    router: Router,
    /// The person, when it is one.
    pub user: Option<User>,
    /// The tokens of a person, when it is one.
    pub tokens: Option<Tokens>,
    workspace: Option<Workspace>,
    bearer: Option<String>,
    cookie: Arc<Mutex<String>>,
    /// The other end of the connection.
    address: IpAddr,
    /// Sent with every request.
    headers: Vec<(&'static str, String)>,
}

impl Actor {
    /// What everyone in tests has chosen.
    pub const PASSWORD: &str = "a quiet sentence";

    pub(crate) fn anonymous(router: Router) -> Self {
        Actor {
            router,
            user: None,
            tokens: None,
            workspace: None,
            bearer: None,
            cookie: Arc::default(),
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            headers: Vec::new(),
        }
    }

    pub(crate) fn person(
        router: Router,
        user: User,
        workspace: Workspace,
        cookie: &HeaderValue,
        tokens: Tokens,
    ) -> Self {
        let actor = Actor {
            user: Some(user),
            bearer: Some(tokens.access_token.clone()),
            tokens: Some(tokens),
            ..Actor::anonymous(router)
        };
        actor.keep(cookie.to_str().unwrap_or_default());
        actor.at(workspace)
    }

    /// A program that sends this bearer token and no cookie.
    pub fn with_bearer(&self, bearer: &str) -> Actor {
        Actor { bearer: Some(bearer.to_owned()), ..Actor::anonymous(self.router.clone()) }
    }

    /// A program with a key of this actor's workspace.
    pub async fn with_key(&self, scopes: &[&str]) -> Actor {
        let body = serde_json::json!({"name": "A program", "scopes": scopes});
        let made = self.post("/api/api-keys", &body).await.expect(201).json();
        let key = self.with_bearer(made["key"].as_str().expect("the key is shown"));
        Actor { workspace: self.workspace.clone(), ..key }
    }

    /// The same actor in another workspace.
    pub fn at(&self, workspace: Workspace) -> Actor {
        Actor { workspace: Some(workspace), ..self.clone() }
    }

    /// The same actor, sending a header more with each request.
    pub fn sending(&self, name: &'static str, value: &str) -> Actor {
        let mut actor = self.clone();
        actor.headers.push((name, value.to_owned()));
        actor
    }

    /// The same actor in front of another process.
    pub(crate) fn through(&self, router: Router) -> Actor {
        Actor { router, ..self.in_another_browser() }
    }

    /// The same actor behind another address of the network.
    pub fn from_address(&self, address: &str) -> Actor {
        Actor { address: address.parse().expect("an address"), ..self.clone() }
    }

    /// A copy whose browser goes its own way.
    pub fn in_another_browser(&self) -> Actor {
        let cookie = self.cookie();
        Actor { cookie: Arc::new(Mutex::new(cookie)), ..self.clone() }
    }

    /// Where this actor works.
    #[track_caller]
    pub fn workspace(&self) -> &Workspace {
        self.workspace.as_ref().expect("the actor has a workspace")
    }

    /// A page of the actor's workspace: `page("forms")` is `/w/acme/forms`.
    pub fn page(&self, rest: &str) -> String {
        format!("/w/{}/{rest}", self.workspace().slug)
    }

    /// The `name=value` that the browser sends; empty without a session.
    pub fn cookie(&self) -> String {
        self.cookie.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a cookie into the browser, such as a stolen one.
    pub fn set_cookie(&self, cookie: &str) {
        *self.cookie.lock().unwrap_or_else(PoisonError::into_inner) = cookie.to_owned();
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None, Body::empty()).await
    }

    /// Sends JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, Some("application/json"), body.to_string().into()).await
    }

    /// Sends JSON.
    pub async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PATCH, path, Some("application/json"), body.to_string().into()).await
    }

    /// Sends the form of a page, with the token that the page has.
    pub async fn submit<T: Serialize + ?Sized>(&self, path: &str, fields: &T) -> Reply {
        let mut body = serde_urlencoded::to_string(fields).expect("the fields are pairs");
        if let Some(token) = self.csrf_token().await {
            let separator = if body.is_empty() { "" } else { "&" };
            body.push_str(&format!("{separator}csrf_token={token}"));
        }
        self.send_form(path, body).await
    }

    /// Sends a form without its token.
    pub async fn forge<T: Serialize + ?Sized>(&self, path: &str, fields: &T) -> Reply {
        self.send_form(path, serde_urlencoded::to_string(fields).expect("pairs")).await
    }

    /// Sends a form of a page that has no token, in parts (RFC 7578): texts and files, the latter as
    /// field, name and content.
    pub async fn send_parts<T: AsRef<str>>(
        &self,
        path: &str,
        texts: &[(T, T)],
        files: &[(&str, &str, &str)],
    ) -> Reply {
        let mut body = String::new();
        for (name, text) in texts {
            let (name, text) = (name.as_ref(), text.as_ref());
            body += &format!(
                "--XX\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"
            );
        }
        for (name, file, content) in files {
            body += &format!(
                "--XX\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 content-type: text/plain\r\n\r\n{content}\r\n"
            );
        }
        let kind = "multipart/form-data; boundary=XX";
        self.send(Method::POST, path, Some(kind), (body + "--XX--\r\n").into()).await
    }

    async fn send_form(&self, path: &str, body: String) -> Reply {
        let kind = "application/x-www-form-urlencoded";
        self.send(Method::POST, path, Some(kind), body.into()).await
    }

    /// The session's token, as a page shows it; none without a session.
    pub async fn csrf_token(&self) -> Option<String> {
        if self.cookie().is_empty() {
            return None;
        }
        let page = self.get("/workspaces/new").await.text();
        let (_, rest) = page.split_once("name=\"csrf_token\" value=\"")?;
        rest.split_once('"').map(|(token, _)| token.to_owned())
    }

    /// Sends anything.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Body,
    ) -> Reply {
        let asked = format!("{method} {path}");
        let response = self.exchange(method, path, content_type, body).await;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the body arrives").to_bytes();
        Reply { status: parts.status.as_u16(), headers: parts.headers, body, asked }
    }

    /// Opens a live stream; `last_seen` is what a browser sends after a lost connection.
    pub async fn stream(&self, path: &str, last_seen: Option<i64>) -> Stream {
        let mut actor = self.clone();
        if let Some(seq) = last_seen {
            actor.headers.push(("last-event-id", seq.to_string()));
        }
        let response = actor.exchange(Method::GET, path, None, Body::empty()).await;
        assert_eq!(response.status().as_u16(), 200, "{path} is no stream");
        Stream::of(response.into_body())
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Body,
    ) -> axum::response::Response {
        let request = self.request(method, path, content_type, body);
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap_or_default());
        }
        response
    }

    fn request(
        &self,
        method: Method,
        path: &str,
        content_type: Option<&str>,
        body: Body,
    ) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost");
        if path.starts_with("/api/") {
            if let Some(bearer) = &self.bearer {
                request = request.header(header::AUTHORIZATION, format!("Bearer {bearer}"));
            }
            if let (Some(workspace), Some(_)) = (&self.workspace, &self.user) {
                request = request.header("x-workspace", &workspace.slug);
            }
        } else if !self.cookie().is_empty() {
            request = request.header(header::COOKIE, self.cookie());
        }
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let peer = ConnectInfo(SocketAddr::new(self.address, 40_000));
        request.extension(peer).body(body).expect("a request")
    }

    /// Does with a `Set-Cookie` what a browser does.
    fn keep(&self, set_cookie: &str) {
        let pair = set_cookie.split(';').next().unwrap_or_default();
        if pair.starts_with("flash=") {
            return; // Only what a page says next; sessions are what actors differ by.
        }
        let emptied = set_cookie.contains("Max-Age=0");
        self.set_cookie(if emptied { "" } else { pair });
    }
}
