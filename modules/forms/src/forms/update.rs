//! Changing a form: its document, which stays as published until the next version, and what it accepts.

use axum::{extract::State, response::Response};
use db::Json as Document;
use kernel::{Error, Fields, Result};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use web::{Cx, Editable, Json, Reply, Visit};

use super::{
    Form, acceptance::AcceptanceChange, change::announce, checked_document, checked_title,
    edit::Edit, editor::Part, history, json::FormJson, pictures, store,
};
use crate::{
    Forms,
    definition::{Definition, Strict},
    events::FormUpdated,
    pages::sent,
    protection::NewProtection,
};

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
    /// What it accepts from now on: what is absent here stays, and null takes a limit away (RFC 7396). Null in place of
    /// all of it changes nothing, as many programs send it for what is absent.
    pub(crate) acceptance: Option<AcceptanceChange>,
    /// How it keeps spam apart, anew, from now on: what is absent here is as usual again.
    pub(crate) protection: Option<NewProtection>,
    /// The `revision` this change is made to; 409 when the form has changed since. Absent: the latest.
    pub(crate) revision: Option<i64>,
    /// What is changed, so that a text typed in several goes is one change to take back.
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) part: Option<String>,
}

/// Stores the changed document, remembering how it was, and what is accepted from now on; what changes
/// nothing is no change. Who changes the latter lets this process forget the form at once:
/// [`crate::published::Cache::forget`].
pub(crate) async fn update(cx: &Cx, form: Editable<Form>, mut change: FormChange) -> Result<Form> {
    let before = form.into_inner();
    before.expect_revision(change.revision)?;
    let at_once = change.acceptance.is_some() || change.protection.is_some();
    let part = change.part.take();
    let mut form = before.clone();
    apply(cx, &mut form, change).await?;
    let differs = form.title != before.title || form.definition()? != before.definition()?;
    if !differs && !at_once {
        return Ok(before);
    }
    form.changed |= differs;
    form.updated_at = cx.now();
    let mut tx = cx.begin().await?;
    store::update_form(&mut tx, &mut form).await?;
    if differs {
        history::remember(cx, &mut tx, &before, &form, part).await?;
    }
    if at_once {
        store::update_limit(&mut tx, &form).await?;
        announce(&mut tx, &form);
    }
    tx.record(&FormUpdated { form_id: form.id, title: form.title.clone() }).await?;
    tx.commit().await?;
    Ok(form)
}

/// Takes over what fits, or says all that does not.
async fn apply(cx: &Cx, form: &mut Form, change: FormChange) -> Result<()> {
    let mut problems = Fields::new();
    if let Some(title) = &change.title {
        form.title = checked_title(title, &mut problems);
    }
    if change.fields.is_some() || change.settings.is_some() {
        let mut document: Value = form.definition.read()?;
        for (part, value) in [("fields", change.fields), ("settings", change.settings)] {
            if let Some(Strict(value)) = value {
                document[part] = value;
            }
        }
        match checked_document(document).await? {
            Ok(mut definition) => {
                problems.extend(pictures::settle(cx, &mut definition).await?);
                form.definition = Document::of(&definition)?;
            }
            Err(found) => problems.extend(found),
        }
    }
    if let Some(sent) = change.acceptance {
        let definition = asked(cx, form).await?;
        let sent = sent.over(form.acceptance.json());
        let changed = form.acceptance.change(sent, &definition, cx.chance());
        problems.extend(changed.err().unwrap_or_default());
    }
    if let Some(sent) = change.protection {
        match sent.checked() {
            Ok(protection) => form.protection = protection,
            Err(found) => problems.extend(found),
        }
    }
    Ok(problems.into_result()?)
}

/// What the form asks of people as long as nothing is published anew. What it accepts holds at once, so that must fit
/// these questions; whether it fits the draft is looked at when that is published.
pub(crate) async fn asked(cx: &Cx, form: &Form) -> Result<Definition> {
    if !form.published {
        return form.definition();
    }
    let mut tx = cx.read().await?;
    let frozen = store::find_version(&mut tx, form.id, form.version).await?;
    frozen.ok_or(Error::NotFound)?.1.read()
}

/// The title alone.
pub(crate) async fn page(edit: Edit) -> Reply<Response> {
    let title = sent(&edit.pairs, "title").unwrap_or_default().to_owned();
    let change = FormChange {
        title: Some(title),
        revision: Some(edit.revision()?),
        part: Some("title".into()),
        ..FormChange::default()
    };
    let outcome = update(&edit.visit, edit.form.clone(), change).await;
    edit.answer(Part::Title, outcome, "Title saved").await
}

pub(crate) async fn api(
    State(forms): State<Forms>,
    visit: Visit,
    form: Editable<Form>,
    Json(change): Json<FormChange>,
) -> Reply<Response> {
    let form = update(&visit, form, change).await?;
    forms.published().forget(&form);
    Ok(web::json(&FormJson::of(&form, visit.now())?))
}
