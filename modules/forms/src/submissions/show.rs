//! One submission.

use axum::response::Response;
use kernel::{Error, Result};
use maud::Markup;
use web::{Cx, Query, Reply, Viewable, Visit};

use super::{
    Submission, SubmissionId,
    json::SubmissionJson,
    place::Place,
    sheet::{self, Sheet},
    walk::{From, Walk},
};
use crate::{
    SUBMISSIONS_DELETE,
    answers::Answers,
    definition::Definition,
    forms::{self, Form},
    pages::Viewer,
};

/// Everything that belongs to a submission: what was asked, what was answered, what lies next to it.
struct Found {
    form: Form,
    definition: Definition,
    answers: Answers,
    files: Vec<files::StoredFile>,
    neighbours: (Option<SubmissionId>, Option<SubmissionId>),
}

async fn find(cx: &Cx, submission: &Submission, place: &Place) -> Result<Found> {
    let mut tx = cx.read().await?;
    let form = forms::store::find_form(&mut tx, submission.form_id).await?;
    let definition = submission.definition(&mut tx).await?;
    let answers = submission.answers()?;
    let (owner, mut files) = (submission.id.to_string(), Vec::new());
    for id in answers.files(&definition) {
        match files::find(&mut tx, id, Some(&owner)).await {
            Ok(file) => files.push(file),
            // Of a file that is another submission's nothing is shown but the id.
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let walk = Walk::of(submission.form_id, place.q.as_deref())?;
    let newer = walk.nearest(&mut tx, From::After(submission.number)).await?;
    let older = walk.nearest(&mut tx, From::Before(submission.number)).await?;
    let neighbours = (newer, older);
    Ok(Found { form: form.ok_or(Error::NotFound)?, definition, answers, files, neighbours })
}

pub(crate) async fn page(
    visit: Visit,
    submission: Viewable<Submission>,
    Query(place): Query<Place>,
) -> Reply<Markup> {
    let found = find(&visit, &submission, &place).await?;
    let sheet = Sheet {
        viewer: Viewer::of(&visit, SUBMISSIONS_DELETE),
        form: &found.form,
        submission: &submission,
        definition: &found.definition,
        answers: &found.answers,
        files: &found.files,
        newer: found.neighbours.0,
        older: found.neighbours.1,
        place: &place,
    };
    let title = format!("{} #{}", found.form.title, submission.number);
    Ok(web::shell_page(&visit, &title, sheet::page(&sheet)))
}

pub(crate) async fn api(submission: Viewable<Submission>) -> Reply<Response> {
    Ok(web::json(&SubmissionJson::of(submission.into_inner())?))
}
