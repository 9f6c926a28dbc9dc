//! The archive: submissions put away, and kept.

use axum::{http::HeaderMap, response::Response};
use web::{Editable, Query, Reply, Visit};

use super::{
    place::Place,
    state::change::Step,
    tray::Tray,
    work::{self, Case, work},
};

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    case: Editable<Case>,
    Query(place): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let place = Place::read(&place)?;
    work(&visit, &case, Step::Archive).await?;
    work::shown(&visit, &headers, &case.0, &place, "Archived").await
}

pub(crate) async fn api_archive(visit: Visit, case: Editable<Case>) -> Reply<Response> {
    work(&visit, &case, Step::Archive).await?;
    work::answer(&visit, &case.0).await
}

pub(crate) async fn api_restore(visit: Visit, case: Editable<Case>) -> Reply<Response> {
    if work::entry(&visit, &case.0).await?.state.tray == Tray::Archived {
        work(&visit, &case, Step::Restore).await?;
    }
    work::answer(&visit, &case.0).await
}
