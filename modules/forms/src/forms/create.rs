//! Making a form.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use db::Json as Document;
use kernel::{Error, Fields, Result};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use web::{Cx, Json, Reply, Visit};

use super::{
    Acceptance, FolderId, Form, FormHead, FormId,
    acceptance::AcceptanceJson,
    checked_document, checked_title,
    json::FormJson,
    new_form_view::{self, Attempt},
    pictures, store,
};
use crate::{
    FORMS_WRITE, Forms,
    definition::Strict,
    events::FormCreated,
    folders,
    gallery::Template,
    pages::Viewer,
    paths,
    protection::{NewProtection, Protection},
};

/// A form to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewForm {
    /// 1 to 200 characters.
    #[schema(example = "Contact us")]
    pub title: String,
    /// The fields in order, as objects with `key`, `type`, `label`, `required` and the type's settings.
    #[schema(value_type = Vec<crate::schema::FieldSchema>, example = json!([
        {"key": "email", "type": "email", "label": "E-mail", "required": true},
        {"key": "message", "type": "long_text", "label": "Your message"}
    ]))]
    pub fields: Strict,
    /// How it presents itself; what is absent is as usual.
    #[serde(default)]
    #[schema(value_type = Option<crate::schema::SettingsSchema>)]
    pub settings: Option<Strict>,
    /// What it accepts; everything unless it says otherwise.
    #[serde(default)]
    pub acceptance: Option<AcceptanceJson>,
    /// How it keeps spam apart; as usual unless it says otherwise.
    #[serde(default)]
    pub protection: Option<NewProtection>,
    /// The folder that it goes into.
    #[serde(default)]
    pub folder_id: Option<FolderId>,
}

impl NewForm {
    /// One that asks this, and accepts everything.
    pub fn of(title: &str, fields: serde_json::Value) -> Self {
        let (title, fields) = (title.to_owned(), Strict(fields));
        NewForm {
            title,
            fields,
            settings: None,
            acceptance: None,
            protection: None,
            folder_id: None,
        }
    }
}

/// Makes a form, not published yet.
pub(crate) async fn create(cx: &Cx, input: NewForm) -> Result<Form> {
    cx.require(FORMS_WRITE)?;
    let mut problems = Fields::new();
    let title = checked_title(&input.title, &mut problems);
    let document = json!({"fields": input.fields.0, "settings": input.settings.map(|it| it.0)});
    let definition = checked_document(document).await?;
    let mut definition = definition.map_err(|found| problems.extend(found)).ok();
    if let Some(definition) = &mut definition {
        problems.extend(pictures::settle(cx, definition).await?);
    }
    let mut acceptance = Acceptance::default();
    if let Some((sent, definition)) = input.acceptance.zip(definition.as_ref()) {
        let changed = acceptance.change(sent, definition, cx.chance());
        problems.extend(changed.err().unwrap_or_default());
    }
    let protection = input.protection.unwrap_or_default().checked();
    let protection = protection.map_err(|found| problems.extend(found)).unwrap_or_default();
    problems.into_result()?;
    let mut form = fresh(cx, title, Document::of(&definition)?);
    form.acceptance = acceptance;
    form.protection = protection;
    form.folder_id = input.folder_id;
    let mut tx = cx.begin().await?;
    if let Some(folder) = form.folder_id {
        folders::expect(&mut tx, folder).await?;
    }
    store::insert_form(&mut tx, &form).await?;
    tx.record(&FormCreated { form_id: form.id, title: form.title.clone() }).await?;
    tx.commit().await?;
    Ok(form)
}

fn fresh(cx: &Cx, title: String, definition: Document) -> Form {
    let now = cx.now();
    let head = FormHead {
        workspace_id: cx.workspace(),
        id: FormId::new(now, cx.chance()),
        public_id: kernel::short_id(cx.chance()),
        title,
        version: 0,
        published: false,
        changed: true,
        revision: 1,
        submission_count: 0,
        processed_to: 0,
        created_at: now,
        updated_at: now,
        held: 0,
        acceptance: Acceptance::default(),
        protection: Protection::default(),
        folder_id: None,
        archived_at: None,
    };
    Form { head, definition }
}

/// How the new form begins: with a title of its own, from the gallery, or as a document.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Beginning {
    #[serde(default)]
    title: String,
    /// A form of the gallery.
    template: Option<String>,
    /// A document, as it was downloaded.
    document: Option<String>,
    /// Of the file that it was taken from.
    #[serde(default)]
    file_name: String,
}

/// The page that asks how to begin.
pub(crate) async fn blank(visit: Visit) -> Markup {
    shown(&visit, &Attempt::default())
}

fn shown(visit: &Visit, attempt: &Attempt<'_>) -> Markup {
    let body = html! {
        (new_form_view::page(&Viewer::of(visit, FORMS_WRITE), attempt))
        script src=(ui::url("chosen_file.js")) type="module" {}
    };
    web::shell_page(visit, "New form", body)
}

pub(crate) async fn page(visit: Visit, web::Form(input): web::Form<Beginning>) -> Reply<Response> {
    let made = match begin(&input) {
        Ok(new) => create(&visit, new).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(form) => {
            Ok(web::done(&paths::form(visit.slug(), form.id), "Form made: now its questions"))
        }
        Err(error @ (Error::Invalid(_) | Error::Malformed(_))) => {
            let attempt = Attempt {
                title: &input.title,
                document: input.document.as_deref().unwrap_or_default(),
                file_name: &input.file_name,
                error: Some(&error),
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&visit, &attempt)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn begin(input: &Beginning) -> Result<NewForm> {
    if let Some(document) = &input.document {
        return web::from_json(document.as_bytes()).map_err(|error| match error {
            Error::Malformed(text) => {
                Error::Malformed(text.replacen("The body", "The document", 1))
            }
            other => other,
        });
    }
    let Some(name) = &input.template else {
        // Every form asks something, so a new one begins with what nearly all of them ask.
        let first = json!([{"type": "long_text", "label": "Your message"}]);
        return Ok(NewForm::of(&input.title, first));
    };
    let template = Template::find(name).ok_or(Error::NotFound)?;
    serde_json::from_value(template.document()?).map_err(Error::internal)
}

pub(crate) async fn api(
    State(_): State<Forms>,
    visit: Visit,
    Json(input): Json<NewForm>,
) -> Reply<Response> {
    let form = create(&visit, input).await?;
    Ok(web::created(&paths::api_form(form.id), &FormJson::of(&form, visit.now())?))
}
