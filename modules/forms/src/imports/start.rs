//! Letting a job check the rows, store them, or take them back.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jobs::When;
use kernel::{Error, Result};
use web::{Change, Cx, Editable, Reply, Visit};

use super::{
    Import, MOST_UNFINISHED, Status, Task, create::published, json::ImportJson, mapping, store,
};
use crate::{Forms, events::ImportStarted, jobs::RunImport, paths};

const TOO_MANY: &str =
    "Ten imports of this workspace are at work already. Wait for one of them, or stop it.";

/// Judges every row and stores none.
pub(super) async fn check(forms: &Forms, cx: &Cx, import: &Editable<Import>) -> Result<Import> {
    let mut tx = cx.begin().await?;
    let now = store::find_import(&mut tx, import.id).await?.ok_or(Error::NotFound)?;
    require_sound(forms, cx, &now).await?;
    if !store::start(&mut tx, import.id, Task::Check).await? {
        return Err(now.settled());
    }
    store::delete_errors(&mut tx, import.id).await?;
    begin(tx, &now, Task::Check).await
}

/// Stores the rows; one that was stopped goes on where it stopped.
async fn run(forms: &Forms, cx: &Cx, import: &Editable<Import>) -> Result<Import> {
    let mut tx = cx.begin().await?;
    let now = store::find_import(&mut tx, import.id).await?.ok_or(Error::NotFound)?;
    require_sound(forms, cx, &now).await?;
    let stopped = matches!(now.status(), Status::Failed | Status::Cancelled);
    let goes_on = now.task() == Task::Run && stopped && now.has_stored();
    let started = match goes_on {
        true => store::go_on(&mut tx, import.id, Task::Run).await?,
        false => store::start(&mut tx, import.id, Task::Run).await?,
    };
    if !started {
        return Err(now.settled());
    }
    if !goes_on {
        store::delete_errors(&mut tx, import.id).await?;
    }
    begin(tx, &now, Task::Run).await
}

/// Deletes for good what it stored.
async fn remove(cx: &Cx, import: &Editable<Import>) -> Result<Import> {
    let mut tx = cx.begin().await?;
    let now = store::find_import(&mut tx, import.id).await?.ok_or(Error::NotFound)?;
    if !now.has_stored() {
        return Err(Error::conflict("nothing_stored", "Nothing of this import is stored."));
    }
    if !store::go_on(&mut tx, import.id, Task::Removal).await? {
        return Err(now.settled());
    }
    begin(tx, &now, Task::Removal).await
}

/// A mapping that the published questions can be answered by, and a file.
async fn require_sound(forms: &Forms, cx: &Cx, import: &Import) -> Result<()> {
    import.file()?;
    let published = published(forms, cx, import.form_id).await?;
    let (mapping, form) = (import.mapping()?, &published.frozen.definition);
    mapping::check(&mapping, &import.columns()?, import.format(), form)?;
    mapping::require_answers(&mapping, form)?;
    Ok(())
}

async fn begin(mut tx: Change, import: &Import, task: Task) -> Result<Import> {
    // The one that has just been made to wait is among them.
    if store::count_unfinished(&mut tx, MOST_UNFINISHED + 1).await? > MOST_UNFINISHED {
        return Err(Error::conflict("too_many_imports", TOO_MANY));
    }
    let (form_id, import_id) = (import.form_id, import.id.to_string());
    tx.record(&ImportStarted { form_id, import_id, task: task.word() }).await?;
    tx.enqueue(&RunImport { import_id: import.id }, When::Now).await?;
    let begun = store::find_import(&mut tx, import.id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(begun)
}

fn accepted(import: &Import, visit: &Visit) -> Reply<Response> {
    Ok(web::with_status(StatusCode::ACCEPTED, &ImportJson::told(import, visit)?).into_response())
}

pub(crate) async fn api_check(
    State(forms): State<Forms>,
    visit: Visit,
    import: Editable<Import>,
) -> Reply<Response> {
    accepted(&check(&forms, &visit, &import).await?, &visit)
}

pub(crate) async fn api_run(
    State(forms): State<Forms>,
    visit: Visit,
    import: Editable<Import>,
) -> Reply<Response> {
    accepted(&run(&forms, &visit, &import).await?, &visit)
}

pub(crate) async fn api_remove(visit: Visit, import: Editable<Import>) -> Reply<Response> {
    accepted(&remove(&visit, &import).await?, &visit)
}

pub(crate) async fn page_check(
    State(forms): State<Forms>,
    visit: Visit,
    import: Editable<Import>,
) -> Reply<Response> {
    told(&visit, &import, check(&forms, &visit, &import).await, "The check has begun")
}

pub(crate) async fn page_run(
    State(forms): State<Forms>,
    visit: Visit,
    import: Editable<Import>,
) -> Reply<Response> {
    told(&visit, &import, run(&forms, &visit, &import).await, "The import has begun")
}

pub(crate) async fn page_remove(visit: Visit, import: Editable<Import>) -> Reply<Response> {
    told(&visit, &import, remove(&visit, &import).await, "What it stored is being deleted")
}

fn told(visit: &Visit, import: &Import, begun: Result<Import>, text: &str) -> Reply<Response> {
    let here = paths::import(visit.slug(), import.id);
    match begun {
        Ok(_) => Ok(web::done(&here, text)),
        Err(error @ (Error::Conflict { .. } | Error::Invalid(_) | Error::Gone(_))) => {
            Ok(web::refused(&here, &error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}
