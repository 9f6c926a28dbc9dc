//! The one place where errors are logged and get their form: a problem document, a toast, or a page.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::Error;
use maud::{Markup, html};
use tokio::time::Instant;

use crate::{
    failure::{Failed, Shown},
    guard::Astray,
    layers::RequestId,
    limits,
    problem::Problem,
};

/// Stands in every answer to an upload in parts, refusals too.
const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");

/// What the client can read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Program,
    Htmx,
    Person,
}

fn reader(path: &str, headers: &HeaderMap) -> Reader {
    let accepts = |kind: &str| {
        headers
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.contains(kind))
    };
    let sends_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("application/json"));
    if headers.contains_key("hx-request") {
        Reader::Htmx
    } else if path.starts_with("/api/")
        || path == "/metrics"
        || accepts("application/json")
        || headers.contains_key(TUS_RESUMABLE)
        || sends_json && !accepts("text/html")
    {
        Reader::Program
    } else {
        Reader::Person
    }
}

/// Gives failed responses their body.
pub(crate) async fn render(
    seldom: &Seldom,
    request: Request,
    answer: impl AsyncFnOnce(Request) -> Response,
) -> Response {
    let reader = reader(request.uri().path(), request.headers());
    let request_id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    let mut response = answer(request).await;
    let error = match response.extensions_mut().remove::<Failed>() {
        Some(failed) => failed.0,
        None => match bare(&response) {
            Some(error) => error.into(),
            None => return response,
        },
    };
    log(&error, seldom);
    let astray = response.extensions_mut().remove::<Astray>();
    let shown = response.extensions_mut().remove::<Shown>();
    let mut rendered = match (reader, shown) {
        (Reader::Program, _) => Problem::of(&error, &request_id.0).into_response(),
        (Reader::Htmx, _) => toast(&error),
        (Reader::Person, Some(shown)) => {
            (crate::failure::status(&error), shown.headers, shown.page).into_response()
        }
        (Reader::Person, None) => page(&error, &request_id.0, astray),
    };
    keep(&mut rendered, &response);
    rendered
}

/// What the router itself refused has a status but no words yet.
fn bare(response: &Response<Body>) -> Option<Error> {
    if response.headers().contains_key(header::CONTENT_TYPE) {
        return None;
    }
    match response.status() {
        StatusCode::NOT_FOUND => Some(Error::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(Error::WrongMethod),
        _ => None,
    }
}

/// Lets one of many pass each second: what is refused in a storm must not become a storm of its own.
#[derive(Debug)]
pub(crate) struct Seldom {
    since: Instant,
    last: AtomicU64,
}

impl Default for Seldom {
    fn default() -> Self {
        Seldom { since: Instant::now(), last: AtomicU64::new(0) }
    }
}

impl Seldom {
    fn passes(&self) -> bool {
        let second = self.since.elapsed().as_secs() + 1;
        self.last.swap(second, Ordering::Relaxed) != second
    }
}

fn log(error: &Error, seldom: &Seldom) {
    match error {
        Error::Internal { cause, at } => tracing::error!(%cause, %at, "internal error"),
        Error::Unavailable { cause, .. } if seldom.passes() => tracing::warn!(cause, "unavailable"),
        _ => tracing::debug!(%error, "refused"),
    }
}

fn keep(rendered: &mut Response, original: &Response) {
    let kept = [header::RETRY_AFTER, header::ALLOW, header::SET_COOKIE, TUS_RESUMABLE];
    for name in kept.iter().chain(&limits::HEADERS) {
        for value in original.headers().get_all(name) {
            rendered.headers_mut().append(name.clone(), value.clone());
        }
    }
    if rendered.status() == StatusCode::UNAUTHORIZED {
        rendered.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
}

/// htmx leaves the page as it is and shows why.
fn toast(error: &Error) -> Response {
    let body = ui::Toast::new(ui::Tone::Bad, &error.to_string()).out_of_band();
    let headers = [("hx-reswap", "none")];
    (crate::failure::status(error), headers, body).into_response()
}

fn page(error: &Error, request_id: &str, astray: Option<Astray>) -> Response {
    let status = crate::failure::status(error);
    let title = title(error, status);
    let markup = match astray {
        Some(Astray(visit)) => crate::shell_page(&visit, title, words(error, title, request_id)),
        None => {
            let frame = ui::Public {
                title,
                description: title,
                lang: "en",
                centred: true,
                ways: ui::Ways::None,
                style: None,
            };
            frame.render(words(error, title, request_id))
        }
    };
    (status, markup).into_response()
}

fn title(error: &Error, status: StatusCode) -> &'static str {
    match error {
        Error::NotFound => "Nothing here",
        Error::Forbidden(_) => "Not allowed",
        Error::Limited { .. } | Error::Unavailable { .. } => "One moment, please",
        Error::Internal { .. } => "That is our fault",
        Error::Conflict { .. } => "That does not fit any more",
        _ => status.canonical_reason().unwrap_or("Error"),
    }
}

fn words(error: &Error, title: &str, request_id: &str) -> Markup {
    let told = match error {
        Error::NotFound => {
            "The address may be old or mistyped, or it leads where you may not look.".to_owned()
        }
        Error::WrongMethod => "This is a page to look at: nothing can be sent to it.".to_owned(),
        error => error.to_string(),
    };
    html! {
        (ui::EmptyState::new(ui::Illustration::Lost, title, &told).whole_page()
            .actions(html! { (ui::Button::primary("Back to the start").href("/")) }))
        @if let Error::Internal { .. } | Error::Unavailable { .. } = error {
            p.muted { "Request " code { (request_id) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Seldom;

    #[test]
    fn of_many_at_once_one_passes() {
        let seldom = Seldom::default();
        assert!(seldom.passes());
        // The second may end in between.
        assert!((0..1_000).filter(|_| seldom.passes()).count() <= 1);
    }
}
