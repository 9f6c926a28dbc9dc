//! The hosted form: what respondents see, at an address of its own, whole without any script.

pub(crate) mod endings;
mod json;
mod parts;
mod prefill;
pub(crate) mod preview;
pub(crate) mod receive;
mod respondent;
mod sent;
pub(crate) mod show;
pub(crate) mod thanks;
mod uploads;
pub(crate) mod views;

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Path},
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
        let name = Path::<String>::from_request_parts(parts, forms).await;
        let id: Option<PublicId> = name.ok().and_then(|Path(name)| name.parse().ok());
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
    framed(StatusCode::NOT_FOUND, endings::missing(texts))
}

fn framed(status: StatusCode, page: Markup) -> Response {
    (status, frame_headers(), page).into_response()
}

fn frame_headers() -> HeaderMap {
    let headers =
        [(CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-store"), (VARY, "accept-language")];
    headers.map(|(name, value)| (name, HeaderValue::from_static(value))).into_iter().collect()
}
