//! Removing a member, or leaving.

use axum::{extract::State, response::Response};
use kernel::Result;
use web::{Cx, Reply, Viewable, Visit};

use super::{MEMBERS_WRITE, Member, SIGNAL, hold, keep_an_owner, list, store, within_reach};
use crate::{MemberRemoved, Workspaces, paths};

impl Workspaces {
    /// Takes the member's access away, and that of the keys they made, with effect at once.
    async fn remove(&self, cx: &Cx, member: &Member) -> Result<()> {
        let user = member.user_id;
        let leaves = cx.actor().user() == Some(user);
        if !leaves {
            cx.require(MEMBERS_WRITE)?;
        }
        let mut change = cx.begin().await?;
        let member = hold(&mut change, user).await?;
        if !leaves {
            within_reach(cx, member.role)?;
        }
        keep_an_owner(&mut change, &member).await?;
        store::delete_member(&mut change, user).await?;
        change.signal(SIGNAL, user.to_string());
        change.record(&MemberRemoved { user, role: member.role }).await?;
        let keys = identity::revoke_keys_of(&mut change, user, |_| false).await?;
        change.commit().await?;
        self.0.doorkeeper.forget(user);
        self.0.identity.forget_keys(&keys);
        Ok(())
    }
}

pub(crate) async fn page(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    member: Viewable<Member>,
) -> Reply {
    match workspaces.remove(&visit, &member).await {
        // Whoever has left goes where they are still at home.
        Ok(()) if visit.actor().user() == Some(member.user_id) => {
            Ok(web::done("/", "You have left the workspace"))
        }
        Ok(()) => {
            let text = format!("{} was removed", member.name);
            Ok(web::done(&paths::members(visit.slug()), &text))
        }
        Err(error) => list::refuse(&visit, error),
    }
}

pub(crate) async fn api(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    member: Viewable<Member>,
) -> Reply<Response> {
    workspaces.remove(&visit, &member).await?;
    Ok(web::no_content())
}
