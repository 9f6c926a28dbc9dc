//! Signing in with e-mail address and password.

use axum::{
    extract::State,
    http::{
        HeaderMap, StatusCode,
        header::{RETRY_AFTER, SET_COOKIE},
    },
    response::{IntoResponse, Response},
};
use kernel::{Error, Result, UserId};
use serde::Deserialize;
use web::{ClientAddress, Form, Json, Query, Reply, Visit};

use super::{json::SignedIn, next::local, views};
use crate::{Workspaces, paths::route};

/// What a person says to get in.
#[derive(Clone, Default, Deserialize, utoipa::ToSchema)]
pub(crate) struct Login {
    #[schema(format = "email", example = "ada@example.com")]
    pub(crate) email: String,
    #[schema(format = "password")]
    pub(crate) password: String,
}

/// The form of the page: also where to go afterwards.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Entered {
    #[serde(flatten)]
    login: Login,
    next: Option<String>,
}

/// Where to go after signing in.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Next {
    next: Option<String>,
}

/// Gives the browser its session and sends it on.
pub(crate) async fn enter(
    workspaces: &Workspaces,
    user: UserId,
    headers: &HeaderMap,
    target: &str,
) -> Result<Response> {
    let cookie = workspaces.0.identity.open_session(user, headers).await?;
    Ok(([(SET_COOKIE, cookie)], web::see_other(target)).into_response())
}

pub(crate) async fn form(visit: Visit, Query(query): Query<Next>) -> Response {
    let next = local(query.next.as_deref());
    if visit.visitor.person().is_some() {
        return web::see_other(next.unwrap_or(route::HOME));
    }
    views::login("", next, None, visit.visitor.csrf_token()).into_response()
}

pub(crate) async fn page(
    State(workspaces): State<Workspaces>,
    visit: Visit,
    headers: HeaderMap,
    address: ClientAddress,
    Form(entered): Form<Entered>,
) -> Reply {
    let Entered { login, next } = entered;
    let next = local(next.as_deref());
    let checked = workspaces.0.identity.check_password(&login.email, &login.password, address);
    match checked.await {
        Ok(user) => Ok(enter(&workspaces, user.id, &headers, next.unwrap_or(route::HOME)).await?),
        Err(error @ (Error::Unauthorized(_) | Error::Limited { .. })) => {
            Ok(again(&visit, &login.email, next, &error))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form again, with what was wrong.
fn again(visit: &Visit, email: &str, next: Option<&str>, error: &Error) -> Response {
    let page = views::login(email, next, Some(&error.to_string()), visit.visitor.csrf_token());
    match error {
        Error::Limited { retry_after } => {
            let wait = [(RETRY_AFTER, retry_after.as_secs().max(1).to_string())];
            (StatusCode::TOO_MANY_REQUESTS, wait, page).into_response()
        }
        _ => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
    }
}

pub(crate) async fn api(
    State(workspaces): State<Workspaces>,
    address: ClientAddress,
    Json(login): Json<Login>,
) -> Reply<Response> {
    let identity = &workspaces.0.identity;
    let user = identity.check_password(&login.email, &login.password, address).await?;
    let tokens = identity.issue_tokens(user.id).await?;
    let workspace = workspaces.first_workspace(user.id).await?;
    Ok(web::json(&SignedIn::of(tokens, &user, workspace)))
}
