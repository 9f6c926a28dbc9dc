//! What the server can do: for programs that ask first.

use axum::{
    http::{HeaderName, StatusCode},
    response::{IntoResponse, Response},
};

use super::{TUS_RESUMABLE, TUS_VERSION, VERSION};
use crate::{
    definition::{Definition, Kind},
    hosted::Hosted,
};

pub(crate) async fn page(Hosted(form): Hosted) -> Response {
    let headers = [
        (TUS_RESUMABLE, VERSION.to_owned()),
        (TUS_VERSION, VERSION.to_owned()),
        (HeaderName::from_static("tus-extension"), "creation,expiration,termination".to_owned()),
        (HeaderName::from_static("tus-max-size"), largest(&form.frozen.definition).to_string()),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Bytes that some field takes.
fn largest(definition: &Definition) -> u64 {
    let of_field = |kind: &Kind| match kind {
        Kind::File(file) => file.max_bytes,
        _ => 0,
    };
    definition.fields.iter().map(|field| of_field(&field.kind)).max().unwrap_or_default()
}
