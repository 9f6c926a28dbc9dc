//! The routes of exports and their schedules.

use axum::http::Method;
use web::Routes;

use super::{READ_SUBMISSIONS, WRITE};
use crate::{Forms, documents, exports};

/// The API of exports.
pub(super) fn calls(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .api(
            Method::POST,
            "/api/forms/{form}/exports",
            READ_SUBMISSIONS,
            exports::create::api,
            documents::exports::create(),
        )
        .api(
            Method::GET,
            "/api/forms/{form}/exports",
            READ_SUBMISSIONS,
            exports::list::api,
            documents::exports::list(),
        )
        .api(
            Method::GET,
            "/api/exports/{export}",
            READ_SUBMISSIONS,
            exports::show::api,
            documents::exports::show(),
        )
        .api(
            Method::GET,
            "/api/exports/{export}/file",
            READ_SUBMISSIONS,
            exports::file::fetch,
            documents::exports::file(),
        )
        .api(
            Method::POST,
            "/api/exports/{export}/cancellation",
            READ_SUBMISSIONS,
            exports::cancel::api,
            documents::exports::cancel(),
        )
        .api(
            Method::DELETE,
            "/api/exports/{export}",
            READ_SUBMISSIONS,
            exports::delete::api,
            documents::exports::delete(),
        )
}

/// The API of their schedules.
pub(super) fn schedule_calls(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .api(
            Method::GET,
            "/api/forms/{form}/export-schedules",
            READ_SUBMISSIONS,
            exports::schedules::list::api,
            documents::exports::list_schedules(),
        )
        .api(
            Method::POST,
            "/api/forms/{form}/export-schedules",
            WRITE,
            exports::schedules::create::api,
            documents::exports::create_schedule(),
        )
        .api(
            Method::DELETE,
            "/api/export-schedules/{schedule}",
            WRITE,
            exports::schedules::delete::api,
            documents::exports::delete_schedule(),
        )
}

/// The pages of exports.
pub(super) fn pages(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .page(
            Method::GET,
            "/w/{workspace}/forms/{form}/exports",
            READ_SUBMISSIONS,
            exports::list::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/exports",
            READ_SUBMISSIONS,
            exports::create::page,
        )
        .page(
            Method::GET,
            "/w/{workspace}/exports/{export}/file",
            READ_SUBMISSIONS,
            exports::file::fetch,
        )
        .page(
            Method::POST,
            "/w/{workspace}/exports/{export}/cancellation",
            READ_SUBMISSIONS,
            exports::cancel::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/exports/{export}/deletion",
            READ_SUBMISSIONS,
            exports::delete::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/export-schedules",
            WRITE,
            exports::schedules::create::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/export-schedules/{schedule}/deletion",
            WRITE,
            exports::schedules::delete::page,
        )
}
