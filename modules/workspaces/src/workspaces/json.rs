//! Workspaces as programs see them.

use kernel::{Role, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;
use web::Tenant;

use super::Workspace;

/// A workspace by its names.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Workspace)]
pub(crate) struct Summary {
    pub(crate) id: WorkspaceId,
    /// Its part of addresses.
    pub(crate) slug: String,
    pub(crate) name: String,
}

impl From<Workspace> for Summary {
    fn from(workspace: Workspace) -> Self {
        let Workspace { id, slug, name } = workspace;
        Summary { id, slug, name }
    }
}

impl From<Tenant> for Summary {
    fn from(tenant: Tenant) -> Self {
        let Tenant { id, slug, name } = tenant;
        Summary { id, slug, name }
    }
}

/// A workspace with one's own role in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Membership {
    #[serde(flatten)]
    workspace: Summary,
    role: Role,
}

/// All workspaces of a person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorkspaceList)]
pub(crate) struct List {
    data: Vec<Membership>,
    /// Always null: nobody has more workspaces than fit on a page.
    next_cursor: Option<String>,
}

impl List {
    pub(crate) fn of(memberships: &[(Tenant, Role)]) -> Self {
        let turn = |(tenant, role): &(Tenant, Role)| Membership {
            workspace: tenant.clone().into(),
            role: *role,
        };
        let mut data: Vec<Membership> = memberships.iter().map(turn).collect();
        data.sort_by_cached_key(|membership| membership.workspace.name.to_lowercase());
        List { data, next_cursor: None }
    }
}
