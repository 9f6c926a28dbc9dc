//! All SQL about views.

use db::{Tx, sql};
use kernel::Result;

use super::SavedView;
use crate::ids::{FormId, SavedViewId};

/// All views of a form in their order: they are few.
pub(crate) async fn list_views(tx: &mut Tx, form: FormId) -> Result<Vec<SavedView>> {
    sql("select id, form_id, name, filter, sort_order, columns, position, created_at, updated_at
         from saved_view
         where workspace_id = $1 and form_id = $2
         order by position, id")
    .bind(tx.workspace())
    .bind(form)
    .all(tx)
    .await
}

pub(crate) async fn find_view(tx: &mut Tx, id: SavedViewId) -> Result<Option<SavedView>> {
    sql("select v.id, v.form_id, v.name, v.filter, v.sort_order, v.columns, v.position, v.created_at, v.updated_at
         from saved_view v
         join form f on f.workspace_id = v.workspace_id and f.id = v.form_id
         where v.workspace_id = $1 and v.id = $2 and f.deleted_at is null")
        .bind(tx.workspace())
        .bind(id)
        .optional(tx)
        .await
}

/// False when another view of the form has that name.
pub(crate) async fn insert_view(tx: &mut Tx, view: &SavedView, created_by: &str) -> Result<bool> {
    let made = sql("insert into saved_view (workspace_id, id, form_id, name, name_key, filter, sort_order, columns,
                                 position, created_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (workspace_id, form_id, name_key) do nothing")
    .bind(tx.workspace())
    .bind(view.id)
    .bind(view.form_id)
    .bind(&view.name)
    .bind(view.name.to_lowercase())
    .bind(&view.filter)
    .bind(&view.sort_order)
    .bind(view.columns.clone())
    .bind(view.position)
    .bind(created_by)
    .bind(view.created_at)
    .bind(view.updated_at)
    .run(tx)
    .await?;
    Ok(made > 0)
}

/// False when another view of the form has that name, or this one is gone.
pub(crate) async fn update_view(tx: &mut Tx, view: &SavedView) -> Result<bool> {
    let changed = sql("update saved_view
         set name = $4, name_key = $5, filter = $6, sort_order = $7, columns = $8, updated_at = $9
         where workspace_id = $1 and id = $2 and not exists (
             select 1 from saved_view other
             where other.workspace_id = $1 and other.form_id = $3 and other.name_key = $5 and other.id <> $2
         )")
    .bind(tx.workspace())
    .bind(view.id)
    .bind(view.form_id)
    .bind(&view.name)
    .bind(view.name.to_lowercase())
    .bind(&view.filter)
    .bind(&view.sort_order)
    .bind(view.columns.clone())
    .bind(view.updated_at)
    .run(tx)
    .await?;
    Ok(changed > 0)
}

pub(crate) async fn update_position(tx: &mut Tx, id: SavedViewId, position: i64) -> Result<()> {
    sql("update saved_view set position = $3 where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .bind(position)
        .run(tx)
        .await
        .map(|_| ())
}

/// Whether it was still there; those behind it move up.
pub(crate) async fn delete_view(tx: &mut Tx, view: &SavedView) -> Result<bool> {
    let gone = sql("delete from saved_view where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(view.id)
        .run(tx)
        .await?;
    sql("update saved_view set position = position - 1
         where workspace_id = $1 and form_id = $2 and position > $3")
    .bind(tx.workspace())
    .bind(view.form_id)
    .bind(view.position)
    .run(tx)
    .await?;
    Ok(gone > 0)
}
