//! Comments on a submission: what those who work on it tell each other.

pub(crate) mod store;

use db::Tx;
use kernel::{Id, Permission, Result, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use web::Entity;

use crate::{
    SUBMISSIONS_MANAGE, SUBMISSIONS_READ,
    ids::{CommentId, CommentKind, SubmissionId},
};

/// A comment.
#[derive(Debug, Clone, Serialize, ToSchema, db::FromRow)]
pub(crate) struct Comment {
    pub(crate) id: CommentId,
    pub(crate) submission_id: SubmissionId,
    /// Who wrote it: a person's or a key's id.
    pub(crate) author: String,
    pub(crate) text: String,
    pub(crate) created_at: Timestamp,
    pub(crate) edited_at: Option<Timestamp>,
}

impl Entity for Comment {
    type Kind = CommentKind;
    const PARAMETER: &'static str = "comment";
    const VIEW: Permission = SUBMISSIONS_READ;
    const EDIT: Permission = SUBMISSIONS_MANAGE;

    async fn find(tx: &mut Tx, id: Id<CommentKind>) -> Result<Option<Self>> {
        store::find_comment(tx, id).await
    }
}
