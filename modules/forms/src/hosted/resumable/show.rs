//! How far an upload is.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header::CACHE_CONTROL},
    response::{IntoResponse, Response},
};
use web::{Cx, Reply, Visit};

use super::{
    Standing, UPLOAD_EXPIRES, UPLOAD_LENGTH, UPLOAD_METADATA, UPLOAD_OFFSET, UploadPath, expiry,
    metadata::Metadata, spoken,
};
use crate::{hosted::Hosted, published::Published};

pub(crate) async fn page(
    visit: Visit,
    Hosted(form): Hosted,
    Path(path): Path<UploadPath>,
    headers: HeaderMap,
) -> Response {
    spoken(&headers, show(&visit, &form, &path.upload)).await
}

pub(super) async fn show(cx: &Cx, form: &Published, id: &str) -> Reply<Response> {
    let standing = Standing::of(cx, form, id).await?;
    let headers = [
        (CACHE_CONTROL, "no-store".to_owned()),
        (UPLOAD_OFFSET, standing.offset().to_string()),
        (UPLOAD_LENGTH, standing.size().to_string()),
        (UPLOAD_EXPIRES, expiry(standing.begun())),
        (UPLOAD_METADATA, metadata(&standing).text()),
    ];
    Ok((StatusCode::OK, headers).into_response())
}

fn metadata(standing: &Standing) -> Metadata {
    let (place, name, kind) = match standing {
        Standing::Partly(it) => (&it.place, &it.name, it.content_type.clone()),
        Standing::Whole(it) => (&it.place, &it.name, Some(it.content_type.clone())),
    };
    Metadata { field: place.clone().unwrap_or_default(), name: name.clone(), kind }
}
