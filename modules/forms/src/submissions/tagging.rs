//! Setting the tags of a submission.

use axum::{http::HeaderMap, response::Response};
use kernel::Result;
use web::{Cx, Editable, Pairs, Query, Reply, Visit};

use super::{
    place::Place,
    tags,
    work::{self, Case, work},
};

/// Sets the tags of a submission: those ticked, and those written down with commas between them.
pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    case: Editable<Case>,
    Query(place): Query<Vec<(String, String)>>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let ticked = pairs.iter().filter(|(name, _)| name == "tag").map(|(_, value)| value.clone());
    let written = pairs.iter().filter(|(name, _)| name == "tags");
    let written = written.flat_map(|(_, value)| value.split(','));
    let written = written.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    let names: Vec<String> = ticked.chain(written).collect();
    let place = Place::read(&place)?;
    set(&visit, &case, &names).await?;
    work::shown(&visit, &headers, &case.0, &place, "Tags saved").await
}

async fn set(cx: &Cx, case: &Editable<Case>, names: &[String]) -> Result<()> {
    let before = work::entry(cx, &case.0).await?.state.tags;
    let mut tx = cx.begin().await?;
    let keys = tags::named(cx, &mut tx, names).await?;
    tx.commit().await?;
    work(cx, case, tags::to(&before, &keys)).await
}
