//! Showing the ways to a form, and the script that brings it onto pages of others.

use axum::{
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use web::{Reply, Viewable, Visit};

use super::{Form, sharing_view, ways::Sharing};
use crate::{
    FORMS_WRITE,
    pages::{Viewer, origin},
};

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    form: Viewable<Form>,
) -> Reply<maud::Markup> {
    let sharing = Sharing::of(&form, &origin(&headers))?;
    let body = sharing_view::page(&Viewer::of(&visit, FORMS_WRITE), &form, &sharing);
    Ok(web::shell_page(&visit, &format!("Share {}", form.title), body))
}

/// The code alone, to be shown and printed.
pub(crate) async fn page_qr(headers: HeaderMap, form: Viewable<Form>) -> Reply<Response> {
    let svg = Sharing::of(&form, &origin(&headers))?.qr_svg;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

pub(crate) async fn api(headers: HeaderMap, form: Viewable<Form>) -> Reply<Response> {
    Ok(web::json(&Sharing::of(&form, &origin(&headers))?))
}

/// What pages of others load, at an address that never changes.
pub(crate) async fn script() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (headers, include_str!("../../assets/embed.js")).into_response()
}
