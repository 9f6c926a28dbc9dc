//! Changing status, assignee and tags of a submission in one call.

use axum::response::Response;
use kernel::{Error, Result, UserId};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use web::{Cx, Editable, Json, Reply, Visit};

use super::{
    assignment,
    state::change::Step,
    statuses, tags,
    work::{self, Case, take},
};

/// What is to be different; what is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubmissionChange {
    /// The key of one of the form's statuses.
    #[schema(example = "in_progress")]
    status: Option<String>,
    /// A member's id; null for nobody.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    assignee: Option<Option<String>>,
    /// All tags that it is to have.
    tags: Option<Vec<String>>,
}

/// Null is a value here, and not the same as nothing.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(from).map(Some)
}

async fn update(cx: &Cx, case: &Editable<Case>, change: SubmissionChange) -> Result<()> {
    let before = work::entry(cx, &case.0).await?.state.tags;
    let mut tx = cx.begin().await?;
    let mut steps = Vec::new();
    if let Some(status) = change.status {
        statuses::expect(&mut tx, case.0.form_id, &status).await?;
        steps.push(Step::SetStatus { status });
    }
    if let Some(assignee) = change.assignee {
        let id: Option<UserId> = assignee.as_deref().map(str::parse).transpose().map_err(|_| {
            Error::invalid("assignee", "invalid", "Use the id of a member, or null for nobody.")
        })?;
        steps.push(assignment::step(&mut tx, id).await?);
    }
    if let Some(names) = change.tags {
        let keys = tags::named(cx, &mut tx, &names).await?;
        steps.push(tags::to(&before, &keys));
    }
    for step in steps {
        take(cx, &mut tx, &case.0, step).await?;
    }
    tx.commit().await
}

pub(crate) async fn api(
    visit: Visit,
    case: Editable<Case>,
    Json(change): Json<SubmissionChange>,
) -> Reply<Response> {
    update(&visit, &case, change).await?;
    work::answer(&visit, &case.0).await
}
