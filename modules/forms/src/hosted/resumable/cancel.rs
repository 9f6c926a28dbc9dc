//! An upload is given up, whole or not; what is part of a submission stays.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::Error;
use web::{Cx, Reply};

use super::Standing;
use crate::published::Published;

pub(super) async fn cancel(cx: &Cx, form: &Published, id: &str) -> Reply<Response> {
    let standing = Standing::of(cx, form, id).await?;
    let mut tx = cx.within(form.workspace).begin().await?;
    match standing {
        Standing::Whole(file) => files::discard(&mut tx, form.workspace, &[file.id]).await?,
        Standing::Partly(upload) => {
            if !files::cancel_upload(&mut tx, &upload).await? {
                let message = "More of the upload came in this moment. Send this once more.";
                return Err(Error::conflict("upload_offset", message).into());
            }
        }
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
