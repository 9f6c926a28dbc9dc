//! The folders of a workspace, by name.

use axum::response::Response;
use kernel::Result;
use serde::Serialize;
use utoipa::ToSchema;
use web::{Cx, Reply, Visit};

use super::{Folder, store};

/// All folders.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Folders {
    data: Vec<Folder>,
}

pub(crate) async fn list(cx: &Cx) -> Result<Vec<Folder>> {
    let mut tx = cx.read().await?;
    store::list_folders(&mut tx).await
}

pub(crate) async fn api(visit: Visit) -> Reply<Response> {
    Ok(web::json(&Folders { data: list(&visit).await? }))
}
