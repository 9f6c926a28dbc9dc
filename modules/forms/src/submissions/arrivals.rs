//! What came in while someone reads: told as a number, so that nothing moves under their eyes.

use axum::response::{IntoResponse, Response};
use web::{Query, Reply, Viewable, Visit};

use super::{
    desk::Counts,
    place::Place,
    views,
    walk::{From, Stop, Walk},
};
use crate::forms::Form;

/// More than these are only said to be many.
const MOST: usize = 99;

pub(crate) async fn page(
    visit: Visit,
    form: Viewable<Form>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let mut place = Place::seen_by_people(&pairs)?;
    let newest = place.after.take().unwrap_or(i64::MAX);
    let mut tx = visit.read().await?;
    let mut walk = Walk::of(&mut tx, form.id, &place.filter).await?;
    let (entries, stop) = walk.page(&mut tx, From::After(newest), MOST).await?;
    let more = stop == Stop::Full;
    let counts = Counts::of(&mut tx, form.id).await?;
    let arrivals = views::arrivals(visit.slug(), form.id, &place, newest, (entries.len(), more));
    let trays = views::trays(visit.slug(), form.id, &place, &counts, Some("outerMorph"));
    Ok(maud::html! { (arrivals) (trays) }.into_response())
}
