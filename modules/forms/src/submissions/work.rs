//! Working on one submission: every verb of the desk is a step, done here and answered alike.

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kernel::{Id, Permission, Result};
use web::{Change, Cx, Editable, Entity, Reply, Visit};

use super::{
    Submission,
    json::SubmissionJson,
    place::Place,
    show,
    state::{
        self, Scene,
        change::{Step, apply},
    },
    store,
    walk::Entry,
};
use crate::{SUBMISSIONS_MANAGE, SUBMISSIONS_READ, ids::SubmissionKind, pages::wants_part, paths};

/// A submission as the desk works on it: with another right than the one to delete.
#[derive(Debug, Clone)]
pub(crate) struct Case(pub(crate) Submission);

impl Entity for Case {
    type Kind = SubmissionKind;
    const PARAMETER: &'static str = "submission";
    const VIEW: Permission = SUBMISSIONS_READ;
    const EDIT: Permission = SUBMISSIONS_MANAGE;

    async fn find(tx: &mut db::Tx, id: Id<SubmissionKind>) -> Result<Option<Self>> {
        Ok(store::find_submission(tx, id).await?.map(Case))
    }
}

/// Does a step with a case.
pub(crate) async fn work(cx: &Cx, case: &Editable<Case>, step: Step) -> Result<()> {
    let mut tx = cx.begin().await?;
    take(cx, &mut tx, &case.0, step).await?;
    tx.commit().await
}

/// Does a step with a submission inside of a change.
pub(crate) async fn take(
    cx: &Cx,
    tx: &mut Change,
    submission: &Submission,
    step: Step,
) -> Result<()> {
    let actor = cx.actor().name();
    let scene = Scene { form: submission.form_id, actor: &actor, now: cx.now(), bulk_action: None };
    apply(tx, &scene, &[submission.number], |_| step.clone()).await.map(|_| ())
}

/// The submission as it is now.
pub(crate) async fn entry(cx: &Cx, submission: &Submission) -> Result<Entry> {
    let mut tx = cx.read().await?;
    let number = submission.number;
    let mut states = state::store::find_states(&mut tx, submission.form_id, &[number]).await?;
    let state = states.remove(&number).unwrap_or_default();
    Ok(Entry { submission: submission.clone(), state })
}

/// What programs get after a step.
pub(crate) async fn answer(cx: &Cx, submission: &Submission) -> Reply<Response> {
    Ok(web::json(&SubmissionJson::of(entry(cx, submission).await?)?))
}

/// What people get after a step: the submission again, in whole or in part.
pub(crate) async fn shown(
    visit: &Visit,
    headers: &HeaderMap,
    submission: &Submission,
    place: &Place,
    text: &str,
) -> Reply<Response> {
    if wants_part(headers) {
        let part = show::part(visit, submission, place).await?;
        let toast = ui::Toast::new(ui::Tone::Good, text).out_of_band();
        return Ok(maud::html! { (part) (toast) }.into_response());
    }
    let address = place.on(&paths::submission(visit.slug(), submission.id));
    Ok(web::done(&address, text))
}
