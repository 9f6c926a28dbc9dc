//! `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a POST that is repeated with its key is
//! done once, and every repeat gets the first reply.
//!
//! The key is taken by inserting a row before the handler runs, so that of two that race one is told to
//! wait. Only what succeeded is kept: a refusal has changed nothing, so its repeat is tried anew.

mod store;
mod sweep;

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use db::{FromRow, Migration, MigrationText, Tx};
use kernel::{Actor, Error, Result, Timestamp, WorkspaceId};
use tokio::time::timeout;
use tracing::Instrument;

use crate::{Cx, Failure};

pub use sweep::register_jobs;

/// The table of kept replies.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    module: "web",
    name: "0001_idempotent_reply",
    text: MigrationText::Both(include_str!("../migrations/0001_idempotent_reply.sql")),
}];

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
const LONGEST_KEY: usize = 200;
/// What is kept of a reply: a form is said back with all its defaults, and so is larger than what was sent.
/// What streams opts out where its route is registered.
const LARGEST_REPLY: usize = 16 * 1024 * 1024;

/// A reply as it is kept for repeats of its request.
#[derive(Debug, FromRow)]
pub struct KeptReply {
    pub actor: String,
    pub key: String,
    /// Method and address.
    pub route: String,
    pub location: Option<String>,
    pub body: Option<String>,
}

/// The next replies of the transaction's workspace behind an actor and a key, in their order.
pub async fn kept_replies(tx: &mut Tx, behind: (&str, &str), limit: i64) -> Result<Vec<KeptReply>> {
    store::list_behind(tx, behind, limit).await
}

/// Forgets a reply: a repeat of its request is done anew.
pub async fn forget_reply(tx: &mut Tx, actor: &str, key: &str) -> Result<()> {
    store::delete_reply(tx, actor, key).await
}

/// One request that carries a key.
#[derive(Debug)]
struct Attempt {
    workspace: Option<WorkspaceId>,
    actor: String,
    key: String,
    route: String,
    fingerprint: i64,
    begun_at: Timestamp,
    /// No attempt takes longer: one of this age has died with its process.
    dead_after: Duration,
}

impl Attempt {
    /// As the column has it: '' outside of workspaces.
    fn workspace_id(&self) -> String {
        self.workspace.map(|id| id.to_string()).unwrap_or_default()
    }
}

/// What became of the attempt to take a key.
enum Claim {
    Taken,
    Replay(Box<store::Kept>),
    KeyReused,
    InProgress,
}

/// Whether this request asks to be done once. Nobody's keys are kept apart from one another, so only
/// those who are known can use them.
pub(crate) fn concerns(cx: &Cx, request: &Request) -> bool {
    request.method() == Method::POST
        && request.headers().contains_key(KEY)
        && *cx.actor() != Actor::Anonymous
}

/// Runs the handler, unless its reply is known or on its way. Clients wait for as long as `patience`.
pub(crate) async fn once(
    cx: Cx,
    request: Request,
    limit: usize,
    patience: Duration,
    next: Next,
) -> Response {
    match attempt(&cx, request, limit, patience, next).await {
        Ok(response) => response,
        Err(error) => Failure(error).into_response(),
    }
}

async fn attempt(
    cx: &Cx,
    request: Request,
    limit: usize,
    patience: Duration,
    next: Next,
) -> Result<Response> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, limit).await.map_err(unreadable)?;
    let attempt = Attempt {
        workspace: cx.place(),
        actor: cx.actor().name(),
        key: key_of(&parts)?,
        route: format!("{} {}", parts.method, parts.uri),
        fingerprint: kernel::fingerprint(&body),
        begun_at: cx.now(),
        dead_after: patience * 2,
    };
    match claim(cx, &attempt).await? {
        Claim::Taken => run(cx.clone(), attempt, parts, body, next).await,
        Claim::Replay(kept) => Ok(replay(*kept)),
        Claim::KeyReused => Err(Error::conflict(
            "idempotency_key_reused",
            "This idempotency key was used for another request. Use a new key for a new request.",
        )),
        Claim::InProgress => Ok(in_progress()),
    }
}

/// Too large, or broken off.
pub(crate) fn unreadable(error: axum::Error) -> Error {
    use std::error::Error as _;
    let too_large =
        error.source().is_some_and(|cause| cause.is::<http_body_util::LengthLimitError>());
    if too_large {
        return Error::TooLarge("The body is larger than this address takes.".into());
    }
    Error::Malformed("The body broke off before its end, or came too slowly.".into())
}

fn key_of(parts: &Parts) -> Result<String> {
    let key = parts.headers.get(KEY).map_or(&[][..], HeaderValue::as_bytes);
    let fits = (1..=LONGEST_KEY).contains(&key.len());
    match std::str::from_utf8(key) {
        Ok(text) if fits && key.iter().all(u8::is_ascii_graphic) => Ok(text.to_owned()),
        _ => Err(Error::invalid(
            "idempotency_key",
            "invalid",
            "An idempotency key has 1 to 200 visible ASCII characters.",
        )),
    }
}

async fn claim(cx: &Cx, attempt: &Attempt) -> Result<Claim> {
    let mut tx = begin(cx, attempt).await?;
    if store::insert_reservation(&mut tx, attempt).await? {
        tx.commit().await?;
        return Ok(Claim::Taken);
    }
    // Gone between the two statements: its owner was refused, and has just given the key free.
    let Some(kept) = store::find_reply(&mut tx, attempt).await? else {
        return Ok(Claim::InProgress);
    };
    if kept.route != attempt.route || kept.fingerprint != attempt.fingerprint {
        return Ok(Claim::KeyReused);
    }
    if kept.state == "stored" {
        return Ok(Claim::Replay(Box::new(kept)));
    }
    let dead = attempt.begun_at.since(kept.created_at) > attempt.dead_after;
    if dead && store::take_over(&mut tx, attempt, kept.created_at).await? {
        tx.commit().await?;
        return Ok(Claim::Taken);
    }
    Ok(Claim::InProgress)
}

/// Some requests that carry a key act outside of workspaces, such as one that makes a workspace.
async fn begin(cx: &Cx, attempt: &Attempt) -> Result<Tx> {
    match attempt.workspace {
        Some(workspace) => cx.db().begin(workspace).await,
        None => cx.db().system("replies to what is done outside of workspaces").await,
    }
}

/// In a task of its own: a client that goes away must not leave behind an effect without its reply.
async fn run(cx: Cx, attempt: Attempt, parts: Parts, body: Bytes, next: Next) -> Result<Response> {
    let request = Request::from_parts(parts, Body::from(body));
    let attempt = Arc::new(attempt);
    let (own_cx, own_attempt) = (cx.clone(), attempt.clone());
    let work = async move {
        let done = timeout(own_attempt.dead_after, next.run(request)).await;
        let response = done
            .unwrap_or_else(|_| Failure(Error::unavailable("it took too long")).into_response());
        settle(&own_cx, &own_attempt, response).await
    };
    let work = jobs::with_request(jobs::current_request(), work).in_current_span();
    match tokio::spawn(work).await {
        Ok(response) => response,
        Err(panic) => {
            give_free(&cx, &attempt).await;
            Err(Error::internal(panic))
        }
    }
}

/// Keeps what succeeded and gives the key free after everything else.
async fn settle(cx: &Cx, attempt: &Attempt, response: Response) -> Result<Response> {
    if !response.status().is_success() && !response.status().is_redirection() {
        give_free(cx, attempt).await;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LARGEST_REPLY).await.map_err(Error::internal)?;
    let text = std::str::from_utf8(&body).map_err(Error::internal)?;
    let location = parts.headers.get(header::LOCATION).and_then(|value| value.to_str().ok());
    if let Err(error) = keep(cx, attempt, parts.status, location, text).await {
        // It is done and acknowledged; only a repeat after the time of dying would do it again.
        tracing::warn!(?error, "a reply could not be kept for its idempotency key");
    }
    Ok(Response::from_parts(parts, Body::from(body)))
}

async fn keep(
    cx: &Cx,
    attempt: &Attempt,
    status: StatusCode,
    location: Option<&str>,
    body: &str,
) -> Result<()> {
    let mut tx = begin(cx, attempt).await?;
    store::update_reply(&mut tx, attempt, status.as_u16(), location, body).await?;
    tx.commit().await
}

async fn give_free(cx: &Cx, attempt: &Attempt) {
    let freed = async {
        let mut tx = begin(cx, attempt).await?;
        store::delete_reservation(&mut tx, attempt).await?;
        tx.commit().await
    };
    if let Err(error) = freed.await {
        tracing::warn!(?error, "an idempotency key stays taken until its attempt counts as dead");
    }
}

fn replay(kept: store::Kept) -> Response {
    let status = kept.status.and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or_default();
    let body = kept.body.unwrap_or_default();
    let mut response = if body.is_empty() {
        status.into_response()
    } else {
        (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    if let Some(location) = kept.location.and_then(|text| HeaderValue::from_str(&text).ok()) {
        headers.insert(header::LOCATION, location);
    }
    response
}

fn in_progress() -> Response {
    let error = Error::conflict(
        "in_progress",
        "A request with this idempotency key is being worked on. Ask again in a second.",
    );
    let mut response = Failure(error).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    response
}
