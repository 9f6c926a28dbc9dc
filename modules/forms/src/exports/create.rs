//! Asking for an export: a row and a job; the file comes later.

use axum::{
    extract::{FromRequest, Path, Request},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use web::{Cx, Json, Pairs, Reply, Viewable, Visit};

use super::{
    Export, KEPT_DAYS, MOST_UNFINISHED, NewExport,
    asked::asked,
    json::ExportJson,
    layout, list,
    order::{Order, Place, insert},
    store,
    views::Attempt,
};
use crate::{
    forms::{self, Form, FormId},
    paths,
    submissions::{expect_form, questions},
};

/// Notes what is wanted and leaves the work to a job.
async fn create(cx: &Cx, form: FormId, request: &NewExport, place: Place) -> Result<Export> {
    request.check()?;
    let mut tx = cx.begin().await?;
    let found = forms::store::find_form(&mut tx, form).await?.ok_or(Error::NotFound)?;
    let links = (place.origin.clone(), place.slug.clone());
    // Columns that do not exist are told now, and not to a job that nobody watches.
    layout::of_form(&mut tx, &found, request, links).await?;
    questions::expect(&mut tx, form, &request.meant()?, "filter.").await?;
    if store::count_unfinished(&mut tx, MOST_UNFINISHED).await? >= MOST_UNFINISHED {
        return Err(Error::conflict("too_many_exports", TOO_MANY));
    }
    let order = Order { form, kept_days: KEPT_DAYS, schedule: None, place };
    let export = insert(cx, &mut tx, request, order).await?;
    tx.commit().await?;
    Ok(export)
}

const TOO_MANY: &str =
    "Ten exports of this workspace are being made already. Wait for one of them, or cancel it.";

/// Whoever may read the answers need not be able to see the form.
pub(crate) async fn api(
    visit: Visit,
    Path(form): Path<String>,
    request: Request,
) -> Reply<Response> {
    // Before the body is looked at: a form of others is not there, whatever is sent to it.
    let form = expect_form(&visit, &form).await?;
    let place = Place::of(&visit, request.headers());
    let Json(input) = Json::<NewExport>::from_request(request, &()).await?;
    let export = create(&visit, form, &input, place).await?;
    let location = [("location", paths::api_export(export.id))];
    let body = ExportJson::of(&export, visit.now())?;
    Ok((location, web::with_status(StatusCode::ACCEPTED, &body)).into_response())
}

pub(crate) async fn page(
    visit: Visit,
    headers: HeaderMap,
    form: Viewable<Form>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let made = match asked(&pairs) {
        Ok(request) => create(&visit, form.id, &request, Place::of(&visit, &headers)).await,
        Err(problems) => Err(problems.into()),
    };
    let list = paths::exports(visit.slug(), form.id);
    match made {
        Ok(_) => Ok(web::done(&list, "The export has begun")),
        Err(Error::Invalid(problems)) => {
            let attempt = Attempt { pairs: &pairs, problems: &problems, schedule: false };
            list::again(&visit, &form, &attempt).await
        }
        Err(error @ Error::Conflict { .. }) => Ok(web::refused(&list, &error.to_string())),
        Err(error) => Err(error.into()),
    }
}
