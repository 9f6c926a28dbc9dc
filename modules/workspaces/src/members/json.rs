//! Members as programs see them.

use kernel::{Role, Timestamp, UserId};
use serde::Serialize;
use utoipa::ToSchema;

/// A person in the workspace.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Member {
    id: UserId,
    name: String,
    email: String,
    role: Role,
    added_at: Timestamp,
}

impl Member {
    pub(crate) fn of(member: super::Member) -> Self {
        let super::Member { user_id, name, email, role, added_at } = member;
        Member { id: user_id, name, email, role, added_at }
    }
}

/// A page of members.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MemberList)]
pub(crate) struct List {
    data: Vec<Member>,
    next_cursor: Option<String>,
}
