//! A form once more, and a form as a file: what it asks and accepts, without what came in.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use web::{Cx, Json, Reply, Viewable, Visit};

use super::{
    Form, LONGEST_TITLE, NewForm, acceptance::AcceptanceJson, create::create, json::FormJson,
};
use crate::{definition::Strict, paths, protection::Protection};

/// A form as a document, which makes the same form anywhere: `POST /api/forms` takes it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormDocument {
    title: String,
    #[schema(value_type = Vec<crate::schema::FieldSchema>, example = json!([
        {"key": "email", "type": "email", "label": "E-mail", "required": true}
    ]))]
    fields: Value,
    #[schema(value_type = crate::schema::SettingsSchema)]
    settings: Value,
    acceptance: AcceptanceJson,
    protection: Protection,
}

impl FormDocument {
    pub(crate) fn of(form: &Form) -> Result<Self> {
        let mut document: Value = form.definition.read()?;
        let settings = match document["settings"].take() {
            Value::Null => Value::Object(Map::new()),
            settings => settings,
        };
        Ok(FormDocument {
            title: form.title.clone(),
            fields: document["fields"].take(),
            settings,
            acceptance: form.acceptance.json(),
            protection: form.protection.clone(),
        })
    }
}

/// What the copy is called.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCopy {
    /// Absent: “Copy of …”.
    #[serde(default)]
    title: Option<String>,
}

/// Makes a draft like this form, in the same folder. A last moment that has passed is left out.
pub(crate) async fn copy(cx: &Cx, form: &Form, title: Option<String>) -> Result<Form> {
    let FormDocument { fields, settings, mut acceptance, protection, .. } = FormDocument::of(form)?;
    acceptance.closes_at = acceptance.closes_at.filter(|at| *at > cx.now());
    let usual = || format!("Copy of {}", form.title).chars().take(LONGEST_TITLE).collect();
    let input = NewForm {
        title: title.unwrap_or_else(usual),
        fields: Strict(fields),
        settings: Some(Strict(settings)),
        acceptance: Some(acceptance),
        protection: Some(protection.into()),
        folder_id: form.folder_id,
    };
    create(cx, input).await
}

pub(crate) async fn page(visit: Visit, form: Viewable<Form>) -> Reply<Response> {
    let made = copy(&visit, &form, None).await?;
    Ok(web::done(&paths::form(visit.slug(), made.id), "Here is the copy, not published yet"))
}

pub(crate) async fn api(
    visit: Visit,
    form: Viewable<Form>,
    Json(input): Json<NewCopy>,
) -> Reply<Response> {
    let made = copy(&visit, &form, input.title).await?;
    Ok(web::created(&paths::api_form(made.id), &FormJson::of(&made, visit.now())?))
}

/// The document, as a file.
pub(crate) async fn api_document(form: Viewable<Form>) -> Reply<Response> {
    document(&form)
}

/// The same from the page.
pub(crate) async fn page_document(form: Viewable<Form>) -> Reply<Response> {
    document(&form)
}

fn document(form: &Form) -> Reply<Response> {
    let text = serde_json::to_string_pretty(&FormDocument::of(form)?).map_err(Error::internal)?;
    let name = format!("attachment; filename=\"{}.json\"", file_name(&form.title));
    let mut headers = vec![(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    headers.extend(HeaderValue::from_str(&name).ok().map(|it| (header::CONTENT_DISPOSITION, it)));
    headers.push((
        HeaderName::from_static("x-content-type-options"),
        HeaderValue::from_static("nosniff"),
    ));
    Ok((headers.into_iter().collect::<axum::http::HeaderMap>(), text + "\n").into_response())
}

/// `Contact us` → `contact-us`; what has no ASCII letters is a `form`.
fn file_name(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_ascii_alphanumeric());
    let name = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    match name.to_ascii_lowercase() {
        name if name.is_empty() => "form".to_owned(),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_is_called_as_its_form() {
        let names = ["Contact us!", "お名前", "  A/B \"c\" "].map(file_name);
        assert_eq!(names, ["contact-us", "form", "a-b-c"]);
    }
}
