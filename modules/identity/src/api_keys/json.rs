//! API keys as programs see them.

use kernel::{ApiKeyId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ApiKey, Created, scope_list};

/// A key without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub(crate) struct Key {
    id: ApiKeyId,
    name: String,
    scopes: Vec<String>,
    created_at: Timestamp,
}

impl Key {
    pub(crate) fn of(key: ApiKey) -> Self {
        let ApiKey { id, name, scopes, created_at } = key;
        Key { id, name, scopes: scope_list(&scopes), created_at }
    }
}

/// A page of keys.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiKeyList)]
pub(crate) struct KeyList {
    data: Vec<Key>,
    next_cursor: Option<String>,
}

/// A key just made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreatedApiKey)]
pub(crate) struct CreatedKey {
    id: ApiKeyId,
    /// The whole key; it is not shown again.
    #[schema(
        example = "mwz_01jb2m8q4xf0v8k3n5r7t9w2y4_7Qf2vN9tYkB4xW1rLz8cD3hJ6mPsA5eG0uTi2oK4nVx"
    )]
    key: String,
    name: String,
    scopes: Vec<String>,
    created_at: Timestamp,
}

impl CreatedKey {
    pub(crate) fn of(created: &Created) -> Self {
        let ApiKey { id, name, scopes, created_at } = created.key.clone();
        let key = created.secret.clone();
        CreatedKey { id, key, name, scopes: scope_list(&scopes), created_at }
    }
}
