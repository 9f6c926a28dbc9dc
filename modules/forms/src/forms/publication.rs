//! Publishing a form freezes a version and opens it; closing keeps the version and takes no more.

use axum::{extract::State, response::Response};
use kernel::{Error, Result};
use web::{Cx, Editable, Reply, Visit};

use super::{
    Form,
    edit::Edit,
    editor::{Part, View},
    json::FormJson,
    store,
};
use crate::{
    Forms,
    events::{FormClosed, FormPublished},
    pages::sent,
};

/// Freezes the document as the next version, unless nothing has changed, and opens the form.
pub(crate) async fn publish(cx: &Cx, forms: &Forms, form: Editable<Form>) -> Result<Form> {
    let mut form = form.into_inner();
    if form.archived_at.is_some() {
        let message = "The form is archived. Bring it back first, in its settings.";
        return Err(Error::conflict("archived", message));
    }
    form.acceptance.fits(&form.definition()?)?;
    form.updated_at = cx.now();
    form.published = true;
    let mut tx = cx.begin().await?;
    let fresh = form.changed;
    form.version += i64::from(fresh);
    form.changed = false;
    // First the form itself: whoever is slower is refused here and freezes nothing.
    store::update_form(&mut tx, &mut form).await?;
    if fresh {
        store::insert_version(&mut tx, &form, &cx.actor().name()).await?;
    }
    store::insert_counter(&mut tx, &form).await?;
    tx.record(&FormPublished {
        form_id: form.id,
        title: form.title.clone(),
        version: form.version,
    })
    .await?;
    forms.published().announce(&mut tx, &form);
    tx.commit().await?;
    Ok(form)
}

/// Takes no more submissions; those in the writer's queue are still stored.
pub(crate) async fn close(cx: &Cx, forms: &Forms, form: Editable<Form>) -> Result<Form> {
    let mut form = form.into_inner();
    form.updated_at = cx.now();
    form.published = false;
    let mut tx = cx.begin().await?;
    store::update_form(&mut tx, &mut form).await?;
    tx.record(&FormClosed { form_id: form.id, title: form.title.clone() }).await?;
    forms.published().announce(&mut tx, &form);
    tx.commit().await?;
    Ok(form)
}

/// Publishes what the page showed, and nothing that someone else has put in since.
pub(crate) async fn page_publish(State(forms): State<Forms>, edit: Edit) -> Reply<Response> {
    let outcome = match edit.form.expect_revision(Some(edit.revision()?)) {
        Ok(()) => publish(&edit.visit, &forms, edit.form.clone()).await,
        Err(error) => Err(error),
    };
    let from = sent(&edit.pairs, "from").unwrap_or_default();
    match View::publishing(from, edit.visit.slug(), edit.form.id) {
        Some(page) => back(&page, outcome),
        None => edit.answer(Part::Whole, outcome, PUBLISHED).await,
    }
}

const PUBLISHED: &str = "Published: the form takes answers";

/// To the page on which it was published, with what became of it.
fn back(page: &str, outcome: Result<Form>) -> Reply<Response> {
    match outcome {
        Ok(_) => Ok(web::done(page, PUBLISHED)),
        Err(Error::Conflict { message, .. }) => Ok(web::refused(page, &message)),
        Err(Error::Invalid(problems)) => {
            let told: Vec<&str> = problems.iter().map(|it| it.message.as_str()).collect();
            Ok(web::refused(page, &told.join(" ")))
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn page_close(State(forms): State<Forms>, edit: Edit) -> Reply<Response> {
    let outcome = close(&edit.visit, &forms, edit.form.clone()).await;
    edit.answer(Part::Whole, outcome, "Closed: the form takes no more answers").await
}

pub(crate) async fn api_publish(
    State(forms): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
) -> Reply<Response> {
    let form = publish(&visit, &forms, form).await?;
    Ok(web::json(&FormJson::of(&form, visit.now())?))
}

pub(crate) async fn api_close(
    State(forms): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
) -> Reply<Response> {
    let form = close(&visit, &forms, form).await?;
    Ok(web::json(&FormJson::of(&form, visit.now())?))
}
