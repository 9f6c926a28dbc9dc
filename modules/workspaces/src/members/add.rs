//! Adding someone who has an account.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Error, Fields, Result, Role, UserId};
use web::{Cx, Form, Json, Reply, Visit};

use super::{Member, NewMember, expect_room, insert, json, list, store, within_reach};
use crate::{Workspaces, paths};

/// The role by its word, or a complaint about the field.
pub(crate) fn role_of(text: &str) -> Result<Role> {
    text.parse().map_err(|_| {
        Error::invalid("role", "invalid", "Choose one of owner, admin, member, viewer.")
    })
}

/// Adds the account with this address to the workspace.
pub async fn add_member(cx: &Cx, email: &str, role: Role) -> Result<()> {
    add(cx, email, role).await.map(|_| ())
}

async fn add(cx: &Cx, email: &str, role: Role) -> Result<Member> {
    within_reach(cx, role)?;
    let user = find(cx, email).await?;
    let mut change = cx.begin().await?;
    insert(cx, &mut change, user, role).await?;
    let member = store::find_member(&mut change, user).await?.ok_or(Error::NotFound)?;
    change.commit().await?;
    Ok(member)
}

/// The account with this address, if it can be in one workspace more.
async fn find(cx: &Cx, email: &str) -> Result<UserId> {
    let mut tx = cx.db().system_read("whom to add to a workspace").await?;
    let user = identity::find_by_email(&mut tx, email).await?.ok_or_else(|| {
        Error::invalid("email", "unknown", "There is no account with this address yet.")
    })?;
    expect_room(&mut tx, user.id).await?;
    Ok(user.id)
}

impl Workspaces {
    async fn add(&self, cx: &Cx, new: &NewMember) -> Result<Member> {
        let member = add(cx, &new.email, role_of(&new.role)?).await?;
        self.0.doorkeeper.forget(member.user_id);
        Ok(member)
    }
}

pub(crate) async fn page(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    Form(new): Form<NewMember>,
) -> Reply {
    let fields = match workspaces.add(&visit, &new).await {
        Ok(member) => {
            let text = format!("{} is a member now", member.name);
            return Ok(web::done(&paths::members(visit.slug()), &text));
        }
        Err(Error::Invalid(fields)) => fields,
        Err(Error::Conflict { code, message }) => Fields::one("email", code, message),
        Err(error) => return Err(error.into()),
    };
    let page = list::render(&visit, &new, &fields).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(crate) async fn api(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    Json(new): Json<NewMember>,
) -> Reply<Response> {
    let member = workspaces.add(&visit, &new).await?;
    Ok(web::created(&paths::api_member(member.user_id), &json::Member::of(member)))
}
