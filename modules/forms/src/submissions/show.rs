//! One submission.

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use maud::Markup;
use web::{Cx, Query, Reply, Viewable, Visit};

use super::{
    Submission, SubmissionId,
    activity::{self, Activity},
    comments::{self, Comment},
    desk::Desk,
    json::SubmissionJson,
    place::Place,
    sheet::{self, Sheet},
    state::{self, State},
    walk::{Entry, Walk},
};
use crate::{
    SUBMISSIONS_DELETE, SUBMISSIONS_MANAGE,
    answers::Answers,
    definition::Definition,
    forms::{self, Form},
    pages::{Viewer, wants_part},
};

/// Lines of history that the page shows.
const HISTORY: i64 = 50;
/// Comments that the page shows.
const COMMENTS: i64 = 200;

/// Everything that belongs to a submission: what was asked, what was answered, what lies next to it.
struct Found {
    form: Form,
    state: State,
    definition: Definition,
    answers: Answers,
    files: Vec<files::StoredFile>,
    activity: Vec<Activity>,
    comments: Vec<Comment>,
    neighbours: (Option<SubmissionId>, Option<SubmissionId>),
}

async fn find(cx: &Cx, submission: &Submission, place: &Place) -> Result<Found> {
    let mut tx = cx.read().await?;
    let form = forms::store::find_form(&mut tx, submission.form_id).await?;
    let number = submission.number;
    let mut states = state::store::find_states(&mut tx, submission.form_id, &[number]).await?;
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
    let mut walk = Walk::of(&mut tx, submission.form_id, &place.filter).await?;
    let newer = walk.nearest(&mut tx, place.order.back(number)).await?;
    let older = walk.nearest(&mut tx, place.order.on(number)).await?;
    let activity = activity::store::list_activity(&mut tx, submission.id, None, HISTORY).await?;
    let comments = comments::store::list_comments(&mut tx, submission.id, None, COMMENTS).await?;
    Ok(Found {
        comments,
        form: form.ok_or(Error::NotFound)?,
        state: states.remove(&number).unwrap_or_default(),
        definition,
        answers,
        files,
        activity,
        neighbours: (newer, older),
    })
}

/// The submission as it is shown by itself, or with the head of its page.
async fn drawn(
    visit: &Visit,
    submission: &Submission,
    place: &Place,
    draw: impl Fn(&Sheet<'_>) -> Markup,
) -> Result<Markup> {
    let found = find(visit, submission, place).await?;
    let desk = Desk::of(visit, submission.form_id).await?;
    Ok(draw(&Sheet {
        viewer: Viewer::of(visit, SUBMISSIONS_MANAGE),
        deletes: visit.actor().may(SUBMISSIONS_DELETE),
        form: &found.form,
        submission,
        state: &found.state,
        definition: &found.definition,
        answers: &found.answers,
        files: &found.files,
        desk: &desk,
        comments: &found.comments,
        me: &visit.actor().name(),
        activity: &found.activity,
        newer: found.neighbours.0,
        older: found.neighbours.1,
        place,
    }))
}

/// The part that a step of work replaces.
pub(crate) async fn part(visit: &Visit, submission: &Submission, place: &Place) -> Result<Markup> {
    drawn(visit, submission, place, sheet::container).await
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    submission: Viewable<Submission>,
    Query(place): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let place = Place::read(&place)?;
    if wants_part(&headers) {
        return Ok(part(&visit, &submission, &place).await?.into_response());
    }
    let page = drawn(&visit, &submission, &place, sheet::page).await?;
    let title = format!("Submission #{}", submission.number);
    Ok(web::shell_page(&visit, &title, page).into_response())
}

pub(crate) async fn api(visit: Visit, submission: Viewable<Submission>) -> Reply<Response> {
    let mut tx = visit.read().await?;
    let (form, number) = (submission.form_id, submission.number);
    let mut states = state::store::find_states(&mut tx, form, &[number]).await?;
    let state = states.remove(&number).unwrap_or_default();
    Ok(web::json(&SubmissionJson::of(Entry { submission: submission.into_inner(), state })?))
}
