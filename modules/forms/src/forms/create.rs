//! Making a form.

use axum::{extract::State, response::Response};
use db::Json as Document;
use kernel::{Fields, Result};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use web::{Cx, Json, Reply, Visit};

use super::{Form, FormId, checked_title, json::FormJson, store};
use crate::{FORMS_WRITE, Forms, definition::Definition, events::FormCreated, paths};

/// A form to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewForm {
    /// 1 to 200 characters.
    pub title: String,
    /// The fields in order, as objects with `key`, `type`, `label`, `required` and the type's settings.
    #[schema(value_type = Vec<crate::documents::FieldSchema>)]
    pub fields: Value,
}

/// Makes a form, not published yet.
pub(crate) async fn create(cx: &Cx, input: NewForm) -> Result<Form> {
    cx.require(FORMS_WRITE)?;
    let mut problems = Fields::new();
    let title = checked_title(&input.title, &mut problems);
    let definition =
        Definition::from_fields(input.fields).map_err(|found| problems.extend(found)).ok();
    problems.into_result()?;
    let form = fresh(cx, title, Document::of(&definition)?);
    let mut tx = cx.begin().await?;
    store::insert_form(&mut tx, &form).await?;
    tx.record(&FormCreated { form_id: form.id, title: form.title.clone() }).await?;
    tx.commit().await?;
    Ok(form)
}

fn fresh(cx: &Cx, title: String, definition: Document) -> Form {
    let now = cx.now();
    Form {
        workspace_id: cx.workspace(),
        id: FormId::new(now, cx.chance()),
        public_id: kernel::short_id(cx.chance()),
        title,
        definition,
        version: 0,
        published: false,
        changed: true,
        revision: 1,
        submission_count: 0,
        processed_to: 0,
        created_at: now,
        updated_at: now,
    }
}

pub(crate) async fn api(
    State(_): State<Forms>,
    visit: Visit,
    Json(input): Json<NewForm>,
) -> Reply<Response> {
    let form = create(&visit, input).await?;
    Ok(web::created(&paths::api_form(form.id), &FormJson::of(&form)?))
}
