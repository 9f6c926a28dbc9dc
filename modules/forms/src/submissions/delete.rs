//! Deleting submissions for good: their answers, files, words, state and history.

use std::collections::{HashMap, hash_map::Entry};

use axum::response::Response;
use kernel::{Error, Result};
use web::{Change, Editable, Query, Reply, Visit};

use super::{Submission, counts::keep, incoming::is_news, place::Place, state, store, tray::Tray};
use crate::{
    events::SubmissionDeleted,
    forms::{self, FormId},
    paths,
};

/// Deletes some submissions of a form for good, and tells how many were there. Their places in the counts
/// go with them.
pub(crate) async fn delete(tx: &mut Change, form: FormId, numbers: &[i64]) -> Result<usize> {
    let progress = forms::store::lock_progress(tx, form).await?;
    let (processed_to, submission_count) = progress.ok_or(Error::NotFound)?;
    let figures = keep::hold(tx, form).await?;
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    // Locked, so that nobody works on one in this moment: also those that nobody has worked on before, or what is
    // just being written about one would outlive it.
    let now = tx.now();
    state::store::lock(tx, form, &numbers, now).await?;
    let rows = store::list_numbered(tx, form, &numbers).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let workspace = tx.workspace();
    // The counter before the rows, as the writer does: else each may wait for the other.
    let held = rows.iter().filter(|row| is_news(&row.source)).count();
    let freed = i64::try_from(held).map_err(Error::internal)?;
    store::give_back(tx, workspace, form, 0, freed).await?;
    let mut versions = HashMap::new();
    for row in &rows {
        let definition = match versions.entry(row.form_version) {
            Entry::Vacant(place) => place.insert(row.definition(tx).await?),
            Entry::Occupied(known) => known.into_mut(),
        };
        let files = row.answers()?.files(definition);
        if !files.is_empty() {
            files::delete(tx, workspace, &files, &row.id.to_string()).await?;
        }
    }
    let states = state::store::find_states(tx, form, &numbers).await?;
    let is_kept = |number: &i64| states.get(number).is_none_or(|state| state.tray.is_kept());
    let kept: Vec<Submission> = rows.iter().filter(|row| is_kept(&row.number)).cloned().collect();
    keep::adjust(tx, form, &figures, kept, -1).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    store::delete_submissions(tx, &ids).await?;
    state::store::forget(tx, form, &numbers, &ids).await?;
    // What is not processed yet was never counted, and now never will be.
    let counted: Vec<String> = rows
        .iter()
        .filter(|row| row.number <= processed_to)
        .map(|row| row.id.to_string())
        .collect();
    let less = i64::try_from(counted.len()).map_err(Error::internal)?;
    forms::store::update_progress(tx, form, processed_to, -less).await?;
    search::remove(tx, workspace, &form.to_string(), &counted).await?;
    tx.record(&SubmissionDeleted {
        form_id: form,
        submission_ids: ids.iter().map(ToString::to_string).collect(),
        submission_count: submission_count - less,
    })
    .await?;
    Ok(rows.len())
}

/// As [`delete`], but only those that lie in the bin: one may have been taken out of it meanwhile.
pub(crate) async fn delete_binned(tx: &mut Change, form: FormId, numbers: &[i64]) -> Result<usize> {
    // In the order of everybody's locks, which `delete` then finds held.
    forms::store::lock_progress(tx, form).await?.ok_or(Error::NotFound)?;
    keep::hold(tx, form).await?;
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    state::store::lock_known(tx, form, &numbers).await?;
    let states = state::store::find_states(tx, form, &numbers).await?;
    numbers.retain(|number| states.get(number).is_some_and(|state| state.tray == Tray::Bin));
    delete(tx, form, &numbers).await
}

/// As [`delete`], once nobody tells of them in this moment: a message or a mail that is being written lies in its log
/// before they are gone, where whoever deletes finds it.
pub(crate) async fn delete_told(tx: &mut Change, form: FormId, numbers: &[i64]) -> Result<usize> {
    // In the order of everybody's locks, which `delete` then finds held.
    forms::store::lock_progress(tx, form).await?.ok_or(Error::NotFound)?;
    store::find_delivered(tx, form).await?;
    delete(tx, form, numbers).await
}

/// From the bin alone, so that nobody deletes for good by a slip.
pub(crate) async fn page(
    visit: Visit,
    submission: Editable<Submission>,
    Query(place): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let place = Place::read(&place)?;
    let form = submission.form_id;
    let list = place.on(&paths::submissions(visit.slug(), form));
    let mut tx = visit.begin().await?;
    if delete_binned(&mut tx, form, &[submission.number]).await? == 0 {
        return Ok(web::refused(&list, "It does not lie in the bin any more"));
    }
    tx.commit().await?;
    Ok(web::done(&list, &format!("Submission #{} is deleted for good", submission.number)))
}

/// The same for a form that is deleted itself: its counts are gone, and a job sweeps the rest.
pub(crate) async fn delete_of_deleted(
    tx: &mut Change,
    form: FormId,
    numbers: &[i64],
) -> Result<usize> {
    let rows = store::list_numbered(tx, form, numbers).await?;
    let workspace = tx.workspace();
    for row in &rows {
        let files = row.answers()?.files(&row.definition(tx).await?);
        if !files.is_empty() {
            files::delete(tx, workspace, &files, &row.id.to_string()).await?;
        }
    }
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    store::delete_submissions(tx, &ids).await?;
    state::store::forget(tx, form, numbers, &ids).await?;
    let indexed: Vec<String> = ids.iter().map(ToString::to_string).collect();
    search::remove(tx, workspace, &form.to_string(), &indexed).await?;
    Ok(rows.len())
}

pub(crate) async fn api(visit: Visit, submission: Editable<Submission>) -> Reply<Response> {
    let mut tx = visit.begin().await?;
    if delete(&mut tx, submission.form_id, &[submission.number]).await? == 0 {
        return Err(Error::NotFound.into());
    }
    tx.commit().await?;
    Ok(web::no_content())
}
