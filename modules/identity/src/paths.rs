//! The addresses of this system.

use kernel::ApiKeyId;

/// Routes, as the registry knows them.
pub(crate) mod route {
    pub(crate) const KEYS: &str = "/w/{workspace}/settings/keys";
    pub(crate) const KEY_REVOCATION: &str = "/w/{workspace}/settings/keys/{key}/revocation";
    pub(crate) const API_KEYS: &str = "/api/api-keys";
    pub(crate) const API_KEY: &str = "/api/api-keys/{key}";
}

pub(crate) fn keys(slug: &str) -> String {
    format!("/w/{slug}/settings/keys")
}

pub(crate) fn key_revocation(slug: &str, key: ApiKeyId) -> String {
    format!("/w/{slug}/settings/keys/{key}/revocation")
}

pub(crate) fn api_key(key: ApiKeyId) -> String {
    format!("/api/api-keys/{key}")
}

/// The same page with the scopes of a preset ticked.
pub(crate) fn keys_with(slug: &str, preset: &str) -> String {
    format!("{}?preset={preset}#new-key", keys(slug))
}
