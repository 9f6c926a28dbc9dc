//! Putting a form away: out of sight and taking nothing, with everything kept.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use kernel::Result;
use web::{Cx, Editable, Reply, Visit};

use super::{Form, json::FormJson, store};
use crate::{
    Forms,
    events::{FormArchived, FormClosed, FormUnarchived},
    paths,
};

/// Puts the form away and closes it.
pub(crate) async fn archive(cx: &Cx, forms: &Forms, form: Editable<Form>) -> Result<Form> {
    let mut form = form.into_inner();
    if form.archived_at.is_some() {
        return Ok(form);
    }
    let was_open = form.published;
    form.published = false;
    form.updated_at = cx.now();
    form.archived_at = Some(cx.now());
    let mut tx = cx.begin().await?;
    store::update_form(&mut tx, &mut form).await?;
    if was_open {
        tx.record(&FormClosed { form_id: form.id, title: form.title.clone() }).await?;
    }
    tx.record(&FormArchived { form_id: form.id, title: form.title.clone() }).await?;
    forms.published().announce(&mut tx, &form);
    tx.commit().await?;
    Ok(form)
}

/// Brings it back as it was left, closed.
pub(crate) async fn unarchive(cx: &Cx, form: Editable<Form>) -> Result<Form> {
    let mut form = form.into_inner();
    if form.archived_at.take().is_none() {
        return Ok(form);
    }
    form.updated_at = cx.now();
    let mut tx = cx.begin().await?;
    store::update_form(&mut tx, &mut form).await?;
    tx.record(&FormUnarchived { form_id: form.id, title: form.title.clone() }).await?;
    tx.commit().await?;
    Ok(form)
}

pub(crate) async fn page_archive(
    State(forms): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
) -> Reply<Response> {
    let form = archive(&visit, &forms, form).await?;
    let text =
        format!("“{}” was archived: it takes no answers, and nothing was deleted", form.title);
    Ok(web::done(&paths::forms(visit.slug()), &text))
}

pub(crate) async fn page_unarchive(visit: Visit, form: Editable<Form>) -> Reply<Response> {
    let form = unarchive(&visit, form).await?;
    let text = "The form is back. Publish it to take answers again.";
    Ok(web::done(&paths::form(visit.slug(), form.id), text))
}

pub(crate) async fn api_archive(
    State(forms): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
) -> Reply<Response> {
    Ok(web::json(&FormJson::of(&archive(&visit, &forms, form).await?, visit.now())?)
        .into_response())
}

pub(crate) async fn api_unarchive(visit: Visit, form: Editable<Form>) -> Reply<Response> {
    Ok(web::json(&FormJson::of(&unarchive(&visit, form).await?, visit.now())?))
}
