//! The route table: calls of the API, pages of the app, hosted pages.

use axum::http::Method;
use web::{Access, Routes};

use crate::{
    FORMS_READ, FORMS_WRITE, Forms, SUBMISSIONS_DELETE, SUBMISSIONS_READ, SUBMISSIONS_WRITE,
    documents, forms, hosted, submissions,
};

const READ: Access = Access::Workspace(FORMS_READ);
const WRITE: Access = Access::Workspace(FORMS_WRITE);
const READ_SUBMISSIONS: Access = Access::Workspace(SUBMISSIONS_READ);
const WRITE_SUBMISSIONS: Access = Access::Workspace(SUBMISSIONS_WRITE);
const DELETE_SUBMISSIONS: Access = Access::Workspace(SUBMISSIONS_DELETE);

/// All addresses of the module.
pub(crate) fn table() -> Routes<Forms> {
    let calls = submission_calls(setting_calls(form_calls(Routes::new())));
    hosted_pages(submission_pages(form_pages(calls)))
}

/// The API of forms.
fn form_calls(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .api(Method::GET, "/api/forms", READ, forms::list::api, documents::list_forms())
        .api(Method::POST, "/api/forms", WRITE, forms::create::api, documents::create_form())
        .api(Method::GET, "/api/forms/{form}", READ, forms::show::api, documents::show_form())
        .api(
            Method::PATCH,
            "/api/forms/{form}",
            WRITE,
            forms::update::api,
            documents::update_form(),
        )
        .api(
            Method::DELETE,
            "/api/forms/{form}",
            WRITE,
            forms::delete::api,
            documents::delete_form(),
        )
        .api(
            Method::POST,
            "/api/forms/{form}/publication",
            WRITE,
            forms::publication::api_publish,
            documents::publish(),
        )
        .api(
            Method::DELETE,
            "/api/forms/{form}/publication",
            WRITE,
            forms::publication::api_close,
            documents::close(),
        )
}

/// The API of what is beside a form.
fn setting_calls(routes: Routes<Forms>) -> Routes<Forms> {
    routes.api(
        Method::POST,
        "/api/forms/{form}/links",
        WRITE,
        forms::links::api,
        documents::make_links(),
    )
}

/// The API of submissions.
fn submission_calls(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .api(
            Method::POST,
            "/api/forms/{form}/submissions",
            WRITE_SUBMISSIONS,
            submissions::receive::api,
            documents::receive(),
        )
        .without_replay()
        .api(
            Method::POST,
            "/api/forms/{form}/submissions/bulk",
            WRITE_SUBMISSIONS,
            submissions::bulk::api,
            documents::bulk(),
        )
        .body_limit(usize::MAX)
        .without_replay()
        .api(
            Method::GET,
            "/api/forms/{form}/submissions",
            READ_SUBMISSIONS,
            submissions::list::api,
            documents::list_submissions(),
        )
        .api(
            Method::GET,
            "/api/submissions/{submission}",
            READ_SUBMISSIONS,
            submissions::show::api,
            documents::show_submission(),
        )
        .api(
            Method::DELETE,
            "/api/submissions/{submission}",
            DELETE_SUBMISSIONS,
            submissions::delete::api,
            documents::delete_submission(),
        )
}

/// The pages of those who make forms.
fn form_pages(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .page(Method::GET, "/w/{workspace}/forms", READ, forms::list::page)
        .page(Method::GET, "/w/{workspace}/forms/new", WRITE, forms::create::blank)
        .page(Method::POST, "/w/{workspace}/forms/new", WRITE, forms::create::page)
        .page(Method::GET, "/w/{workspace}/forms/{form}", READ, forms::show::page)
        .page(Method::POST, "/w/{workspace}/forms/{form}/title", WRITE, forms::update::page)
        .page(Method::POST, "/w/{workspace}/forms/{form}/fields", WRITE, forms::fields::add)
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/fields/{field}",
            WRITE,
            forms::fields::change,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/fields/{field}/position",
            WRITE,
            forms::fields::reposition,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/fields/{field}/removal",
            WRITE,
            forms::fields::remove,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/publication",
            WRITE,
            forms::publication::page_publish,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/closure",
            WRITE,
            forms::publication::page_close,
        )
        .page(Method::POST, "/w/{workspace}/forms/{form}/deletion", WRITE, forms::delete::page)
}

/// The pages of those who read what came in.
fn submission_pages(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .page(
            Method::GET,
            "/w/{workspace}/forms/{form}/submissions",
            READ_SUBMISSIONS,
            submissions::list::page,
        )
        .page(
            Method::GET,
            "/w/{workspace}/submissions/{submission}",
            READ_SUBMISSIONS,
            submissions::show::page,
        )
        .page(
            Method::GET,
            "/w/{workspace}/submissions/{submission}/files/{file}",
            READ_SUBMISSIONS,
            submissions::file::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/submissions/{submission}/deletion",
            DELETE_SUBMISSIONS,
            submissions::delete::page,
        )
}

/// What respondents see.
fn hosted_pages(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .page(Method::GET, "/f/{public_id}", Access::Public, hosted::show::page)
        .page(Method::POST, "/f/{public_id}", Access::Public, hosted::receive::page)
        .body_limit(usize::MAX)
        .page(Method::GET, "/f/{public_id}/thanks", Access::Public, hosted::thanks::page)
}
