//! Errors for programs: `application/problem+json` (RFC 9457).

use axum::{
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use kernel::{Error, FieldError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::failure::status;

/// What the API answers when something is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What went wrong here, for people.
    pub detail: String,
    /// A stable word for programs, where the status alone says too little.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// Wrong fields, each with its reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The request, as the logs know it.
    pub request_id: String,
}

impl Problem {
    /// The document for an error.
    pub fn of(error: &Error, request_id: &str) -> Self {
        let status = status(error);
        Problem {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: error.to_string(),
            code: match error {
                Error::Conflict { code, .. } => Some(code),
                _ => None,
            },
            errors: error.fields().to_vec(),
            request_id: request_id.to_owned(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        (status, [(CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}
