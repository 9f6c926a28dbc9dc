//! Puts what was made of a picture among the files, first nobody's, then the picture's.

use db::Tx;
use files::{FileId, NewFile};
use futures::stream;
use kernel::{Error, Result};
use web::Cx;

use super::{Painting, Rendition, owner, store};
use crate::Forms;

/// What was made of a picture, as files that belong to nobody yet.
pub(crate) type Kept = Vec<(Rendition, FileId)>;

/// Stores the bytes of what was made; what is not adopted goes with the sweep of uploads.
pub(crate) async fn keep(
    cx: &Cx,
    forms: &Forms,
    picture: FileId,
    painting: Painting,
) -> Result<Kept> {
    let house = cx.house();
    let mut kept = Vec::with_capacity(painting.made.len());
    for (rendition, bytes) in painting.made {
        let new = NewFile {
            collection: owner(picture),
            place: None,
            name: rendition.name().into(),
            content_type: None,
            limit_bytes: u64::MAX,
            bytes: stream::iter([Ok(bytes)]),
        };
        let put =
            forms.files().put(&house.db, cx.workspace(), new, &house.clock, &house.chance).await?;
        kept.push((rendition, put.id));
    }
    Ok(kept)
}

/// Makes the files those of the picture, in the transaction that stores it; what was made of it before goes.
pub(crate) async fn adopt(tx: &mut Tx, picture: FileId, kept: &Kept) -> Result<()> {
    let (workspace, owner) = (tx.workspace(), owner(picture));
    let before = store::delete_renditions(tx, picture).await?;
    files::delete(tx, workspace, &before, &owner).await?;
    let ids: Vec<FileId> = kept.iter().map(|(_, id)| *id).collect();
    if let Some(gone) = files::claim(tx, workspace, &ids, &owner, &owner).await? {
        return Err(Error::unavailable(format!("{gone} was swept away before it was adopted")));
    }
    for (rendition, file) in kept {
        store::insert_rendition(tx, picture, rendition.name(), *file).await?;
    }
    Ok(())
}
