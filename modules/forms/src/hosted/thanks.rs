//! What a respondent sees once the answers are stored.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use web::Reply;

use super::{framed, views};
use crate::Forms;

pub(crate) async fn page(
    State(forms): State<Forms>,
    Path(public_id): Path<String>,
) -> Reply<Response> {
    let form = forms.published().by_public_id(&public_id).await?;
    Ok(framed(StatusCode::OK, views::thanks(&form)))
}
