//! A body in parts, one after the other, its faults told in the respondent's words.

use axum::{
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request,
        multipart::{Field as Part, MultipartError},
    },
    http::StatusCode,
};
use kernel::{Error, Result};

/// Parts of a body; a form has at most 300 fields.
const MOST_PARTS: usize = 2_000;

/// A body that is read as it comes.
pub(super) struct Parts {
    body: Multipart,
    count: usize,
}

impl Parts {
    /// Begins with a body of at most `limit` bytes.
    pub(super) async fn of(mut request: Request, limit: usize) -> Result<Self> {
        DefaultBodyLimit::max(limit).apply(&mut request);
        match Multipart::from_request(request, &()).await {
            Ok(body) => Ok(Parts { body, count: 0 }),
            Err(rejection) => Err(unreadable(&rejection.body_text())),
        }
    }

    pub(super) async fn next(&mut self) -> Result<Option<Part<'_>>> {
        self.count += 1;
        let part = self.body.next_field().await.map_err(|error| broken(&error))?;
        if part.is_some() && self.count > MOST_PARTS {
            return Err(Error::TooLarge("The form has too many parts.".into()));
        }
        Ok(part)
    }
}

pub(super) fn broken(error: &MultipartError) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => unreadable(&error.body_text()),
    }
}

pub(super) fn too_large() -> Error {
    Error::TooLarge("This is more than the form takes. Send smaller files.".into())
}

fn unreadable(reason: &str) -> Error {
    Error::Malformed(format!("The form cannot be read: {reason}."))
}
