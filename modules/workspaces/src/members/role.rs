//! Giving a member another role.

use axum::{extract::State, response::Response};
use kernel::{Permission, Result, Role, Scopes};
use serde::Deserialize;
use web::{Cx, Editable, Form, Json, Reply, Visit};

use super::{
    Member, SIGNAL, add::role_of, hold, json, keep_an_owner, list, store, views::role_name,
    within_reach,
};
use crate::{MemberRoleChanged, Workspaces, paths};

/// The role to have from now on.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub(crate) struct NewRole {
    /// `owner`, `admin`, `member` or `viewer`.
    #[schema(example = "admin")]
    role: String,
}

impl Workspaces {
    /// Gives the member another role, with effect at once. Keys they made that may more than they still
    /// may, of all the rights that are `known`, end.
    async fn change_role(
        &self,
        cx: &Cx,
        known: &[Permission],
        member: &Member,
        role: Role,
    ) -> Result<Member> {
        let user = member.user_id;
        let mut change = cx.begin().await?;
        let member = hold(&mut change, user).await?;
        within_reach(cx, role.max(member.role))?;
        if role == member.role {
            return Ok(member);
        }
        keep_an_owner(&mut change, &member).await?;
        store::update_role(&mut change, user, role).await?;
        change.signal(SIGNAL, user.to_string());
        change.record(&MemberRoleChanged { user, from: member.role, to: role }).await?;
        let fits =
            |scopes: &Scopes| known.iter().all(|one| role >= one.from || !scopes.allow(*one));
        let keys = identity::revoke_keys_of(&mut change, user, fits).await?;
        change.commit().await?;
        self.0.doorkeeper.forget(user);
        self.0.identity.forget_keys(&keys);
        Ok(Member { role, ..member })
    }
}

pub(crate) async fn page(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    member: Editable<Member>,
    Form(new): Form<NewRole>,
) -> Reply {
    let role = role_of(&new.role)?;
    match workspaces.change_role(&visit, visit.permissions(), &member, role).await {
        Ok(member) => {
            let text = format!("{} is now: {}", member.name, role_name(member.role));
            Ok(web::done(&paths::members(visit.slug()), &text))
        }
        Err(error) => list::refuse(&visit, error),
    }
}

pub(crate) async fn api(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    member: Editable<Member>,
    Json(new): Json<NewRole>,
) -> Reply<Response> {
    let role = role_of(&new.role)?;
    let member = workspaces.change_role(&visit, visit.permissions(), &member, role).await?;
    Ok(web::json(&json::Member::of(member)))
}
