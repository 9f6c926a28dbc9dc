//! The hosted form: what respondents see, at an address of its own, whole without any script.

mod calendar;
pub(crate) mod endings;
mod frame;
mod json;
pub(crate) mod keeping;
pub(crate) mod parts;
pub(crate) mod picture;
mod prefill;
pub(crate) mod preview;
pub(crate) mod receive;
mod respondent;
pub(crate) mod resumable;
mod sent;
pub(crate) mod show;
pub(crate) mod starts;
pub(crate) mod thanks;
pub(crate) mod ticket;
mod traps;
mod uploads;
pub(crate) mod views;
mod walk;

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, VARY},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use kernel::Error;
use maud::Markup;
use web::Failure;

use sent::{Written, written};

use crate::{
    Forms,
    ids::PublicId,
    published::Published,
    texts::{Texts, accepted},
    theme::Style,
};

/// Any site may show a form in a frame; nothing on the page may run or load from elsewhere, and a script
/// of ours only makes at once what would happen on sending. Tools that look at a page from within may ask for `/robots.txt`.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      base-uri 'none'; form-action 'self'; frame-ancestors *";

/// The form that the address names; what cannot be the name of one is not there, and nobody is asked.
pub(crate) struct Hosted(pub(crate) Arc<Published>);

impl FromRequestParts<Forms> for Hosted {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, forms: &Forms) -> Result<Self, Response> {
        let names = RawPathParams::from_request_parts(parts, forms).await.ok();
        let mut names = names.iter().flatten();
        let name = names.find(|(parameter, _)| *parameter == "public_id");
        let id: Option<PublicId> = name.and_then(|(_, name)| name.parse().ok());
        let found = match id {
            Some(id) => forms.published().by_public_id(id).await,
            None => Err(Error::NotFound),
        };
        match found {
            Ok(form) => Ok(Hosted(form)),
            Err(Error::NotFound) if written(&parts.headers) != Written::Json => {
                Err(missing(&parts.headers))
            }
            Err(error) => Err(Failure(error).into_response()),
        }
    }
}

/// Said in words for someone who only followed a link.
fn missing(headers: &HeaderMap) -> Response {
    let texts = accepted(headers).map_or(Texts::english(), Texts::of);
    framed(None, StatusCode::NOT_FOUND, endings::missing(texts))
}

fn framed(style: Option<&Style>, status: StatusCode, page: Markup) -> Response {
    (status, frame_headers(style), page).into_response()
}

/// The policy allows the one style element that the page has, by its hash.
fn frame_headers(style: Option<&Style>) -> HeaderMap {
    let policy = style.map(|style| {
        let sources = format!("style-src 'self' {}", style.source);
        HeaderValue::try_from(POLICY.replace("style-src 'self'", &sources))
    });
    // A hash is letters and digits.
    let policy = policy.and_then(Result::ok).unwrap_or(HeaderValue::from_static(POLICY));
    let fixed = HeaderValue::from_static;
    let headers = [
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, fixed("no-store")),
        (VARY, fixed("accept-language")),
    ];
    headers.into_iter().collect()
}
