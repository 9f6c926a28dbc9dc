//! The hosted form: what respondents see, at an address of its own, with no script at all.

mod parts;
pub(crate) mod receive;
mod sent;
pub(crate) mod show;
pub(crate) mod thanks;
mod uploads;
pub(crate) mod views;

use axum::{
    http::{HeaderName, StatusCode},
    response::{IntoResponse, Response},
};
use maud::Markup;

/// Any site may show a form in a frame; nothing on the page may run or load from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
                      form-action 'self'; frame-ancestors *";

fn framed(status: StatusCode, page: Markup) -> Response {
    let headers = [
        (HeaderName::from_static("content-security-policy"), POLICY),
        (HeaderName::from_static("cache-control"), "no-store"),
    ];
    (status, headers, page).into_response()
}
