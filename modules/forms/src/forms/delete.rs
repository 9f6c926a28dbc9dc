//! Deleting a form: gone at once, its submissions swept away by a job.

use axum::{extract::State, response::Response};
use jobs::When;
use kernel::Result;
use web::{Cx, Editable, Reply, Visit};

use super::{Form, store};
use crate::{Forms, events::FormDeleted, jobs::SweepForm};

/// Deletes the form and everything sent to it.
pub(crate) async fn delete(cx: &Cx, forms: &Forms, form: Editable<Form>) -> Result<()> {
    let mut tx = cx.begin().await?;
    store::mark_deleted(&mut tx, form.id, cx.now()).await?;
    tx.record(&FormDeleted { form_id: form.id, title: form.title.clone() }).await?;
    tx.enqueue(&SweepForm { form_id: form.id }, When::Now).await?;
    forms.published.announce(&mut tx, &form);
    tx.commit().await
}

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
) -> Reply<Response> {
    delete(&visit, &forms, form).await?;
    Ok(web::no_content())
}
