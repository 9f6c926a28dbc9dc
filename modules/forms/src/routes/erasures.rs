//! The routes of erasures.

use axum::http::Method;
use web::Routes;

use super::DELETE_SUBMISSIONS;
use crate::{Forms, documents::erasures as documents, erasures};

const LIST: &str = "/api/erasures";
const ONE: &str = "/api/erasures/{erasure}";
const RUN: &str = "/api/erasures/{erasure}/run";
const CANCELLATION: &str = "/api/erasures/{erasure}/cancellation";

/// The API of erasures. What is asked for is not kept for repeats: a second one for the same person is refused.
pub(super) fn calls(routes: Routes<Forms>) -> Routes<Forms> {
    let access = DELETE_SUBMISSIONS;
    routes
        .api(Method::POST, LIST, access, erasures::create::api, documents::create())
        .without_replay()
        .api(Method::GET, LIST, access, erasures::list::api, documents::list())
        .api(Method::GET, ONE, access, erasures::show::api, documents::show())
        .api(Method::POST, RUN, access, erasures::start::api, documents::run())
        .without_replay()
        .api(Method::POST, CANCELLATION, access, erasures::cancel::api, documents::cancel())
        .without_replay()
}

/// The pages of erasures.
pub(super) fn pages(routes: Routes<Forms>) -> Routes<Forms> {
    const LIST: &str = "/w/{workspace}/erasures";
    const ONE: &str = "/w/{workspace}/erasures/{erasure}";
    const RUN: &str = "/w/{workspace}/erasures/{erasure}/run";
    const CANCELLATION: &str = "/w/{workspace}/erasures/{erasure}/cancellation";
    let access = DELETE_SUBMISSIONS;
    routes
        .page(Method::GET, LIST, access, erasures::list::page)
        .page(Method::POST, LIST, access, erasures::create::page)
        .page(Method::GET, ONE, access, erasures::show::page)
        .page(Method::POST, RUN, access, erasures::start::page)
        .page(Method::POST, CANCELLATION, access, erasures::cancel::page)
}
