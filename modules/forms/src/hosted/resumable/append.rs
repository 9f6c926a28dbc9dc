//! The next part of an upload.

use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use files::Upload;
use kernel::{Error, Result};
use web::{Cx, Reply};

use super::{Standing, UPLOAD_EXPIRES, UPLOAD_OFFSET, bytes_of, expiry};
use crate::{Forms, hosted::uploads::crowded, published::Published, steady::Steady};

/// How the bytes are declared.
const BYTES: &str = "application/offset+octet-stream";

pub(super) async fn append(
    forms: &Forms,
    cx: &Cx,
    form: &Published,
    id: &str,
    (headers, body): (&HeaderMap, Body),
) -> Reply<Response> {
    if headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes) != Some(BYTES.as_bytes()) {
        let message = format!("The bytes of an upload are sent as {BYTES}.");
        return Err(Error::Unsupported(message).into());
    }
    let offset = bytes_of(headers, &UPLOAD_OFFSET)?;
    form.require_open(cx.now())?;
    let standing = Standing::of(cx, form, id).await?;
    if offset != standing.offset() {
        let message =
            format!("The upload has come to byte {}. Go on from there.", standing.offset());
        return Err(Error::conflict("upload_offset", message).into());
    }
    if declared(headers).is_some_and(|length| length > standing.size() - offset) {
        return Err(Error::TooLarge("This is more than the upload was to have.".into()).into());
    }
    let begun = standing.begun();
    let came = match standing {
        Standing::Whole(file) => file.size,
        Standing::Partly(upload) => {
            crowded(cx, form).await?;
            take_in(forms, cx, form, upload, body).await?
        }
    };
    let headers = [(UPLOAD_OFFSET, came.to_string()), (UPLOAD_EXPIRES, expiry(begun))];
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}

fn declared(headers: &HeaderMap) -> Option<i64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Whoever is cut off gets no answer, and what came until then is kept all the same: nobody waits for that.
async fn take_in(
    forms: &Forms,
    cx: &Cx,
    form: &Published,
    upload: Upload,
    body: Body,
) -> Result<i64> {
    let (house, files, workspace) = (cx.house().clone(), forms.files().clone(), form.workspace);
    let taking = tokio::spawn(async move {
        let pieces = Box::pin(Steady::of(body).pieces());
        files.append(&house.db, workspace, upload, pieces, (&house.clock, &house.chance)).await
    });
    taking.await.map_err(Error::internal)?
}
