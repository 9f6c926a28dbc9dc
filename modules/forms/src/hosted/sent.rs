//! What a browser sent: urlencoded, or in parts when there are files among it.

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Request},
    http::{HeaderMap, Uri, header::CONTENT_TYPE},
};
use kernel::{Fields, Result};
use web::{Cx, Failure, Pairs};

use super::{
    parts::{Parts, broken, few, file_name, too_large},
    uploads::Uploads,
};
use crate::{
    Forms,
    definition::{Definition, Kind},
    limits,
    published::Published,
    texts::Texts,
};

/// Bytes of everything but files.
const TEXT_LIMIT: usize = limits::RECEIVED_BYTES + 64 * 1024;

/// Names and texts, the files among them already stored and named by their ids.
pub(super) struct Sent {
    pub(super) pairs: Vec<(String, String)>,
    /// What was wrong with the files, by `answers.KEY`.
    pub(super) problems: Fields,
    pub(super) uploads: Uploads,
    /// What their sender is told is told in these.
    pub(super) texts: &'static Texts,
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Json,
    Parts,
    Urlencoded,
}

pub(super) fn written(headers: &HeaderMap) -> Written {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    match kind.unwrap_or_default().split(';').next().unwrap_or_default().trim() {
        "application/json" => Written::Json,
        "multipart/form-data" => Written::Parts,
        _ => Written::Urlencoded,
    }
}

/// Lets a body without files be no larger than what a form can hold.
pub(super) fn limit_text(mut request: Request) -> Request {
    DefaultBodyLimit::max(TEXT_LIMIT).apply(&mut request);
    request
}

/// Reads a urlencoded body. It cannot carry files, and nobody may name those of others.
pub(super) async fn from_urlencoded(form: &Published, request: Request) -> Result<Sent, Failure> {
    let texts = form.texts(request.headers());
    let Pairs(mut pairs) = Pairs::from_request(limit_text(request), &()).await?;
    few(pairs.len())?;
    pairs.retain(|(name, _)| form.frozen.definition.file_field(name).is_none());
    Ok(Sent { pairs, problems: Fields::new(), uploads: Uploads::default(), texts })
}

/// Reads a body in parts, one after the other; files go to the store as they come.
pub(super) async fn from_parts(
    forms: &Forms,
    cx: &Cx,
    form: &Published,
    request: Request,
) -> Result<Sent, Failure> {
    let texts = form.texts(request.headers());
    let mut parts = Parts::of(request, whole_limit(&form.frozen.definition)).await?;
    let (pairs, problems, uploads) = (Vec::new(), Fields::new(), Uploads::default());
    let mut sent = Sent { pairs, problems, uploads, texts };
    let mut named = Vec::new();
    let mut room = TEXT_LIMIT;
    while let Some(part) = parts.next().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let limits = form.frozen.definition.file_field(&name);
        match limits {
            Some(file) if file_name(&part).is_some() => {
                let stored =
                    sent.uploads.take_in(forms, cx, form, texts, (&name, file), part).await?;
                match stored {
                    Ok(Some(id)) => sent.pairs.push((name, id.to_string())),
                    Ok(None) => {}
                    Err(message) => sent.problems.push(format!("answers.{name}"), "file", message),
                }
            }
            _ => {
                let text = part.text().await.map_err(|error| broken(&error))?;
                room = room.checked_sub(text.len()).ok_or_else(too_large)?;
                match (limits, text.parse()) {
                    (None, _) => sent.pairs.push((name, text)),
                    // What came before this page was sent.
                    (Some(_), Ok(id)) => named.push((name, id)),
                    (Some(_), _) => {}
                }
            }
        }
    }
    let carried = sent.uploads.carry(cx, form, named).await?;
    sent.pairs.extend(carried.into_iter().map(|(name, id)| (name, id.to_string())));
    Ok(sent)
}

/// Twice what the fields take, so that a file that is too large can be told by its field.
fn whole_limit(definition: &Definition) -> usize {
    let of_field = |kind: &Kind| match kind {
        Kind::File(file) => file.max_bytes.saturating_mul(u64::from(file.max_files)),
        _ => 0,
    };
    let files = definition.fields.iter().map(|field| of_field(&field.kind));
    let files = files.fold(0, u64::saturating_add).saturating_mul(2);
    usize::try_from(files).unwrap_or(usize::MAX).saturating_add(TEXT_LIMIT)
}

/// What the address says.
pub(super) fn pairs_of(address: &Uri) -> Vec<(String, String)> {
    serde_urlencoded::from_str(address.query().unwrap_or_default()).unwrap_or_default()
}
