//! Taking the last change back, and making it again: each time a new revision with another document,
//! so that it works for several people at once and after a reload.

use axum::response::Response;
use kernel::{Error, Result};
use web::{Cx, Editable, Reply, Visit};

use super::{
    Form,
    edit::Edit,
    editor::Part,
    json::FormJson,
    store::{
        self,
        drafts::{self, DraftChange},
    },
};
use crate::events::FormUpdated;

/// Which way through the changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The newest change is taken back.
    Back,
    /// What was taken back last is made again.
    Forth,
}

/// Swaps the document for the one on the other side of the next change.
pub(crate) async fn go(cx: &Cx, form: Editable<Form>, way: Way) -> Result<Form> {
    let mut form = form.into_inner();
    let mut tx = cx.begin().await?;
    let next = drafts::find_next_change(&mut tx, form.id, way == Way::Forth).await?;
    let next = next.ok_or_else(|| nothing(way))?;
    let other_side = DraftChange {
        title: std::mem::replace(&mut form.title, next.title),
        definition: std::mem::replace(&mut form.definition, next.definition),
        taken_back: way == Way::Back,
        ..next
    };
    form.changed = true;
    form.updated_at = cx.now();
    // Refused here when someone has changed the form since it was read, and with it what comes next.
    store::update_form(&mut tx, &mut form).await?;
    drafts::update_change(&mut tx, form.id, &other_side).await?;
    tx.record(&FormUpdated { form_id: form.id, title: form.title.clone() }).await?;
    tx.commit().await?;
    Ok(form)
}

fn nothing(way: Way) -> Error {
    match way {
        Way::Back => Error::conflict("nothing_to_undo", "There is no change left to take back."),
        Way::Forth => Error::conflict("nothing_to_redo", "There is no change left to make again."),
    }
}

pub(crate) async fn page_undo(edit: Edit) -> Reply<Response> {
    page(edit, Way::Back, "Change taken back").await
}

pub(crate) async fn page_redo(edit: Edit) -> Reply<Response> {
    page(edit, Way::Forth, "Change made again").await
}

async fn page(edit: Edit, way: Way, done: &str) -> Reply<Response> {
    let outcome = match edit.form.expect_revision(Some(edit.revision()?)) {
        Ok(()) => go(&edit.visit, edit.form.clone(), way).await,
        Err(error) => Err(error),
    };
    edit.answer(Part::Whole, outcome, done).await
}

pub(crate) async fn api_undo(visit: Visit, form: Editable<Form>) -> Reply<Response> {
    let form = go(&visit, form, Way::Back).await?;
    Ok(web::json(&FormJson::of(&form, visit.now())?))
}

pub(crate) async fn api_redo(visit: Visit, form: Editable<Form>) -> Reply<Response> {
    let form = go(&visit, form, Way::Forth).await?;
    Ok(web::json(&FormJson::of(&form, visit.now())?))
}
