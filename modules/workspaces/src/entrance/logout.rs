//! Signing out.

use axum::{
    extract::State,
    http::{HeaderMap, header::SET_COOKIE},
    response::{IntoResponse, Response},
};
use web::{Json, Reply};

use super::refresh::Refresh;
use crate::{Workspaces, paths::route};

pub(crate) async fn page(State(workspaces): State<Workspaces>, headers: HeaderMap) -> Reply {
    let cookie = workspaces.0.identity.close_session(&headers).await?;
    Ok(([(SET_COOKIE, cookie)], web::see_other(route::LOGIN)).into_response())
}

pub(crate) async fn api(
    State(workspaces): State<Workspaces>,
    Json(refresh): Json<Refresh>,
) -> Reply<Response> {
    workspaces.0.identity.revoke_tokens(&refresh.refresh_token).await?;
    Ok(web::no_content())
}
