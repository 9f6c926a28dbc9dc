//! Deleting a submission for good.

use axum::response::Response;
use kernel::{Error, Result};
use web::{Cx, Editable, Query, Reply, Visit};

use super::{Submission, place::Place, store};
use crate::{events::SubmissionDeleted, forms, paths};

/// Deletes the row, its files, its words in the search index, and its place in the count.
pub(crate) async fn delete(cx: &Cx, submission: Editable<Submission>) -> Result<()> {
    let mut tx = cx.begin().await?;
    let progress = forms::store::lock_progress(&mut tx, submission.form_id).await?;
    let (processed_to, mut submission_count) = progress.ok_or(Error::NotFound)?;
    // The counter before the row, as the writer does: else each may wait for the other.
    store::give_back(&mut tx, cx.workspace(), submission.form_id, 0, 1).await?;
    if !store::delete_submission(&mut tx, cx.workspace(), submission.id).await? {
        return Err(Error::NotFound);
    }
    let files = submission.answers()?.files(&submission.definition(&mut tx).await?);
    files::delete(&mut tx, cx.workspace(), &files, &submission.id.to_string()).await?;
    // What is not processed yet was never counted, and now never will be.
    if submission.number <= processed_to {
        submission_count -= 1;
        forms::store::update_progress(&mut tx, submission.form_id, processed_to, -1).await?;
        let id = submission.id.to_string();
        search::remove(&mut tx, cx.workspace(), &submission.form_id.to_string(), &[id]).await?;
    }
    tx.record(&SubmissionDeleted {
        form_id: submission.form_id,
        submission_id: submission.id.to_string(),
        submission_count,
    })
    .await?;
    tx.commit().await
}

/// Leads back to where in the list one came from.
pub(crate) async fn page(
    visit: Visit,
    submission: Editable<Submission>,
    Query(place): Query<Place>,
) -> Reply<Response> {
    let list = place.on(&paths::submissions(visit.slug(), submission.form_id));
    let text = format!("Submission #{} was deleted", submission.number);
    delete(&visit, submission).await?;
    Ok(web::done(&list, &text))
}

pub(crate) async fn api(visit: Visit, submission: Editable<Submission>) -> Reply<Response> {
    delete(&visit, submission).await?;
    Ok(web::no_content())
}
