//! The routes of insights.

use axum::http::Method;
use web::Routes;

use super::{READ_SUBMISSIONS, WRITE};
use crate::{Forms, documents, insights};

/// The API of insights.
pub(super) fn calls(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .api(
            Method::GET,
            "/api/forms/{form}/insights",
            READ_SUBMISSIONS,
            insights::show::api,
            documents::insights::show(),
        )
        .api(
            Method::GET,
            "/api/insight_settings",
            READ_SUBMISSIONS,
            insights::zone::api_show,
            documents::insights::show_settings(),
        )
        .api(
            Method::PUT,
            "/api/insight_settings",
            WRITE,
            insights::zone::api_keep,
            documents::insights::keep_settings(),
        )
}

/// The pages of insights.
pub(super) fn pages(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .page(
            Method::GET,
            "/w/{workspace}/forms/{form}/insights",
            READ_SUBMISSIONS,
            insights::show::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/insights/time_zone",
            WRITE,
            insights::zone::page,
        )
}
