//! The SQL of workspaces.

use db::{Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};

use super::Workspace;

/// Whether it was stored; not when the address is taken.
pub(crate) async fn insert_workspace(
    tx: &mut Tx,
    workspace: &Workspace,
    now: Timestamp,
) -> Result<bool> {
    let stored = sql("insert into workspace (id, slug, name, created_at)
         values ($1, $2, $3, $4)
         on conflict (slug) do nothing")
    .bind(workspace.id)
    .bind(&workspace.slug)
    .bind(&workspace.name)
    .bind(now)
    .run(tx)
    .await?;
    Ok(stored == 1)
}

pub(crate) async fn find_workspace(tx: &mut Tx, id: WorkspaceId) -> Result<Option<Workspace>> {
    sql("select id, slug, name from workspace where id = $1").bind(id).optional(tx).await
}
