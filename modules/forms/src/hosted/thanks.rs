//! What a respondent sees once the answers are stored, or where they are taken.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header::REFRESH},
    response::Response,
};

use web::Visit;

use super::{Hosted, endings, framed};

pub(crate) async fn page(visit: Visit, Hosted(form): Hosted, headers: HeaderMap) -> Response {
    let again = form.is_open(visit.now()) && form.acceptance.once().is_none();
    let mut response =
        framed(form.style(), StatusCode::OK, endings::thanks(form.texts(&headers), &form, again));
    // Not by a redirect: what follows the sending of a form may not lead elsewhere (CSP, `form-action`).
    let elsewhere = form.frozen.definition.settings.redirect_url.as_deref().and_then(refresh);
    if let Some(elsewhere) = elsewhere {
        response.headers_mut().insert(REFRESH, elsewhere);
    }
    response
}

/// At once (WHATWG HTML, 4.2.5.3, "refresh"); the address is written as ASCII.
fn refresh(address: &str) -> Option<HeaderValue> {
    let address = url::Url::parse(address).ok()?;
    HeaderValue::from_str(&format!("0; url={address}")).ok()
}
