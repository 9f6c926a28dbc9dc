//! Changing title and fields; what is published stays as it is until the next version.

use axum::response::Response;
use db::Json as Document;
use kernel::{Fields, Result};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use web::{Cx, Editable, Json, Reply, Visit};

use super::{
    Form, checked_document, checked_title, edit::Edit, editor::Part, json::FormJson, store,
};
use crate::{definition::Strict, events::FormUpdated, pages::sent};

/// What to change; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormChange {
    /// 1 to 200 characters.
    #[schema(example = "Write to us")]
    pub(crate) title: Option<String>,
    /// All fields anew, in order.
    #[schema(value_type = Option<Vec<crate::schema::FieldSchema>>)]
    pub(crate) fields: Option<Strict>,
    /// How it presents itself, anew: what is absent here is as usual again.
    #[schema(value_type = Option<crate::schema::SettingsSchema>)]
    pub(crate) settings: Option<Strict>,
    /// The `revision` this change is made to; 409 when the form has changed since. Absent: the latest.
    pub(crate) revision: Option<i64>,
}

/// Stores the changed document.
pub(crate) async fn update(cx: &Cx, form: Editable<Form>, change: FormChange) -> Result<Form> {
    let mut form = form.into_inner();
    form.expect_revision(change.revision)?;
    let mut problems = Fields::new();
    if let Some(title) = change.title {
        form.title = checked_title(&title, &mut problems);
    }
    if change.fields.is_some() || change.settings.is_some() {
        let mut document: Value = form.definition.read()?;
        for (part, value) in [("fields", change.fields), ("settings", change.settings)] {
            if let Some(Strict(value)) = value {
                document[part] = value;
            }
        }
        match checked_document(document).await? {
            Ok(definition) => form.definition = Document::of(&definition)?,
            Err(found) => problems.extend(found),
        }
    }
    problems.into_result()?;
    form.changed = true;
    form.updated_at = cx.now();
    let mut tx = cx.begin().await?;
    store::update_form(&mut tx, &mut form).await?;
    tx.record(&FormUpdated { form_id: form.id, title: form.title.clone() }).await?;
    tx.commit().await?;
    Ok(form)
}

/// The title alone.
pub(crate) async fn page(edit: Edit) -> Reply<Response> {
    let title = sent(&edit.pairs, "title").unwrap_or_default().to_owned();
    let change = FormChange {
        title: Some(title),
        revision: Some(edit.revision()?),
        ..FormChange::default()
    };
    let outcome = update(&edit.visit, edit.form.clone(), change).await;
    edit.answer(Part::Title, outcome, "Title saved").await
}

pub(crate) async fn api(
    visit: Visit,
    form: Editable<Form>,
    Json(change): Json<FormChange>,
) -> Reply<Response> {
    let form = update(&visit, form, change).await?;
    Ok(web::json(&FormJson::of(&form)?))
}
