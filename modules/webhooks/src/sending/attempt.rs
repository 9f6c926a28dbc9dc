//! One attempt: the request, and what its outcome means.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use db::Json;
use kernel::Timestamp;
use outbound::{Answer, Exchange, Failure, Outbound, Post, Target};

use crate::{
    deliveries::{Attempt, outcome, store::Claimed},
    endpoint::secrets::{Secret, seconds, signatures},
};

/// From the look-up of the name to the head of the answer.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Bytes of an answer that the log keeps, and of its headers.
const KEPT: usize = 64 * 1024;
const KEPT_HEADERS: usize = 16 * 1024;

const AGENT: &str = concat!("Mewayz-Webhooks/", env!("CARGO_PKG_VERSION"));

/// What an outcome means for the delivery and its endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Taken,
    /// Again later, not before so long.
    Again(Option<Duration>),
    /// 410: the endpoint wants nothing more.
    Gone,
}

/// An attempt as the log keeps it, with what it means.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) attempt: Attempt,
    pub(super) meaning: Meaning,
}

/// Sends a message once.
pub(super) async fn send(
    outbound: &Outbound,
    url: &str,
    secrets: &[Secret],
    claimed: &Claimed,
    payload: &str,
    now: Timestamp,
) -> Made {
    let headers = headers(secrets, &claimed.message_id.to_string(), payload, now);
    let request_headers = pairs(&headers);
    let exchange = match outbound.target(url) {
        Ok(target) => exchange(outbound, &target, headers, payload).await,
        Err(refusal) => {
            Exchange { duration: Duration::ZERO, outcome: Err(Failure::Refused(refusal.0)) }
        }
    };
    let attempt = Attempt {
        number: claimed.attempts,
        at: now,
        duration: i64::try_from(exchange.duration.as_micros()).unwrap_or(i64::MAX),
        outcome: outcome::UNKNOWN.to_owned(),
        status: None,
        request_headers,
        response_headers: None,
        response_body: None,
        error: None,
    };
    judge(attempt, exchange.outcome)
}

async fn exchange(
    outbound: &Outbound,
    target: &Target,
    headers: HeaderMap,
    payload: &str,
) -> Exchange {
    let body = bytes::Bytes::copy_from_slice(payload.as_bytes());
    outbound.post(target, Post { headers, body, timeout: TIMEOUT, keep: KEPT }).await
}

fn headers(secrets: &[Secret], id: &str, payload: &str, now: Timestamp) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::USER_AGENT, HeaderValue::from_static(AGENT));
    let ours = [
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", seconds(now).to_string()),
        ("webhook-signature", signatures(secrets, id, now, payload)),
    ];
    for (name, value) in ours {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    headers
}

fn judge(mut attempt: Attempt, outcome: Result<Answer, Failure>) -> Made {
    let meaning = match outcome {
        Ok(answer) => answered(&mut attempt, &answer),
        Err(failure) => {
            let word = match failure {
                Failure::Unknown(_) => outcome::UNKNOWN,
                Failure::Refused(_) | Failure::NotSent(_) => outcome::NOT_SENT,
            };
            word.clone_into(&mut attempt.outcome);
            attempt.error = Some(failure.message().to_owned());
            Meaning::Again(None)
        }
    };
    metrics::counter!("mewayz_webhook_attempts_total", "outcome" => attempt.outcome.clone())
        .increment(1);
    Made { attempt, meaning }
}

fn answered(attempt: &mut Attempt, answer: &Answer) -> Meaning {
    let status = answer.status;
    attempt.status = Some(status.into());
    attempt.response_headers = Some(pairs(&answer.headers));
    attempt.response_body = Some(readable(&answer.body));
    let taken = (200..300).contains(&status);
    let word = if taken { outcome::SUCCEEDED } else { outcome::REFUSED };
    word.clone_into(&mut attempt.outcome);
    if taken {
        return Meaning::Taken;
    }
    attempt.error = Some(match status {
        300..400 => {
            format!("Answered {status}: we do not follow redirects. Name the new address here.")
        }
        410 => "Answered 410: the endpoint wants nothing more.".to_owned(),
        _ => format!("Answered {status}."),
    });
    match status {
        410 => Meaning::Gone,
        429 | 503 => Meaning::Again(retry_after(&answer.headers)),
        _ => Meaning::Again(None),
    }
}

/// Seconds; the form with a date is left to the schedule.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// No text can hold U+0000.
fn readable(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\0', "\u{fffd}")
}

/// Names and values in order, as far as they are kept.
fn pairs(headers: &HeaderMap) -> Json {
    let mut room = KEPT_HEADERS;
    let mut kept: Vec<(&str, String)> = Vec::new();
    for (name, value) in headers {
        let value = readable(value.as_bytes());
        let size = name.as_str().len() + value.len();
        if size > room {
            break;
        }
        room -= size;
        kept.push((name.as_str(), value));
    }
    Json::of(&kept).unwrap_or_else(|_| Json("[]".to_owned()))
}
