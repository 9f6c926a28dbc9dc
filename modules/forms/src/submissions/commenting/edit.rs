//! Changing and deleting one's own comments.

use axum::{http::HeaderMap, response::Response};
use kernel::{Error, Result};
use web::{Cx, Editable, Form, Json, Query, Reply, Visit};

use super::CommentText;
use crate::{
    events::{CommentChanged, CommentDeleted},
    ids::SubmissionId,
    submissions::{
        Submission,
        comments::{Comment, store},
        place::Place,
        state::{self, Scene},
        store::find_submission,
        work,
    },
};

/// Nobody changes what another has written.
fn expect_own(cx: &Cx, comment: &Comment) -> Result<()> {
    if comment.author == cx.actor().name() {
        return Ok(());
    }
    Err(Error::Forbidden("Only who wrote a comment can change or delete it.".into()))
}

async fn submission_of(cx: &Cx, id: SubmissionId) -> Result<Submission> {
    find_submission(&mut cx.read().await?, id).await?.ok_or(Error::NotFound)
}

async fn edit(cx: &Cx, comment: &Editable<Comment>, written: CommentText) -> Result<Comment> {
    expect_own(cx, comment)?;
    let edited_at = Some(cx.now());
    let edited = Comment { text: written.checked()?, edited_at, ..Comment::clone(comment) };
    let submission = submission_of(cx, comment.submission_id).await?;
    let mut tx = cx.begin().await?;
    if !store::update_comment(&mut tx, &edited).await? {
        return Err(Error::NotFound);
    }
    tx.record(&CommentChanged {
        form_id: submission.form_id,
        submission_id: submission.id.to_string(),
        comment_id: comment.id.to_string(),
    })
    .await?;
    tx.commit().await?;
    Ok(edited)
}

async fn delete(cx: &Cx, comment: &Editable<Comment>) -> Result<()> {
    expect_own(cx, comment)?;
    let submission = submission_of(cx, comment.submission_id).await?;
    let actor = cx.actor().name();
    let scene = Scene { form: submission.form_id, actor: &actor, now: cx.now(), bulk_action: None };
    let mut tx = cx.begin().await?;
    state::change::count_comment(&mut tx, &scene, submission.number, -1).await?;
    if !store::delete_comment(&mut tx, comment).await? {
        return Err(Error::NotFound);
    }
    tx.record(&CommentDeleted {
        form_id: submission.form_id,
        submission_id: submission.id.to_string(),
        comment_id: comment.id.to_string(),
    })
    .await?;
    tx.commit().await
}

pub(crate) async fn page_edit(
    visit: Visit,
    headers: HeaderMap,
    comment: Editable<Comment>,
    Query(place): Query<Vec<(String, String)>>,
    Form(written): Form<CommentText>,
) -> Reply<Response> {
    let place = Place::read(&place)?;
    edit(&visit, &comment, written).await?;
    let submission = submission_of(&visit, comment.submission_id).await?;
    work::shown(&visit, &headers, &submission, &place, "Comment saved").await
}

pub(crate) async fn page_delete(
    visit: Visit,
    headers: HeaderMap,
    comment: Editable<Comment>,
    Query(place): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let place = Place::read(&place)?;
    delete(&visit, &comment).await?;
    let submission = submission_of(&visit, comment.submission_id).await?;
    work::shown(&visit, &headers, &submission, &place, "Comment deleted").await
}

pub(crate) async fn api_edit(
    visit: Visit,
    comment: Editable<Comment>,
    Json(written): Json<CommentText>,
) -> Reply<Response> {
    Ok(web::json(&edit(&visit, &comment, written).await?))
}

pub(crate) async fn api_delete(visit: Visit, comment: Editable<Comment>) -> Reply<Response> {
    delete(&visit, &comment).await?;
    Ok(web::no_content())
}
