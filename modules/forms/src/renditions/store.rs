//! All SQL about what pictures are made into.

use db::{Tx, sql};
use files::FileId;
use kernel::{Result, WorkspaceId};
use pictures::Sides;

pub(super) async fn find_rendition(
    tx: &mut Tx,
    picture: FileId,
    name: &str,
) -> Result<Option<FileId>> {
    let found = sql("select file_id from form_rendition
         where workspace_id = $1 and picture_id = $2 and name = $3")
    .bind(tx.workspace())
    .bind(picture)
    .bind(name)
    .optional::<(FileId,)>(tx)
    .await?;
    Ok(found.map(|(file,)| file))
}

pub(super) async fn insert_rendition(
    tx: &mut Tx,
    picture: FileId,
    name: &str,
    file: FileId,
) -> Result<()> {
    sql("insert into form_rendition (workspace_id, picture_id, name, file_id)
         values ($1, $2, $3, $4)")
    .bind(tx.workspace())
    .bind(picture)
    .bind(name)
    .bind(file)
    .run(tx)
    .await?;
    Ok(())
}

/// Gives back their files.
pub(super) async fn delete_renditions(tx: &mut Tx, picture: FileId) -> Result<Vec<FileId>> {
    let deleted = sql("delete from form_rendition
         where workspace_id = $1 and picture_id = $2
         returning file_id")
    .bind(tx.workspace())
    .bind(picture)
    .all::<(FileId,)>(tx)
    .await?;
    Ok(deleted.into_iter().map(|(file,)| file).collect())
}

/// By which recipe a picture was made; none where there is no such picture.
pub(super) async fn find_recipe(tx: &mut Tx, picture: FileId) -> Result<Option<i64>> {
    let found = sql("select recipe from form_picture where workspace_id = $1 and file_id = $2")
        .bind(tx.workspace())
        .bind(picture)
        .optional::<(i64,)>(tx)
        .await?;
    Ok(found.map(|(recipe,)| recipe))
}

/// Says by which recipe a picture is made now; false when it is not there, or somebody was faster.
pub(super) async fn update_recipe(tx: &mut Tx, picture: FileId, recipe: i64) -> Result<bool> {
    let changed = sql("update form_picture set recipe = $3
         where workspace_id = $1 and file_id = $2 and recipe < $3")
    .bind(tx.workspace())
    .bind(picture)
    .bind(recipe)
    .run(tx)
    .await?;
    Ok(changed == 1)
}

/// Says how large it is as people see it.
pub(super) async fn update_sides(tx: &mut Tx, picture: FileId, sides: Sides) -> Result<()> {
    sql("update form_picture set width = $3, height = $4 where workspace_id = $1 and file_id = $2")
        .bind(tx.workspace())
        .bind(picture)
        .bind(i64::from(sides.width))
        .bind(i64::from(sides.height))
        .run(tx)
        .await?;
    Ok(())
}

/// Some pictures of all workspaces that were made by an older recipe, or not at all.
pub(super) async fn list_older(
    tx: &mut Tx,
    recipe: i64,
    most: i64,
) -> Result<Vec<(WorkspaceId, FileId)>> {
    sql("select workspace_id, file_id from form_picture
         where recipe < $1
         order by recipe
         limit $2")
    .bind(recipe)
    .bind(most)
    .all(tx)
    .await
}
