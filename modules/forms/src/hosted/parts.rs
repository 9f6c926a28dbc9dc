//! A body in parts, one after the other, its faults told in the respondent's words.

use axum::{
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request,
        multipart::{Field as Part, MultipartError},
    },
    http::{StatusCode, header::CONTENT_DISPOSITION},
};
use kernel::{Error, Result};

use crate::steady::Steady;

/// Parts of a body, or names and texts; a form has at most 300 fields.
const MOST_PARTS: usize = 2_000;

/// A body that is read as it comes.
pub(crate) struct Parts {
    body: Multipart,
    count: usize,
}

impl Parts {
    /// Begins with a body of at most `limit` bytes.
    pub(crate) async fn of(mut request: Request, limit: usize) -> Result<Self> {
        DefaultBodyLimit::max(limit).apply(&mut request);
        // Files may take long, as long as they keep coming.
        let request = request.map(|body| Steady::of(body).into_body());
        match Multipart::from_request(request, &()).await {
            Ok(body) => Ok(Parts { body, count: 0 }),
            Err(rejection) => Err(unreadable(&rejection.body_text())),
        }
    }

    pub(crate) async fn next(&mut self) -> Result<Option<Part<'_>>> {
        self.count += 1;
        let part = self.body.next_field().await.map_err(|error| broken(&error))?;
        if part.is_some() {
            few(self.count)?;
        }
        Ok(part)
    }
}

/// Refuses more parts than a form can have.
pub(crate) fn few(parts: usize) -> Result<()> {
    if parts <= MOST_PARTS {
        return Ok(());
    }
    Err(Error::TooLarge("The form has too many parts.".into()))
}

/// The name of the file that a part is. One that is not UTF-8, as old programs send it, is read as well
/// as it can be.
pub(crate) fn file_name(part: &Part<'_>) -> Option<String> {
    if let Some(name) = part.file_name() {
        return Some(name.to_owned());
    }
    let header = String::from_utf8_lossy(part.headers().get(CONTENT_DISPOSITION)?.as_bytes());
    let (_, name) = header.split_once("filename=\"")?;
    Some(name.split('"').next().unwrap_or_default().to_owned())
}

pub(crate) fn broken(error: &MultipartError) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => unreadable(&error.body_text()),
    }
}

pub(crate) fn too_large() -> Error {
    Error::TooLarge("This is more than the form takes. Send smaller files.".into())
}

fn unreadable(reason: &str) -> Error {
    Error::Malformed(format!("The form cannot be read: {reason}."))
}
