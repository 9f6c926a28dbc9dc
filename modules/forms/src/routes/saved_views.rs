//! The routes of views, and of the columns that they show.

use axum::http::Method;
use web::{Access, Routes};

use crate::{
    Forms, SUBMISSIONS_MANAGE, SUBMISSIONS_READ,
    documents::saved_views as documents,
    submissions::{
        columns,
        saved_views::{change, create, delete, list},
        view_naming,
    },
};

const READ: Access = Access::Workspace(SUBMISSIONS_READ);
const MANAGE: Access = Access::Workspace(SUBMISSIONS_MANAGE);

/// The API of views.
pub(super) fn calls(routes: Routes<Forms>) -> Routes<Forms> {
    const ALL: &str = "/api/forms/{form}/views";
    const ONE: &str = "/api/views/{view}";
    routes
        .api(Method::GET, ALL, READ, list::api, documents::list())
        .api(Method::POST, ALL, MANAGE, create::api, documents::create())
        .api(Method::GET, ONE, READ, list::api_show, documents::show())
        .api(Method::PATCH, ONE, MANAGE, change::api, documents::change())
        .api(Method::DELETE, ONE, MANAGE, delete::api, documents::delete())
}

/// The pages of views and columns.
pub(super) fn pages(routes: Routes<Forms>) -> Routes<Forms> {
    const COLUMNS: &str = "/w/{workspace}/forms/{form}/columns";
    const ALL: &str = "/w/{workspace}/forms/{form}/views";
    routes
        .page(Method::GET, COLUMNS, READ, columns::page)
        .page(Method::POST, ALL, MANAGE, view_naming::page_create)
        .page(Method::POST, "/w/{workspace}/views/{view}/content", MANAGE, view_naming::page_keep)
        .page(Method::POST, "/w/{workspace}/views/{view}/name", MANAGE, view_naming::page_rename)
        .page(
            Method::POST,
            "/w/{workspace}/views/{view}/position",
            MANAGE,
            view_naming::page_reposition,
        )
        .page(
            Method::POST,
            "/w/{workspace}/views/{view}/deletion",
            MANAGE,
            view_naming::page_delete,
        )
}
