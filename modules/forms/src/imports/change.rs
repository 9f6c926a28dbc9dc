//! What can be changed of an import before its rows are stored.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{Mapping, options::OptionsChange};

/// What changes; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"mapping": {"E-mail": "email", "Notes": null}, "options": {"dates": "dmy"}}))]
pub(crate) struct ImportChange {
    /// By column: the key of a field, `submitted_at`, `received_at` (taken for `submitted_at` in rows without),
    /// `metadata`, or null to leave it out. A field whose key is one of those words is `answers.KEY`.
    #[serde(default)]
    pub(crate) mapping: Mapping,
    /// With another encoding or delimiter the file falls into other columns, and their mapping is suggested anew;
    /// `dates` and `decimal` too, where they are absent and the columns show how days and numbers are written.
    #[serde(default)]
    pub(crate) options: OptionsChange,
}
