//! Files that come in parts before their form is sent, and go on where they stopped: tus 1.0.0
//! (<https://tus.io/protocols/resumable-upload>) with its extensions creation, expiration and termination.
//!
//! An upload is named by the id of the file that it becomes, which nobody but its sender knows; as an answer the
//! file is named by the same id.

mod append;
mod cancel;
pub(crate) mod create;
mod metadata;
pub(crate) mod options;
pub(crate) mod show;
pub(crate) mod upload;

use std::time::Duration;

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use files::{FileId, StoredFile, Upload};
use kernel::{Error, Result, Timestamp};
use serde::Deserialize;
use web::{Cx, Reply};

use crate::published::Published;

/// How long an upload is kept that no submission comes with, whole or not.
pub(crate) const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

const VERSION: &str = "1.0.0";
const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");

/// Which upload the address names.
#[derive(Debug, Deserialize)]
pub(crate) struct UploadPath {
    upload: String,
}

/// Answers in the protocol: refuses other versions of it, and tells with every answer, also with a refusal, which
/// one it is.
async fn spoken(headers: &HeaderMap, answer: impl Future<Output = Reply<Response>>) -> Response {
    let version = headers.get(TUS_RESUMABLE).map(HeaderValue::as_bytes);
    let mut response = match version {
        Some(version) if version == VERSION.as_bytes() => answer.await.into_response(),
        _ => {
            let text = format!("Send the header Tus-Resumable: {VERSION}.");
            (StatusCode::PRECONDITION_FAILED, [(TUS_VERSION, VERSION)], text).into_response()
        }
    };
    response.headers_mut().insert(TUS_RESUMABLE, HeaderValue::from_static(VERSION));
    response
}

/// An upload as it stands.
enum Standing {
    /// More of it has to come.
    Partly(Upload),
    /// All has come, and it is part of no submission yet.
    Whole(StoredFile),
}

impl Standing {
    /// What stands of an upload to this form.
    async fn of(cx: &Cx, form: &Published, id: &str) -> Result<Self> {
        let id: FileId = id.parse().map_err(|_| Error::NotFound)?;
        let mut tx = cx.within(form.workspace).read().await?;
        // In this order: what becomes whole in between is found as that.
        let found = match files::find_upload(&mut tx, id).await? {
            Some(upload) => Standing::Partly(upload),
            None => Standing::Whole(files::find(&mut tx, id, None).await?),
        };
        let (collection, begun) = match &found {
            Standing::Partly(upload) => (&upload.collection, upload.created_at),
            Standing::Whole(file) => (&file.collection, file.created_at),
        };
        if *collection != form.form.to_string() {
            return Err(Error::NotFound);
        }
        if cx.now().since(begun) >= KEPT {
            return Err(Error::Gone("This upload has expired. Begin it anew.".into()));
        }
        Ok(found)
    }

    /// Bytes that have come.
    fn offset(&self) -> i64 {
        match self {
            Standing::Partly(upload) => upload.received,
            Standing::Whole(file) => file.size,
        }
    }

    fn size(&self) -> i64 {
        match self {
            Standing::Partly(upload) => upload.size,
            Standing::Whole(file) => file.size,
        }
    }

    fn begun(&self) -> Timestamp {
        match self {
            Standing::Partly(upload) => upload.created_at,
            Standing::Whole(file) => file.created_at,
        }
    }
}

/// When it is swept away, as HTTP writes dates (RFC 9110, 5.6.7).
fn expiry(begun: Timestamp) -> String {
    begun.plus(KEPT).to_jiff().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A header that is a number of bytes.
fn bytes_of(headers: &HeaderMap, name: &HeaderName) -> Result<i64> {
    let text = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| digits);
    number.ok_or_else(|| Error::Malformed(format!("Send the header {name}: a number of bytes.")))
}
