//! The conditions of a form, tried on answers: what is shown, what must be answered, and why.

use axum::{http::HeaderMap, response::Response};
use kernel::{Error, Fields, Result};
use maud::Markup;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;
use web::{Json, Pairs, Query, Reply, Viewable, Visit};

use super::{
    Form,
    logic_page::{PREFIX, Page, Work},
    logic_view as view,
};
use crate::{
    FORMS_WRITE,
    answers::{Compiled, FieldTold},
    definition::Definition,
    pages::{Viewer, wants_part},
};

/// Answers to try the conditions on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"answers": {"age": 17}}))]
pub(crate) struct LogicTest {
    /// Answers by the keys of the form's fields.
    #[schema(value_type = Object)]
    answers: Box<RawValue>,
}

/// What becomes of each field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LogicReport {
    /// In the form's order.
    fields: Vec<FieldTold>,
}

/// Tries the conditions of the form as it stands now, published or not.
async fn test(
    form: &Form,
    tell: impl FnOnce(&Compiled, &Definition) -> Result<Vec<FieldTold>, Fields> + Send + 'static,
) -> Result<Vec<FieldTold>> {
    let definition = form.definition()?;
    // To compile patterns takes a moment, which the threads that answer do not have.
    let told = tokio::task::spawn_blocking(move || tell(&Compiled::new(&definition)?, &definition));
    Ok(told.await.map_err(Error::internal)??)
}

pub(crate) async fn api(form: Viewable<Form>, Json(input): Json<LogicTest>) -> Reply<Response> {
    let told = test(&form, move |compiled, definition| {
        compiled.told_of_json(definition, input.answers.get())
    });
    Ok(web::json(&LogicReport { fields: told.await? }))
}

/// What the address of the page may carry.
#[derive(Debug, Deserialize)]
pub(crate) struct Opened {
    /// The key of the field whose conditions are to be changed.
    field: Option<String>,
}

/// The conditions, and the questions to try them on.
pub(crate) async fn page(
    visit: Visit,
    form: Viewable<Form>,
    Query(opened): Query<Opened>,
) -> Reply<Markup> {
    let work = Work { open: opened.field.as_deref(), attempt: None };
    let body = drawn(&visit, &form, Vec::new(), work, view::page).await?;
    Ok(web::shell_page(&visit, &form.title, body))
}

/// What the answers lead to: all of the page, or the conditions alone.
pub(crate) async fn page_test(
    visit: Visit,
    headers: HeaderMap,
    form: Viewable<Form>,
    Pairs(pairs): Pairs,
) -> Reply<Markup> {
    let answers = pairs
        .into_iter()
        .filter_map(|(name, text)| name.strip_prefix(PREFIX).map(|key| (key.to_owned(), text)));
    let answers = answers.collect();
    if wants_part(&headers) {
        return Ok(drawn(&visit, &form, answers, Work::default(), view::report).await?);
    }
    let body = drawn(&visit, &form, answers, Work::default(), view::page).await?;
    Ok(web::shell_page(&visit, &form.title, body))
}

/// A view of the form with what the answers lead to.
pub(crate) async fn drawn(
    visit: &Visit,
    form: &Form,
    pairs: Vec<(String, String)>,
    work: Work<'_>,
    view: impl FnOnce(&Page<'_>) -> Markup,
) -> Result<Markup> {
    let answers = pairs.clone();
    let told =
        test(form, move |compiled, definition| Ok(compiled.told_of_form(definition, &answers)));
    let (told, definition) = (told.await?, form.definition()?);
    let viewer = Viewer::of(visit, FORMS_WRITE);
    Ok(view(&Page { viewer, form, definition: &definition, pairs: &pairs, told: &told, work }))
}
