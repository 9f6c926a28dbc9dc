//! The insights of a form: as a page, and as JSON.

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kernel::Result;
use web::{Query, Reply, Viewable, Visit};

use super::{
    asked::Asked,
    report::{Report, report},
    views::{self, Page},
};
use crate::{
    FORMS_WRITE,
    forms::Form,
    pages::{Viewer, wants_part},
};

async fn asked_for(visit: &Visit, form: &Form, asked: &Asked) -> Result<Report> {
    report(&mut visit.read().await?, form, asked, visit.now()).await
}

pub(crate) async fn api(
    visit: Visit,
    form: Viewable<Form>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let asked = Asked::read(&pairs)?;
    Ok(web::json(&asked_for(&visit, &form, &asked).await?))
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    form: Viewable<Form>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply<Response> {
    let asked = Asked::read(&pairs)?;
    let report = asked_for(&visit, &form, &asked).await?;
    let viewer = Viewer::of(&visit, FORMS_WRITE);
    let page =
        Page { viewer, form: &form, asked: &asked, report: &report, pairs: &pairs, refused: None };
    if wants_part(&headers) {
        return Ok(views::container(&page).into_response());
    }
    Ok(web::shell_page(&visit, &form.title, views::page(&page)).into_response())
}
