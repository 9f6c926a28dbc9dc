//! Stylesheets, scripts and icons under addresses that change with their contents.

use axum::{
    extract::Path,
    http::{Method, header},
    response::{IntoResponse, Response},
};
use kernel::Error;

use crate::{Access, Reply, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .page(Method::GET, "/assets/{file}", Access::Public, show)
        .unlimited()
        .page(Method::GET, "/robots.txt", Access::Public, robots)
        .unlimited()
}

/// What search engines may look at (RFC 9309): not what only members see, nor the API.
async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /w/\nDisallow: /api/\nAllow: /api/docs\n"
}

async fn show(Path(file): Path<String>) -> Reply {
    let asset = ui::assets::installed().find(&format!("/assets/{file}")).ok_or(Error::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    let response: Response =
        (headers, axum::body::Bytes::from_static(&asset.bytes)).into_response();
    Ok(response)
}
