//! What surrounds every request: its id, its log line, safe headers, and protection from forged requests.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::Response,
};
use kernel::{Chance, Error, Result, same_secret};
use tracing::Instrument;

use crate::{
    first_part::first_part,
    idempotency::unreadable,
    origin,
    shared::{ServerSettings, Shared},
};

/// The request, as logs, errors and jobs know it.
#[derive(Debug, Clone, Default)]
pub(crate) struct RequestId(pub(crate) String);

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const CSRF_HEADER: &str = "x-csrf-token";
const CSRF_FIELD: &str = "csrf_token";
/// A form of the app is read whole to find its token; one that comes in parts begins with it.
const CSRF_BODY_LIMIT: usize = 1024 * 1024;

/// Gives the request its id and span, counts and times it, and makes its answer safe.
pub(crate) async fn observe(
    State(shared): State<Arc<Shared>>,
    mut request: Request,
    next: Next,
) -> Response {
    let ServerSettings { public_url, limits, .. } = &shared.settings;
    origin::settle(&mut request, public_url.as_ref(), &limits.trusted_proxies);
    let id = incoming_id(&request).unwrap_or_else(|| new_id(&shared.house.chance));
    request.extensions_mut().insert(RequestId(id.clone()));
    let route =
        request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = method_name(request.method());
    let span = tracing::info_span!("request", request_id = %id, method, route, workspace = tracing::field::Empty);
    let started = tokio::time::Instant::now();
    let mut response =
        jobs::with_request(Some(id.clone()), next.run(request)).instrument(span.clone()).await;
    let elapsed = started.elapsed();
    let status = response.status().as_u16();
    metrics::histogram!("mewayz_http_request_seconds", "method" => method, "route" => route, "status" => status_class(status))
        .record(elapsed.as_secs_f64());
    span.in_scope(|| tracing::debug!(status, elapsed_us = elapsed.as_micros() as u64, "answered"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    protect(response.headers_mut(), shared.settings.secure);
    response
}

/// The method as figures and logs know it: whoever asks may make up methods, but must not make up labels,
/// each of which is kept for ever.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn status_class(status: u16) -> &'static str {
    ["1xx", "2xx", "3xx", "4xx", "5xx"]
        .get(usize::from(status / 100).wrapping_sub(1))
        .copied()
        .unwrap_or("other")
}

/// A proxy's own id is kept when it is harmless.
fn incoming_id(request: &Request) -> Option<String> {
    let id = request.headers().get(X_REQUEST_ID)?.to_str().ok()?;
    let harmless = (8..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    harmless.then(|| id.to_owned())
}

fn new_id(chance: &Chance) -> String {
    format!("{:032x}", u128::from_be_bytes(chance.bytes::<16>()))
}

/// Headers that keep browsers from doing what no page here needs (OWASP Secure Headers).
fn protect(headers: &mut HeaderMap, secure: bool) {
    for (name, value) in [
        (
            "content-security-policy",
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if secure {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(year);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// A page of another site must not act in a person's name: browsers say where a request comes from.
pub(crate) fn refuse_foreign_origin(parts: &Parts) -> Result<()> {
    let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let foreign = match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_none() || ![text("host"), text("x-forwarded-host")].contains(&host)
        }
        (None, None) => false,
    };
    if foreign {
        return Err(Error::Forbidden("This request came from another site.".into()));
    }
    Ok(())
}

/// The session's token must come back in the header or in the form.
pub(crate) async fn require_csrf_token(
    request: Request,
    token: &str,
    body_limit: usize,
) -> Result<Request> {
    let (parts, body) = request.into_parts();
    if let Some(sent) = parts.headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok()) {
        return if same_secret(sent, token) {
            Ok(Request::from_parts(parts, body))
        } else {
            Err(forged())
        };
    }
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        let (sent, body) = first_part(body, kind, CSRF_FIELD).await?;
        return match sent {
            Some(sent) if same_secret(&sent, token) => Ok(Request::from_parts(parts, body)),
            _ => Err(forged()),
        };
    }
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(forged());
    }
    let bytes = to_bytes(body, body_limit.min(CSRF_BODY_LIMIT)).await.map_err(unreadable)?;
    let sent = form_urlencoded::parse(&bytes).find(|(name, _)| name == CSRF_FIELD);
    match sent {
        Some((_, sent)) if same_secret(&sent, token) => {
            Ok(Request::from_parts(parts, Body::from(bytes)))
        }
        _ => Err(forged()),
    }
}

fn forged() -> Error {
    Error::Forbidden("This page has grown old. Load it again and repeat what you did.".into())
}
