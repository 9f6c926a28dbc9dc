//! The hosted form: what respondents see, at an address of its own, with no script at all.

pub(crate) mod receive;
mod sent;
pub(crate) mod show;
pub(crate) mod thanks;
mod uploads;
pub(crate) mod views;

use std::sync::Arc;

use axum::{
    http::{HeaderName, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use maud::Markup;

use crate::{Forms, published::Published};

/// Any site may show a form in a frame; nothing on the page may run or load from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
                      form-action 'self'; frame-ancestors *";

/// The form behind the address; nothing when it is not there, was never published or was deleted.
async fn known(forms: &Forms, public_id: &str) -> Result<Option<Arc<Published>>> {
    match forms.published().by_public_id(public_id).await {
        Ok(form) => Ok(Some(form)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Said in words for someone who only followed a link.
fn missing() -> Response {
    framed(StatusCode::NOT_FOUND, views::missing())
}

fn framed(status: StatusCode, page: Markup) -> Response {
    let headers = [
        (HeaderName::from_static("content-security-policy"), POLICY),
        (HeaderName::from_static("cache-control"), "no-store"),
    ];
    (status, headers, page).into_response()
}
