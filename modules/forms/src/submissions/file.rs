//! A file that came with a submission, to be saved and never shown: its content is a stranger's.

use axum::{
    body::Body,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use files::FileId;
use kernel::Error;
use serde::Deserialize;
use web::{Reply, Viewable, Visit};

use super::Submission;
use crate::{Forms, download::saved_as};

/// Which file the address names.
#[derive(Debug, Deserialize)]
pub(crate) struct FilePath {
    file: String,
}

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    submission: Viewable<Submission>,
    Path(path): Path<FilePath>,
) -> Reply<Response> {
    let id: FileId = path.file.parse().map_err(|_| Error::NotFound)?;
    let mut tx = visit.read().await?;
    let definition = submission.definition(&mut tx).await?;
    if !submission.answers()?.files(&definition).contains(&id) {
        return Err(Error::NotFound.into());
    }
    let owner = submission.id.to_string();
    let (file, content) = forms.files().open(&mut tx, id, Some(&owner)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, file.size.to_string()),
        (header::CONTENT_DISPOSITION, saved_as(&file.name)),
        (header::CONTENT_SECURITY_POLICY, "sandbox".to_owned()),
    ];
    Ok((headers, Body::from_stream(content)).into_response())
}
