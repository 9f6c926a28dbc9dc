//! Making, renaming and deleting folders.

use axum::response::Response;
use kernel::{Error, Result};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{Cx, Editable, Form, Json, Reply, Visit};

use super::{Folder, MOST, checked_name, store};
use crate::{
    events::{FolderCreated, FolderDeleted, FolderRenamed},
    ids::FolderId,
    paths,
};

/// What a folder is called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FolderName {
    /// 1 to 80 characters, and no other folder's.
    #[schema(example = "Events")]
    pub(crate) name: String,
}

/// The same from a page, whose forms carry more.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    name: String,
}

fn taken() -> Error {
    Error::invalid("name", "taken", "There is a folder of that name already.")
}

pub(crate) async fn create(cx: &Cx, name: &str) -> Result<Folder> {
    let name = checked_name(name)?;
    let folder = Folder { id: FolderId::new(cx.now(), cx.chance()), name, created_at: cx.now() };
    let mut tx = cx.begin().await?;
    if store::list_folders(&mut tx).await?.len() >= MOST {
        return Err(Error::conflict("too_many", "There are 200 folders already; delete some."));
    }
    if !store::insert_folder(&mut tx, &folder).await? {
        return Err(taken());
    }
    tx.record(&FolderCreated { folder_id: folder.id, name: folder.name.clone() }).await?;
    tx.commit().await?;
    Ok(folder)
}

async fn rename(cx: &Cx, folder: Editable<Folder>, name: &str) -> Result<Folder> {
    let folder = Folder { name: checked_name(name)?, ..folder.into_inner() };
    let mut tx = cx.begin().await?;
    if !store::rename_folder(&mut tx, folder.id, &folder.name).await? {
        return Err(taken());
    }
    tx.record(&FolderRenamed { folder_id: folder.id, name: folder.name.clone() }).await?;
    tx.commit().await?;
    Ok(folder)
}

/// Its forms stay, in no folder.
async fn delete(cx: &Cx, folder: Editable<Folder>) -> Result<()> {
    let mut tx = cx.begin().await?;
    store::delete_folder(&mut tx, folder.id, cx.now()).await?;
    tx.record(&FolderDeleted { folder_id: folder.id, name: folder.name.clone() }).await?;
    tx.commit().await
}

/// Back to the list of forms, with what became of it.
fn told(visit: &Visit, outcome: Result<FolderId>, done: &str) -> Reply<Response> {
    match outcome {
        Ok(id) => Ok(web::done(&paths::forms_in(visit.slug(), id), done)),
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) => {
            Ok(web::refused(&paths::forms(visit.slug()), &error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn page_create(visit: Visit, Form(input): Form<Named>) -> Reply<Response> {
    let made = create(&visit, &input.name).await.map(|folder| folder.id);
    told(&visit, made, "Folder made")
}

pub(crate) async fn page_rename(
    visit: Visit,
    folder: Editable<Folder>,
    Form(input): Form<Named>,
) -> Reply<Response> {
    let renamed = rename(&visit, folder, &input.name).await.map(|folder| folder.id);
    told(&visit, renamed, "Folder renamed")
}

pub(crate) async fn page_delete(visit: Visit, folder: Editable<Folder>) -> Reply<Response> {
    delete(&visit, folder).await?;
    Ok(web::done(&paths::forms(visit.slug()), "Folder deleted; its forms are here"))
}

pub(crate) async fn api_create(visit: Visit, Json(input): Json<FolderName>) -> Reply<Response> {
    let folder = create(&visit, &input.name).await?;
    Ok(web::created(&paths::api_folder(folder.id), &folder))
}

pub(crate) async fn api_rename(
    visit: Visit,
    folder: Editable<Folder>,
    Json(input): Json<FolderName>,
) -> Reply<Response> {
    Ok(web::json(&rename(&visit, folder, &input.name).await?))
}

pub(crate) async fn api_delete(visit: Visit, folder: Editable<Folder>) -> Reply<Response> {
    delete(&visit, folder).await?;
    Ok(web::no_content())
}
