//! The routes of the desk on which submissions are worked on.

use axum::http::Method;
use web::{Access, Routes};

use crate::{
    FORMS_READ, FORMS_WRITE, Forms, SUBMISSIONS_DELETE, SUBMISSIONS_MANAGE, SUBMISSIONS_READ,
    documents::desk as documents, submissions,
};

const READ: Access = Access::Workspace(SUBMISSIONS_READ);
const MANAGE: Access = Access::Workspace(SUBMISSIONS_MANAGE);
const DELETE: Access = Access::Workspace(SUBMISSIONS_DELETE);
const READ_FORMS: Access = Access::Workspace(FORMS_READ);
const WRITE_FORMS: Access = Access::Workspace(FORMS_WRITE);

/// The API of the desk.
pub(super) fn calls(routes: Routes<Forms>) -> Routes<Forms> {
    bulk_actions(comments(verbs(routes)))
        .api(
            Method::GET,
            "/api/forms/{form}/retention",
            READ_FORMS,
            submissions::retention::api_show,
            documents::show_retention(),
        )
        .api(
            Method::PUT,
            "/api/forms/{form}/retention",
            WRITE_FORMS,
            submissions::retention::api_keep,
            documents::keep(),
        )
        .api(
            Method::PATCH,
            "/api/submissions/{submission}",
            MANAGE,
            submissions::update::api,
            documents::update(),
        )
        .api(
            Method::GET,
            "/api/submissions/{submission}/activity",
            READ,
            submissions::activity::api,
            documents::activity(),
        )
        .api(
            Method::GET,
            "/api/forms/{form}/statuses",
            READ,
            submissions::statuses::api_list,
            documents::list_statuses(),
        )
        .api(
            Method::PUT,
            "/api/forms/{form}/statuses",
            WRITE_FORMS,
            submissions::statuses::api_replace,
            documents::replace_statuses(),
        )
        .api(Method::GET, "/api/tags", READ, submissions::tags::api_list, documents::list_tags())
}

fn bulk_actions(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .api(
            Method::POST,
            "/api/forms/{form}/bulk_actions",
            MANAGE,
            submissions::bulk_start::api,
            documents::start_bulk_action(),
        )
        .api(
            Method::GET,
            "/api/bulk_actions/{bulk_action}",
            READ,
            submissions::bulk_actions::api,
            documents::show_bulk_action(),
        )
        .api(
            Method::POST,
            "/api/bulk_actions/{bulk_action}/reversal",
            MANAGE,
            submissions::bulk_reversal::api,
            documents::reverse_bulk_action(),
        )
}

fn comments(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .api(
            Method::GET,
            "/api/submissions/{submission}/comments",
            READ,
            submissions::commenting::api_list,
            documents::list_comments(),
        )
        .api(
            Method::POST,
            "/api/submissions/{submission}/comments",
            MANAGE,
            submissions::commenting::api,
            documents::comment(),
        )
        .api(
            Method::PATCH,
            "/api/comments/{comment}",
            MANAGE,
            submissions::commenting::edit::api_edit,
            documents::edit_comment(),
        )
        .api(
            Method::DELETE,
            "/api/comments/{comment}",
            MANAGE,
            submissions::commenting::edit::api_delete,
            documents::delete_comment(),
        )
}

/// Into a tray, and out of it.
fn verbs(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .api(
            Method::POST,
            "/api/submissions/{submission}/archival",
            MANAGE,
            submissions::archival::api_archive,
            documents::archive(),
        )
        .api(
            Method::DELETE,
            "/api/submissions/{submission}/archival",
            MANAGE,
            submissions::archival::api_restore,
            documents::unarchive(),
        )
        .api(
            Method::POST,
            "/api/submissions/{submission}/spam",
            MANAGE,
            submissions::spam::api_mark,
            documents::mark_spam(),
        )
        .api(
            Method::DELETE,
            "/api/submissions/{submission}/spam",
            MANAGE,
            submissions::spam::api_release,
            documents::release(),
        )
        .api(
            Method::POST,
            "/api/submissions/{submission}/deletion",
            DELETE,
            submissions::deletion::api_delete,
            documents::discard(),
        )
        .api(
            Method::DELETE,
            "/api/submissions/{submission}/deletion",
            DELETE,
            submissions::deletion::api_restore,
            documents::restore(),
        )
}

/// The pages of the desk.
pub(super) fn pages(routes: Routes<Forms>) -> Routes<Forms> {
    work_pages(routes)
        .page(
            Method::GET,
            "/w/{workspace}/forms/{form}/submissions/arrivals",
            READ,
            submissions::arrivals::page,
        )
        .page(
            Method::GET,
            "/w/{workspace}/forms/{form}/statuses",
            READ_FORMS,
            submissions::statuses::page::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/statuses",
            WRITE_FORMS,
            submissions::statuses::page::save,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/retention",
            WRITE_FORMS,
            submissions::statuses::page::keep,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/bulk_actions",
            MANAGE,
            submissions::bulk_start::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/bulk_actions/{bulk_action}/reversal",
            MANAGE,
            submissions::bulk_reversal::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/submissions/{submission}/comments",
            MANAGE,
            submissions::commenting::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/comments/{comment}/text",
            MANAGE,
            submissions::commenting::edit::page_edit,
        )
        .page(
            Method::POST,
            "/w/{workspace}/comments/{comment}/deletion",
            MANAGE,
            submissions::commenting::edit::page_delete,
        )
}

/// The pages that work on one submission.
fn work_pages(routes: Routes<Forms>) -> Routes<Forms> {
    routes
        .page(
            Method::POST,
            "/w/{workspace}/submissions/{submission}/status",
            MANAGE,
            submissions::status::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/submissions/{submission}/assignment",
            MANAGE,
            submissions::assignment::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/submissions/{submission}/tags",
            MANAGE,
            submissions::tagging::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/submissions/{submission}/archival",
            MANAGE,
            submissions::archival::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/submissions/{submission}/spam",
            MANAGE,
            submissions::spam::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/submissions/{submission}/deletion",
            DELETE,
            submissions::deletion::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/submissions/{submission}/purge",
            DELETE,
            submissions::delete::page,
        )
        .page(
            Method::POST,
            "/w/{workspace}/forms/{form}/bin_emptying",
            DELETE,
            submissions::bulk_start::page_emptying,
        )
        .page(
            Method::POST,
            "/w/{workspace}/submissions/{submission}/restoration",
            MANAGE,
            submissions::restoration::page,
        )
}
