//! Who belongs to the workspace.

use axum::response::Response;
use kernel::{Error, Fields, Result, UserId};
use maud::Markup;
use web::{Cx, Page, Paging, Query, Reply, Visit};

use super::{MEMBERS_WRITE, Member, NewMember, json, reach, store, views};
use crate::paths;

/// One page of members, those with the oldest accounts first.
pub(crate) async fn list(cx: &Cx, paging: &Paging) -> Result<Page<Member>> {
    let (limit, after) = (paging.limit()?, paging.place::<UserId>()?);
    let mut tx = cx.read().await?;
    let members = store::list_members(&mut tx, after, limit + 1).await?;
    Ok(Page::of(members, limit, |member| member.user_id.to_string()))
}

/// The whole page again, with what was entered and what was refused.
pub(crate) async fn render(visit: &Visit, entered: &NewMember, fields: &Fields) -> Result<Markup> {
    show(visit, &Paging::default(), entered, fields).await
}

/// What a change that was refused answers: back to the list, which says why.
pub(crate) fn refuse(visit: &Visit, error: Error) -> Reply {
    match error {
        Error::Conflict { message, .. } | Error::Forbidden(message) => {
            Ok(web::refused(&paths::members(visit.slug()), &message))
        }
        error => Err(error.into()),
    }
}

async fn show(
    visit: &Visit,
    paging: &Paging,
    entered: &NewMember,
    fields: &Fields,
) -> Result<Markup> {
    let members = list(visit, paging).await?;
    let view = views::Members {
        slug: visit.slug(),
        members: &members,
        reach: visit.actor().may(MEMBERS_WRITE).then(|| reach(visit.actor())),
        reader: visit.actor().user(),
        entered,
        fields,
        csrf_token: visit.visitor.csrf_token(),
    };
    Ok(web::shell_page(visit, "Members", view.page()))
}

pub(crate) async fn page(visit: Visit, Query(paging): Query<Paging>) -> Reply<Markup> {
    Ok(show(&visit, &paging, &NewMember::default(), &Fields::new()).await?)
}

pub(crate) async fn api(visit: Visit, Query(paging): Query<Paging>) -> Reply<Response> {
    Ok(web::json(&list(&visit, &paging).await?.map(json::Member::of)))
}
