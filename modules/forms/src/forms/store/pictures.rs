//! All SQL about the pictures of forms.

use db::{Tx, sql};
use files::FileId;
use kernel::{Result, Timestamp};
use pictures::Sides;

pub(crate) async fn insert_picture(
    tx: &mut Tx,
    file: FileId,
    (sides, recipe): (Sides, i64),
    at: Timestamp,
) -> Result<()> {
    sql("insert into form_picture (workspace_id, file_id, width, height, recipe, created_at)
         values ($1, $2, $3, $4, $5, $6)")
    .bind(tx.workspace())
    .bind(file)
    .bind(i64::from(sides.width))
    .bind(i64::from(sides.height))
    .bind(recipe)
    .bind(at)
    .run(tx)
    .await?;
    Ok(())
}

/// Its sides in pixels.
pub(crate) async fn find_picture(tx: &mut Tx, file: FileId) -> Result<Option<(u32, u32)>> {
    let sides =
        sql("select width, height from form_picture where workspace_id = $1 and file_id = $2")
            .bind(tx.workspace())
            .bind(file)
            .optional::<(i64, i64)>(tx)
            .await?;
    // They were made of such.
    Ok(sides.map(|(width, height)| (width as u32, height as u32)))
}

/// How many the workspace has: never more than a thousand.
pub(crate) async fn count_pictures(tx: &mut Tx) -> Result<i64> {
    let count = sql("select count(*) from form_picture where workspace_id = $1")
        .bind(tx.workspace())
        .optional::<(i64,)>(tx)
        .await?;
    Ok(count.map_or(0, |(count,)| count))
}
