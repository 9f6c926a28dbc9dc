//! The front door: the landing page, or straight on for those who are signed in.

use axum::response::{IntoResponse, Response};
use web::Visit;

use super::views;
use crate::paths::{self, route};

pub(crate) async fn page(visit: Visit) -> Response {
    if visit.visitor.person().is_none() {
        return views::landing().into_response();
    }
    match visit.memberships.first() {
        Some((tenant, _)) => web::see_other(&paths::workspace(&tenant.slug)),
        None => web::see_other(route::NEW_WORKSPACE),
    }
}
