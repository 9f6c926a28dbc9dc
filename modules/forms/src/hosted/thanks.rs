//! What a respondent sees once the answers are stored.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use web::Reply;

use super::{framed, known, missing, views};
use crate::Forms;

pub(crate) async fn page(
    State(forms): State<Forms>,
    Path(public_id): Path<String>,
) -> Reply<Response> {
    let Some(form) = known(&forms, &public_id).await? else { return Ok(missing()) };
    Ok(framed(StatusCode::OK, views::thanks(&form)))
}
