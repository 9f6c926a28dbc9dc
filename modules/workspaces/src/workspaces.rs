//! Workspaces: a name, and an address made of it.

mod create;
mod json;
mod open;
mod slug;
mod store;
mod views;

use axum::http::Method;
use db::Tx;
use kernel::{Error, Fields, Permission, Result, Role, Timestamp, WorkspaceId, is_plain};
use web::{Access, Operation, Routes, Tenant};

use crate::{Workspaces, paths::route};

pub(crate) use create::found;
pub(crate) use json::{List, Summary};
pub(crate) use views::samples;

/// Seeing that the workspace is there, and its name.
pub const WORKSPACE_READ: Permission =
    Permission { key: "workspace:read", label: "see the workspace", from: Role::Viewer };

/// A tenant.
#[derive(Debug, Clone, db::FromRow)]
pub struct Workspace {
    pub id: WorkspaceId,
    /// Its part of addresses.
    pub slug: String,
    pub name: String,
}

impl From<Workspace> for Tenant {
    fn from(workspace: Workspace) -> Self {
        let Workspace { id, slug, name } = workspace;
        Tenant { id, slug, name }
    }
}

/// The workspace by this id, from whichever workspace one asks.
pub(crate) async fn find(tx: &mut Tx, id: WorkspaceId) -> Result<Option<Workspace>> {
    store::find_workspace(tx, id).await
}

/// Complains about a name under the field that holds it.
pub(crate) fn check_name(field: &str, name: &str) -> Result<()> {
    let mut fields = Fields::new();
    fields.check(!name.is_empty(), field, "required", "Give the workspace a name.");
    let length = name.chars().count();
    fields.check(length <= 100, field, "too_long", "Use at most 100 characters.");
    fields.check(is_plain(name), field, "invalid", "Use letters only, on one line.");
    fields.into_result().map_err(Error::Invalid)
}

/// Stores a workspace under the first free address that follows from its name.
async fn insert(tx: &mut Tx, id: WorkspaceId, name: &str, now: Timestamp) -> Result<Workspace> {
    for slug in slug::candidates(name, id) {
        let workspace = Workspace { id, slug, name: name.to_owned() };
        if store::insert_workspace(tx, &workspace, now).await? {
            return Ok(workspace);
        }
    }
    Err(Error::internal("the address made of a workspace's id is taken"))
}

/// The workspace that a transaction belongs to.
pub async fn current(tx: &mut Tx) -> Result<Workspace> {
    let id = tx.workspace();
    store::find_workspace(tx, id).await?.ok_or(Error::NotFound)
}

pub(crate) fn routes() -> Routes<Workspaces> {
    let operation = |summary| Operation::new("Workspaces", summary);
    Routes::new()
        .page(Method::GET, route::NEW_WORKSPACE, Access::SignedIn, create::form)
        .page(Method::POST, route::WORKSPACES, Access::SignedIn, create::page)
        .page(Method::GET, route::WORKSPACE, Access::Workspace(WORKSPACE_READ), open::page)
        .api(
            Method::GET,
            route::API_WORKSPACES,
            Access::SignedIn,
            open::api,
            operation("List your workspaces").reply::<json::List>(200, "In the order of names."),
        )
        .api(
            Method::POST,
            route::API_WORKSPACES,
            Access::SignedIn,
            create::api,
            operation("Make a workspace")
                .describe("Whoever makes it owns it. Its address follows from the name.")
                .body::<create::NewWorkspace>()
                .reply::<json::Summary>(201, "The workspace.")
                .problem(409, "You own 100 workspaces already."),
        )
}
