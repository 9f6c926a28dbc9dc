//! An error on its way out; the outermost layer gives it the form that the client understands.

use std::sync::Arc;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use kernel::{Error, Fields};
use maud::Markup;

/// What every handler answers.
pub type Reply<T = Response> = Result<T, Failure>;

/// An error as a response; `?` makes one of any [`Error`].
#[derive(Debug)]
pub struct Failure(pub Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure(error)
    }
}

impl From<Fields> for Failure {
    fn from(fields: Fields) -> Self {
        Failure(Error::Invalid(fields))
    }
}

/// Rides in the response until the layer that renders it.
#[derive(Clone)]
pub(crate) struct Failed(pub(crate) Arc<Error>);

/// What a person sees of a failure instead of the page that all failures have.
#[derive(Clone)]
pub(crate) struct Shown {
    pub(crate) headers: HeaderMap,
    pub(crate) page: Markup,
}

impl Failure {
    /// Shows people a page of its own, in another language or frame; the rest is as with every failure.
    pub fn shown_as(self, headers: HeaderMap, page: Markup) -> Response {
        let mut response = self.into_response();
        response.extensions_mut().insert(Shown { headers, page });
        response
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        if let Error::Limited { retry_after } | Error::Unavailable { retry_after, .. } = &self.0 {
            let seconds = HeaderValue::from(retry_after.as_secs().max(1));
            response.headers_mut().insert(RETRY_AFTER, seconds);
        }
        response.extensions_mut().insert(Failed(Arc::new(self.0)));
        response
    }
}

/// The HTTP status of an error (RFC 9110).
pub(crate) fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Unauthorized(_) => StatusCode::UNAUTHORIZED,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Malformed(_) => StatusCode::BAD_REQUEST,
        Error::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
        Error::Conflict { .. } => StatusCode::CONFLICT,
        Error::Gone(_) => StatusCode::GONE,
        Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
        Error::Unsupported(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Error::Limited { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
