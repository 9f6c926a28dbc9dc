//! Writing comments on a submission, and reading them.

pub(crate) mod edit;

use axum::{http::HeaderMap, response::Response};
use kernel::{Error, Result};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{Cx, Editable, Form, Json, Page, Paging, Query, Reply, Viewable, Visit};

use super::{
    Submission,
    comments::{self, Comment},
    place::Place,
    state::{self, Scene},
    work::{self, Case},
};
use crate::{definition::visible::is_blank, events::SubmissionCommented, ids::CommentId, paths};

/// Letters of a comment.
const LONGEST: usize = 4_000;

/// What is written.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CommentText {
    #[schema(max_length = 4000)]
    text: String,
}

impl CommentText {
    fn checked(self) -> Result<String> {
        let text = self.text.trim().replace("\r\n", "\n");
        if is_blank(&text) {
            return Err(Error::invalid("text", "required", "Write something."));
        }
        if text.chars().count() > LONGEST {
            return Err(Error::invalid("text", "too_long", "Use at most 4,000 characters."));
        }
        Ok(text)
    }
}

/// Adds a comment, and counts it.
async fn comment(cx: &Cx, case: &Editable<Case>, written: CommentText) -> Result<Comment> {
    let (submission, actor) = (&case.0, cx.actor().name());
    let comment = Comment {
        id: CommentId::new(cx.now(), cx.chance()),
        submission_id: submission.id,
        author: actor.clone(),
        text: written.checked()?,
        created_at: cx.now(),
        edited_at: None,
    };
    let scene = Scene { form: submission.form_id, actor: &actor, now: cx.now(), bulk_action: None };
    let mut tx = cx.begin().await?;
    state::change::count_comment(&mut tx, &scene, submission.number, 1).await?;
    comments::store::insert_comment(&mut tx, &comment).await?;
    let event = SubmissionCommented {
        form_id: submission.form_id,
        submission_id: submission.id.to_string(),
        comment_id: comment.id.to_string(),
    };
    tx.record(&event).await?;
    tx.commit().await?;
    Ok(comment)
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    case: Editable<Case>,
    Query(place): Query<Vec<(String, String)>>,
    Form(written): Form<CommentText>,
) -> Reply<Response> {
    let place = Place::read(&place)?;
    comment(&visit, &case, written).await?;
    work::shown(&visit, &headers, &case.0, &place, "Comment added").await
}

pub(crate) async fn api(
    visit: Visit,
    case: Editable<Case>,
    Json(written): Json<CommentText>,
) -> Reply<Response> {
    let comment = comment(&visit, &case, written).await?;
    Ok(web::created(&paths::api_comment(comment.id), &comment))
}

/// Oldest first.
pub(crate) async fn api_list(
    visit: Visit,
    submission: Viewable<Submission>,
    Query(paging): Query<Paging>,
) -> Reply<Response> {
    let (limit, after) = (paging.limit()?, paging.place::<CommentId>()?);
    let mut tx = visit.read().await?;
    let rows = comments::store::list_comments(&mut tx, submission.id, after, limit + 1).await?;
    Ok(web::json(&Page::of(rows, limit, |row| row.id.to_string())))
}
