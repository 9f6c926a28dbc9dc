//! Who belongs to the workspace.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Error, Fields, Result, UserId};
use maud::Markup;
use web::{Cx, Page, Paging, Query, Reply, Visit};

use super::{MEMBERS_WRITE, Member, NewMember, json, reach, store, views};

/// One page of members, those with the oldest accounts first.
pub(crate) async fn list(cx: &Cx, paging: &Paging) -> Result<Page<Member>> {
    let (limit, after) = (paging.limit()?, paging.place::<UserId>()?);
    let mut tx = cx.read().await?;
    let members = store::list_members(&mut tx, after, limit + 1).await?;
    Ok(Page::of(members, limit, |member| member.user_id.to_string()))
}

/// The whole page again, with what was entered and what was refused.
pub(crate) async fn render(
    visit: &Visit,
    entered: &NewMember,
    fields: &Fields,
    refusal: Option<&str>,
) -> Result<Markup> {
    show(visit, &Paging::default(), entered, fields, refusal).await
}

/// What a change that was refused answers: the list with the reason above it.
pub(crate) async fn refuse(visit: &Visit, error: Error) -> Reply {
    let Error::Conflict { message, .. } = error else { return Err(error.into()) };
    let (blank, fine) = (NewMember::default(), Fields::new());
    let page = render(visit, &blank, &fine, Some(&message)).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

async fn show(
    visit: &Visit,
    paging: &Paging,
    entered: &NewMember,
    fields: &Fields,
    refusal: Option<&str>,
) -> Result<Markup> {
    let members = list(visit, paging).await?;
    let view = views::Members {
        slug: visit.slug(),
        members: &members,
        reach: visit.actor().may(MEMBERS_WRITE).then(|| reach(visit.actor())),
        reader: visit.actor().user(),
        entered,
        fields,
        refusal,
        csrf_token: visit.visitor.csrf_token(),
    };
    Ok(web::shell_page(visit, "Members", view.page()))
}

pub(crate) async fn page(visit: Visit, Query(paging): Query<Paging>) -> Reply<Markup> {
    Ok(show(&visit, &paging, &NewMember::default(), &Fields::new(), None).await?)
}

pub(crate) async fn api(visit: Visit, Query(paging): Query<Paging>) -> Reply<Response> {
    Ok(web::json(&list(&visit, &paging).await?.map(json::Member::of)))
}
