//! Taking a bulk action back: each submission becomes what it was, unless somebody has changed it since.

use axum::response::Response;
use db::Json as Document;
use jobs::When;
use kernel::{Error, Result};
use serde::Deserialize;
use web::{Cx, Editable, Form, Reply, Visit};

use super::{
    bulk_actions::{BulkAction, Deed, Selection, store},
    bulk_start::begun,
    place::Place,
    state::change::Step,
    tray::Tray,
};
use crate::{SUBMISSIONS_DELETE, ids::BulkActionId, jobs::RunBulkAction, paths};

/// Leaves it to a job, which walks through what the histories tell of the bulk action.
async fn reverse(cx: &Cx, action: &BulkAction) -> Result<BulkAction> {
    if may_fill_the_bin(action)? {
        cx.require(SUBMISSIONS_DELETE)?;
    }
    if action.finished_at.is_none() {
        let message = "It is still being done. Undo it when it is over.";
        return Err(Error::conflict("still_running", message));
    }
    if !action.can_be_undone() {
        let message = "It did nothing that could be taken back.";
        return Err(Error::conflict("nothing_to_undo", message));
    }
    let reversal = BulkAction {
        id: BulkActionId::new(cx.now(), cx.chance()),
        form_id: action.form_id,
        actor: cx.actor().name(),
        action: action.action.clone(),
        selection: Document::of(&Selection::Numbers(Vec::new()))?,
        state: "running".into(),
        failure: None,
        position: action.changed,
        top: action.changed,
        changed: 0,
        created_at: cx.now(),
        finished_at: None,
        undoes: Some(action.id),
        cursor: None,
        left_alone: 0,
    };
    let mut tx = cx.begin().await?;
    if !store::insert_bulk_action(&mut tx, &reversal).await? {
        let message = "It has been undone already, or is being undone.";
        return Err(Error::conflict("undone_already", message));
    }
    tx.enqueue(&RunBulkAction { bulk_action_id: reversal.id }, When::Now).await?;
    tx.commit().await?;
    Ok(reversal)
}

/// Whether something that it took out of the bin may go back there: that is deleting, which is another right.
fn may_fill_the_bin(action: &BulkAction) -> Result<bool> {
    let Deed::Step(step) = action.deed()? else { return Ok(false) };
    if action.undoes.is_some() {
        return Ok(step.moves());
    }
    Ok(match step {
        Step::Restore => true,
        Step::Archive | Step::MarkSpam { .. } => match action.selection()? {
            Selection::Numbers(_) => true,
            Selection::Filter(query) => Place::of_query(&query)?.filter.tray == Some(Tray::Bin),
        },
        _ => false,
    })
}

pub(crate) async fn api(visit: Visit, action: Editable<BulkAction>) -> Reply<Response> {
    Ok(begun(&reverse(&visit, &action).await?))
}

/// The query of the list that one looks at.
#[derive(Debug, Deserialize)]
pub(crate) struct Looked {
    #[serde(default)]
    place: String,
}

pub(crate) async fn page(
    visit: Visit,
    action: Editable<BulkAction>,
    Form(looked): Form<Looked>,
) -> Reply<Response> {
    let list = Place::seen_in(&looked.place)?.on(&paths::submissions(visit.slug(), action.form_id));
    match reverse(&visit, &action).await {
        Ok(_) => Ok(web::done(&list, "It is being undone")),
        Err(error @ Error::Conflict { .. }) => Ok(web::refused(&list, &error.to_string())),
        Err(error) => Err(error.into()),
    }
}
