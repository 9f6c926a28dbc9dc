//! Makes pictures small that were uploaded when nobody did, or by an older recipe.

use std::{sync::Arc, time::Duration};

use ::jobs::{Failure, JobContext, When};
use bytes::{Bytes, BytesMut};
use files::FileId;
use futures::TryStreamExt;
use kernel::{Actor, Error, Result};
use web::{Cx, House};

use super::{PICTURES, RECIPE, adopt, keep, store};
use crate::{Forms, jobs::MakeRenditions};

/// How often somebody looks for such pictures.
pub(crate) const LOOKED_EVERY: Duration = Duration::from_secs(10 * 60);
/// Pictures that are ordered at a time.
const STEP: i64 = 500;

/// Orders what has to be made; whatever waits already is not ordered twice.
pub(crate) async fn look(house: Arc<House>) -> Result<(), Failure> {
    let mut tx = house.db.system_read("pictures of all workspaces to be made small").await?;
    let found = store::list_older(&mut tx, RECIPE, STEP).await?;
    drop(tx);
    for (workspace, picture) in found {
        let mut tx = Cx::new(house.clone(), Some(workspace), Actor::System).begin().await?;
        tx.enqueue(&MakeRenditions { picture }, When::Now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Makes what the picture is made into. One that cannot be unpacked is shown as it came, and not tried again.
pub(crate) async fn run(
    house: Arc<House>,
    forms: Forms,
    context: JobContext,
    picture: FileId,
) -> Result<(), Failure> {
    let cx = Cx::of_job(house, &context);
    // Before the bytes come: many such jobs may wait.
    let turn = forms.easel().turn().await?;
    let Some(bytes) = whole(&cx, &forms, picture).await? else {
        return Ok(());
    };
    let made = match turn.paint(bytes).await? {
        Ok(painting) => Some((painting.sides, keep(&cx, &forms, picture, painting).await?)),
        Err(refusal) => {
            tracing::warn!(%picture, ?refusal, "a picture is shown as it came");
            None
        }
    };
    let mut tx = cx.begin().await?;
    let ours = store::update_recipe(&mut tx, picture, RECIPE).await?;
    if let (Some((sides, kept)), true) = (made, ours) {
        store::update_sides(&mut tx, picture, sides).await?;
        adopt(&mut tx, picture, &kept).await?;
    }
    context.finish(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// The bytes of a picture that is still to be made; none when it is gone, or others were faster.
async fn whole(cx: &Cx, forms: &Forms, picture: FileId) -> Result<Option<Bytes>> {
    let mut tx = cx.read().await?;
    if store::find_recipe(&mut tx, picture).await?.is_none_or(|recipe| recipe >= RECIPE) {
        return Ok(None);
    }
    let content = match forms.files().open(&mut tx, picture, Some(PICTURES)).await {
        Ok((_, content)) => content,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    drop(tx);
    let all = content.try_fold(BytesMut::new(), async |mut all, piece| {
        all.extend_from_slice(&piece);
        Ok(all)
    });
    Ok(Some(all.await?.freeze()))
}
