//! Removing a member, or leaving.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Error, Fields, Result};
use web::{Cx, Editable, Reply, Visit};

use super::{Member, SIGNAL, add::NewMember, hold, keep_an_owner, list, store, within_reach};
use crate::{MemberRemoved, Workspaces, paths};

impl Workspaces {
    /// Takes the member's access away, with effect at once.
    async fn remove(&self, cx: &Cx, member: &Member) -> Result<()> {
        let user = member.user_id;
        let mut change = cx.begin().await?;
        let member = hold(&mut change, user).await?;
        within_reach(cx, member.role)?;
        keep_an_owner(&mut change, &member).await?;
        store::delete_member(&mut change, user).await?;
        change.signal(SIGNAL, user.to_string());
        change.record(&MemberRemoved { user, role: member.role }).await?;
        change.commit().await?;
        self.0.doorkeeper.forget(user);
        Ok(())
    }
}

pub(crate) async fn page(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    member: Editable<Member>,
) -> Reply {
    match workspaces.remove(&visit, &member).await {
        // Whoever has left goes where they are still at home.
        Ok(()) if visit.actor().user() == Some(member.user_id) => Ok(web::see_other("/")),
        Ok(()) => Ok(web::see_other(&paths::members(visit.slug()))),
        Err(Error::Conflict { message, .. }) => {
            let (blank, fine) = (NewMember::default(), Fields::new());
            let page = list::render(&visit, &blank, &fine, Some(&message)).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn api(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    member: Editable<Member>,
) -> Reply<Response> {
    workspaces.remove(&visit, &member).await?;
    Ok(web::no_content())
}
