//! The routes of imports.

use axum::http::Method;
use web::Routes;

use super::{DELETE_SUBMISSIONS, READ_SUBMISSIONS, WRITE_SUBMISSIONS};
use crate::{
    Forms, documents,
    imports::{self, create::LARGEST_BODY},
};

/// The API of imports.
pub(super) fn calls(routes: Routes<Forms>) -> Routes<Forms> {
    let (form, import) = ("/api/forms/{form}/imports", "/api/imports/{import}");
    let (read, write) = (READ_SUBMISSIONS, WRITE_SUBMISSIONS);
    let routes = routes
        .api(Method::POST, form, write, imports::create::api, documents::imports::create())
        .body_limit(LARGEST_BODY)
        .without_replay()
        .api(Method::GET, form, read, imports::list::api, documents::imports::list())
        .api(Method::GET, import, read, imports::show::api, documents::imports::show())
        .api(Method::PATCH, import, write, imports::update::api, documents::imports::update())
        .api(Method::DELETE, import, write, imports::delete::api, documents::imports::delete());
    steps(routes)
}

fn steps(routes: Routes<Forms>) -> Routes<Forms> {
    let write = WRITE_SUBMISSIONS;
    routes
        .api(
            Method::POST,
            "/api/imports/{import}/check",
            write,
            imports::start::api_check,
            documents::imports::check(),
        )
        .api(
            Method::POST,
            "/api/imports/{import}/run",
            write,
            imports::start::api_run,
            documents::imports::run(),
        )
        .api(
            Method::POST,
            "/api/imports/{import}/cancellation",
            write,
            imports::cancel::api,
            documents::imports::cancel(),
        )
        .api(
            Method::POST,
            "/api/imports/{import}/removal",
            DELETE_SUBMISSIONS,
            imports::start::api_remove,
            documents::imports::remove(),
        )
        .api(
            Method::GET,
            "/api/imports/{import}/errors",
            READ_SUBMISSIONS,
            imports::errors::api,
            documents::imports::errors(),
        )
        .api(
            Method::GET,
            "/api/imports/{import}/refused_rows",
            READ_SUBMISSIONS,
            imports::refused_rows::fetch,
            documents::imports::refused_rows(),
        )
}

/// The pages of imports.
pub(super) fn pages(routes: Routes<Forms>) -> Routes<Forms> {
    let list = "/w/{workspace}/forms/{form}/imports";
    let one = "/w/{workspace}/imports/{import}";
    let (write, post) = (WRITE_SUBMISSIONS, Method::POST);
    routes
        .page(Method::GET, list, write, imports::list::page)
        .page(Method::POST, list, write, imports::create::page)
        .body_limit(LARGEST_BODY)
        .page(Method::GET, one, write, imports::show::page)
        .page(
            Method::GET,
            "/w/{workspace}/imports/{import}/refused_rows",
            write,
            imports::refused_rows::fetch,
        )
        .page(post.clone(), "/w/{workspace}/imports/{import}/mapping", write, imports::update::page)
        .page(
            post.clone(),
            "/w/{workspace}/imports/{import}/check",
            write,
            imports::start::page_check,
        )
        .page(post.clone(), "/w/{workspace}/imports/{import}/run", write, imports::start::page_run)
        .page(
            post.clone(),
            "/w/{workspace}/imports/{import}/removal",
            DELETE_SUBMISSIONS,
            imports::start::page_remove,
        )
        .page(
            post.clone(),
            "/w/{workspace}/imports/{import}/cancellation",
            write,
            imports::cancel::page,
        )
        .page(post, "/w/{workspace}/imports/{import}/deletion", write, imports::delete::page)
}
