//! The bin: what is deleted lies there for 30 days and can be taken back.

use axum::{http::HeaderMap, response::Response};
use kernel::Result;
use web::{Cx, Editable, Query, Reply, Visit};

use super::{
    Submission,
    place::Place,
    state::change::Step,
    tray::Tray,
    work::{self, take},
};
use crate::{pages::wants_part, paths};

async fn work_on(cx: &Cx, submission: &Editable<Submission>, step: Step) -> Result<()> {
    let mut tx = cx.begin().await?;
    take(cx, &mut tx, submission, step).await?;
    tx.commit().await
}

/// Leads back to where in the list one came from; where the submission is shown beside it, it stays there.
pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    submission: Editable<Submission>,
    Query(place): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let place = Place::read(&place)?;
    work_on(&visit, &submission, Step::Delete).await?;
    let text = format!("Submission #{} is in the bin", submission.number);
    if wants_part(&headers) {
        return work::shown(&visit, &headers, &submission, &place, &text).await;
    }
    Ok(web::done(&place.on(&paths::submissions(visit.slug(), submission.form_id)), &text))
}

pub(crate) async fn api_delete(visit: Visit, submission: Editable<Submission>) -> Reply<Response> {
    work_on(&visit, &submission, Step::Delete).await?;
    work::answer(&visit, &submission).await
}

pub(crate) async fn api_restore(visit: Visit, submission: Editable<Submission>) -> Reply<Response> {
    if work::entry(&visit, &submission).await?.state.tray == Tray::Bin {
        work_on(&visit, &submission, Step::Restore).await?;
    }
    work::answer(&visit, &submission).await
}
