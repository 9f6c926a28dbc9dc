//! Fetching the file of an export, whole or in parts.

use std::ops::Range;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use web::{Cx, Reply, Viewable, Visit};

use super::{Export, Status};
use crate::{Forms, download::saved_as};

/// The page and the call alike.
pub(crate) async fn fetch(
    State(forms): State<Forms>,
    visit: Visit,
    headers: HeaderMap,
    export: Viewable<Export>,
) -> Reply<Response> {
    Ok(answer(&visit, &forms, &headers, &export).await?)
}

async fn answer(cx: &Cx, forms: &Forms, headers: &HeaderMap, export: &Export) -> Result<Response> {
    let id = ready(cx, export)?;
    let owner = export.id.to_string();
    let mut tx = cx.read().await?;
    let size = u64::try_from(files::find(&mut tx, id, Some(&owner)).await?.size);
    let size = size.map_err(Error::internal)?;
    let tag = format!("\"{owner}\"");
    let part = match wanted(headers, size, &tag) {
        Wanted::Whole => None,
        Wanted::Part(part) => Some(part),
        Wanted::Impossible => return Ok(impossible(size)),
    };
    let range = part.clone().unwrap_or(0..size);
    let (file, content) = forms.files().open_part(&mut tx, id, Some(&owner), range.clone()).await?;
    let mut response = Body::from_stream(content).into_response();
    let out = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, export.request()?.content_type().to_owned()),
        (header::CONTENT_LENGTH, (range.end - range.start).to_string()),
        (header::CONTENT_DISPOSITION, saved_as(&file.name)),
        (header::CONTENT_SECURITY_POLICY, "sandbox".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::ETAG, tag),
    ] {
        out.insert(name, HeaderValue::from_str(&value).map_err(Error::internal)?);
    }
    if let Some(Range { start, end }) = part {
        let place = format!("bytes {start}-{}/{size}", end - 1);
        out.insert(header::CONTENT_RANGE, HeaderValue::from_str(&place).map_err(Error::internal)?);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

/// The file, or in words why there is none.
fn ready(cx: &Cx, export: &Export) -> Result<files::FileId> {
    if export.expires_at <= cx.now() {
        return Err(Error::Gone(
            "This export has had its time, and its file is deleted. Make a new one.".into(),
        ));
    }
    let refused = |code, message: &str| Err(Error::conflict(code, message));
    match (export.status(), export.file_id) {
        (Status::Done, Some(file)) => Ok(file),
        (Status::Done, None) => Err(Error::internal("a finished export has no file")),
        (Status::Waiting, _) => refused(
            "export_not_ready",
            "This export has not begun yet. Ask again until its status is “done”.",
        ),
        (Status::Running, _) => refused(
            "export_not_ready",
            "This export is still being written. Ask again until its status is “done”.",
        ),
        (Status::Failed, _) => {
            let why = export.error.as_deref().unwrap_or("It failed.");
            refused("export_failed", &format!("There is no file: {why}"))
        }
        (Status::Cancelled, _) => {
            refused("export_cancelled", "Somebody stopped this export, so it has no file.")
        }
    }
}

#[derive(Debug, PartialEq)]
enum Wanted {
    Whole,
    Part(Range<u64>),
    Impossible,
}

/// One range of bytes (RFC 9110, 14.2); several at once are answered by the whole, as they may be.
fn wanted(headers: &HeaderMap, size: u64, tag: &str) -> Wanted {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let Some(range) = text(header::RANGE).and_then(|range| range.strip_prefix("bytes=")) else {
        return Wanted::Whole;
    };
    if text(header::IF_RANGE).is_some_and(|known| known != tag) {
        return Wanted::Whole;
    }
    let Some((first, last)) = range.split_once('-') else { return Wanted::Whole };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match (number(first), number(last)) {
        (Some(first), None) if last.trim().is_empty() => part(first, size, size),
        (Some(first), Some(last)) if first <= last => part(first, last.saturating_add(1), size),
        (None, Some(tail)) if first.trim().is_empty() => match tail {
            0 => Wanted::Impossible,
            tail => part(size.saturating_sub(tail), size, size),
        },
        _ => Wanted::Whole,
    }
}

fn part(first: u64, end: u64, size: u64) -> Wanted {
    if first < size { Wanted::Part(first..end.min(size)) } else { Wanted::Impossible }
}

fn impossible(size: u64) -> Response {
    let place = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
    (StatusCode::RANGE_NOT_SATISFIABLE, place).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        let ask = |range: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, range.parse().expect("a header"));
            wanted(&headers, 100, "\"x\"")
        };
        assert_eq!(ask("bytes=0-9"), Wanted::Part(0..10));
        assert_eq!(ask("bytes=90-"), Wanted::Part(90..100));
        assert_eq!(ask("bytes=-10"), Wanted::Part(90..100));
        assert_eq!(ask("bytes=-1000"), Wanted::Part(0..100));
        assert_eq!(ask("bytes=50-18446744073709551615"), Wanted::Part(50..100));
        assert_eq!(ask("bytes=100-"), Wanted::Impossible);
        assert_eq!(ask("bytes=-0"), Wanted::Impossible);
        for whole in ["lines=1-2", "bytes=9-1", "bytes=0-1,5-6", "bytes=x-y"] {
            assert_eq!(ask(whole), Wanted::Whole, "{whole}");
        }
    }
}
