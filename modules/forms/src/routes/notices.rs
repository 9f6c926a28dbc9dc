//! The routes of what forms send by mail.

use axum::http::Method;
use web::Routes;

use super::{READ, WRITE};
use crate::{
    Forms, documents,
    notices::{page, preview},
};

/// The API of notices.
pub(super) fn calls(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .api(
            Method::GET,
            "/api/forms/{form}/notices",
            READ,
            page::api_show,
            documents::notices::show(),
        )
        .api(
            Method::PATCH,
            "/api/forms/{form}/notices/team",
            WRITE,
            page::api_team,
            documents::notices::team(),
        )
        .api(
            Method::PATCH,
            "/api/forms/{form}/notices/respondent",
            WRITE,
            page::api_respondent,
            documents::notices::respondent(),
        )
        .api(
            Method::POST,
            "/api/forms/{form}/notices/preview",
            WRITE,
            preview::api,
            documents::notices::preview(),
        )
}

/// The pages of notices.
pub(super) fn pages(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .page(Method::GET, "/w/{workspace}/forms/{form}/notices", READ, page::show)
        .page(Method::POST, "/w/{workspace}/forms/{form}/notices", WRITE, page::save)
        .page(Method::POST, "/w/{workspace}/forms/{form}/notices/preview", WRITE, preview::frame)
}
