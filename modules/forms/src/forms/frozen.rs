//! A version of a form, which never changes.

use kernel::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::definition::changes::Changes;

/// A version without its document.
#[derive(Debug, Clone, Serialize, ToSchema, db::FromRow)]
#[schema(as = FormVersionHead)]
pub(crate) struct VersionHead {
    pub(crate) version: i64,
    pub(crate) title: String,
    /// The person, key or part of the house that published it.
    pub(crate) published_by: String,
    pub(crate) published_at: Timestamp,
}

/// A version as it was frozen, and what it changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormVersion)]
pub(crate) struct Version {
    #[serde(flatten)]
    #[schema(inline)]
    pub(crate) head: VersionHead,
    #[schema(value_type = Vec<crate::schema::FieldSchema>)]
    pub(crate) fields: Value,
    #[schema(value_type = crate::schema::SettingsSchema)]
    pub(crate) settings: Value,
    /// From the version before it; none for the first.
    pub(crate) changes: Option<Changes>,
}
