//! A picture that a form shows, for everyone.

use axum::{
    extract::{Path, State},
    response::Response,
};
use web::{Reply, Visit};

use super::Hosted;
use crate::{
    Forms,
    forms::pictures::{PicturePath, shown_to_all},
};

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    Hosted(form): Hosted,
    Path(path): Path<PicturePath>,
) -> Reply<Response> {
    let mut tx = visit.within(form.workspace).read().await?;
    Ok(shown_to_all(&forms, &mut tx, &path).await?)
}
