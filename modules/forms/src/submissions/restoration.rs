//! Taking a submission out of archive, spam or bin, to where it was before.

use axum::{http::HeaderMap, response::Response};
use web::{Editable, Query, Reply, Visit};

use super::{
    place::Place,
    state::change::Step,
    work::{self, Case, work},
};

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    case: Editable<Case>,
    Query(place): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let place = Place::read(&place)?;
    work(&visit, &case, Step::Restore).await?;
    work::shown(&visit, &headers, &case.0, &place, "Restored").await
}
