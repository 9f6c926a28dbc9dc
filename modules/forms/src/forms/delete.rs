//! Deleting a form: gone at once, its submissions swept away by a job.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use jobs::When;
use kernel::Result;
use serde::Deserialize;
use web::{Cx, Editable, Reply, Visit};

use super::{Form, editor, store};
use crate::{
    FORMS_WRITE, Forms,
    events::FormDeleted,
    jobs::SweepForm,
    pages::{Viewer, wants_part},
    paths,
};

/// Deletes the form and everything sent to it.
pub(crate) async fn delete(cx: &Cx, forms: &Forms, form: Editable<Form>) -> Result<()> {
    let mut tx = cx.begin().await?;
    store::mark_deleted(&mut tx, form.id, cx.now()).await?;
    tx.record(&FormDeleted { form_id: form.id, title: form.title.clone() }).await?;
    tx.enqueue(&SweepForm { form_id: form.id }, When::Now).await?;
    forms.published().announce(&mut tx, &form);
    tx.commit().await
}

/// The title, typed to show that this form is meant.
#[derive(Debug, Deserialize)]
pub(crate) struct Confirmation {
    confirmation: String,
}

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    headers: HeaderMap,
    form: Editable<Form>,
    web::Form(input): web::Form<Confirmation>,
) -> Reply<Response> {
    if input.confirmation.trim() != form.title {
        return Ok(refused(&visit, &headers, &form, &input.confirmation));
    }
    let text = format!("“{}” was deleted", form.title);
    delete(&visit, &forms, form).await?;
    let list = paths::forms(visit.slug());
    if wants_part(&headers) {
        let response = ([("hx-redirect", list)], "").into_response();
        return Ok(web::tell(response, ui::Tone::Good, &text));
    }
    Ok(web::done(&list, &text))
}

fn refused(visit: &Visit, headers: &HeaderMap, form: &Form, typed: &str) -> Response {
    let viewer = Viewer::of(visit, FORMS_WRITE);
    let asked_again = editor::deletion_form(&viewer, form, Some(typed), None);
    let body = if wants_part(headers) {
        asked_again
    } else {
        web::shell_page(visit, "Delete this form?", asked_again)
    };
    (StatusCode::UNPROCESSABLE_ENTITY, body).into_response()
}

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
) -> Reply<Response> {
    delete(&visit, &forms, form).await?;
    Ok(web::no_content())
}
