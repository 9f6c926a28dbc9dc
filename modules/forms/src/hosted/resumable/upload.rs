//! What is done with an upload: the next part of it, or its end.

use axum::{
    extract::{Path, Request, State},
    http::Method,
    response::Response,
};
use kernel::Error;
use web::Visit;

use super::{UploadPath, append::append, cancel::cancel, show::show, spoken};
use crate::{Forms, hosted::Hosted};

/// Programs that can only send POST say by a header what they mean.
const OVERRIDE: &str = "x-http-method-override";

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    Hosted(form): Hosted,
    Path(path): Path<UploadPath>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let named = parts.headers.get(OVERRIDE).map(|value| Method::from_bytes(value.as_bytes()));
    let method = named.and_then(Result::ok).unwrap_or(parts.method);
    let (headers, id) = (&parts.headers, path.upload.as_str());
    spoken(headers, async {
        match method {
            Method::HEAD => show(&visit, &form, id).await,
            Method::PATCH => append(&forms, &visit, &form, id, (headers, body)).await,
            Method::DELETE => cancel(&visit, &form, id).await,
            _ => Err(Error::WrongMethod.into()),
        }
    })
    .await
}
