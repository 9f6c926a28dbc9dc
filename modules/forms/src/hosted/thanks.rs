//! What a respondent sees once the answers are stored.

use axum::{http::StatusCode, response::Response};

use super::{Hosted, framed, views};

pub(crate) async fn page(Hosted(form): Hosted) -> Response {
    framed(StatusCode::OK, views::thanks(&form))
}
