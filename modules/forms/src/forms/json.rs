//! The form as the API speaks it.

use kernel::{Result, Timestamp};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{FolderId, Form, FormId, acceptance::AcceptanceJson, refusal::Refusal};
use crate::{paths, protection::Protection};

/// A form.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormJson {
    id: FormId,
    /// The id in the address of the hosted page.
    public_id: String,
    /// The hosted page, relative to this server.
    path: String,
    title: String,
    /// The fields as they stand now, published or not.
    #[schema(value_type = Vec<crate::schema::FieldSchema>, example = json!([
        {"key": "email", "type": "email", "label": "E-mail", "required": true},
        {"key": "message", "type": "long_text", "label": "Your message"}
    ]))]
    fields: Value,
    /// How it presents itself; what is absent is as usual.
    #[schema(value_type = crate::schema::SettingsSchema)]
    settings: Value,
    /// What it accepts, whatever its version.
    acceptance: AcceptanceJson,
    /// How it keeps spam apart, whatever its version.
    protection: Protection,
    /// Since when it is out of sight, taking nothing.
    archived_at: Option<Timestamp>,
    /// The folder that it lies in.
    folder_id: Option<FolderId>,
    /// The newest frozen version; 0 before the first.
    version: i64,
    /// Whether it is open as far as its makers say. What takes no submissions all the same says why in
    /// `refusal`.
    published: bool,
    /// Why it takes no submissions at this moment; null while it takes them.
    refusal: Option<Refusal>,
    /// Whether the fields have changed since the newest version.
    changed: bool,
    /// Grows with every change that people make.
    revision: i64,
    /// Submissions counted so far; follows what is received within moments.
    submission_count: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl FormJson {
    pub(crate) fn of(form: &Form, now: Timestamp) -> Result<Self> {
        let mut document: Value = form.definition.read()?;
        Ok(FormJson {
            id: form.id,
            path: paths::hosted(&form.public_id),
            public_id: form.public_id.clone(),
            title: form.title.clone(),
            fields: document["fields"].take(),
            settings: match document["settings"].take() {
                Value::Null => Value::Object(Map::new()),
                settings => settings,
            },
            acceptance: form.acceptance.json(),
            protection: form.protection.clone(),
            archived_at: form.archived_at,
            folder_id: form.folder_id,
            version: form.version,
            published: form.published,
            refusal: form.refusal(now),
            changed: form.changed,
            revision: form.revision,
            submission_count: form.submission_count,
            created_at: form.created_at,
            updated_at: form.updated_at,
        })
    }
}
