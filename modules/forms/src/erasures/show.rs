//! One erasure: what was found, how far it is, and what is gone.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use web::{Reply, Viewable, Visit};

use super::{
    Erasure,
    json::{ErasureJson, earlier},
    list::people,
    store,
    views::one::{self, Sheet},
};
use crate::{
    Forms, SUBMISSIONS_DELETE,
    pages::{Viewer, wants_part},
};

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    erasure: Viewable<Erasure>,
) -> Reply<Response> {
    Ok(web::json(&ErasureJson::find(&forms, &visit, &erasure).await?))
}

pub(crate) async fn page(
    State(forms): State<Forms>,
    visit: Visit,
    headers: HeaderMap,
    erasure: Viewable<Erasure>,
) -> Reply<Response> {
    let counts = if erasure.started_at.is_some() { erasure.erased()? } else { erasure.found()? };
    let of_forms: Vec<_> = counts.forms.iter().map(|form| form.form_id).collect();
    let sheet = Sheet {
        viewer: Viewer::of(&visit, SUBMISSIONS_DELETE),
        erasure: &erasure,
        person: erasure.person(forms.secrets())?,
        earlier: &earlier(&visit, &erasure).await?,
        people: &people(&visit).await?,
        titles: &store::list_titles(&mut visit.read().await?, of_forms).await?,
        counts,
    };
    if wants_part(&headers) {
        return Ok(one::container(&sheet).into_response());
    }
    Ok(web::shell_page(&visit, one::TITLE, one::page(&sheet)).into_response())
}
