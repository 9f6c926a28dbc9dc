//! Keys for programs: bound to one workspace, limited to scopes, shown once.

mod create;
mod json;
mod list;
mod revoke;
mod store;
mod verify;
mod views;

use axum::http::Method;
use db::Tx;
use kernel::{ApiKeyId, ApiKeyKind, Permission, Result, Role, Scopes, Timestamp, sha256_hex};
use serde::Deserialize;
use web::{Access, Entity, Operation, Routes};

use crate::{Identity, paths::route};

pub use revoke::revoke_keys_of;
pub(crate) use store::StoredKey;
pub use verify::KeyHolder;
pub(crate) use views::samples;

/// Seeing which keys there are.
pub const API_KEYS_READ: Permission =
    Permission { key: "api_keys:read", label: "see API keys", from: Role::Admin };
/// Making and revoking keys.
pub const API_KEYS_WRITE: Permission =
    Permission { key: "api_keys:write", label: "make and revoke API keys", from: Role::Admin };

/// Sent with the key's id when it is good no more.
pub(crate) const SIGNAL: &str = "api_keys";

/// A key without its secret.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct ApiKey {
    pub(crate) id: ApiKeyId,
    pub(crate) name: String,
    /// Permission keys separated by spaces.
    pub(crate) scopes: String,
    pub(crate) created_at: Timestamp,
}

/// What a key is made of.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewKey {
    /// What the key is for, at most 100 characters.
    #[schema(example = "Website", max_length = 100)]
    pub(crate) name: String,
    /// Permissions such as `forms:read`, or `*` for all.
    #[schema(example = json!(["forms:read"]))]
    pub(crate) scopes: Vec<String>,
}

/// A fresh key with its secret.
pub(crate) struct Created {
    pub(crate) key: ApiKey,
    pub(crate) secret: String,
}

impl Entity for ApiKey {
    type Kind = ApiKeyKind;
    const PARAMETER: &'static str = "key";
    const VIEW: Permission = API_KEYS_READ;
    const EDIT: Permission = API_KEYS_WRITE;

    async fn find(tx: &mut Tx, id: ApiKeyId) -> Result<Option<Self>> {
        store::find_key(tx, id).await
    }
}

const PREFIX: &str = "mwz_";
/// Letters of a key's id without `key_`.
const ID_LETTERS: usize = 26;

/// The text that programs send: the id finds the row, the secret behind it is compared by its hash.
fn full_key(id: ApiKeyId, secret: &str) -> String {
    let id = id.to_string();
    format!("{PREFIX}{}_{secret}", id.trim_start_matches("key_"))
}

/// The id in a key and the hash of all of it; `None` when it cannot be one.
fn parse(full: &str) -> Option<(ApiKeyId, String)> {
    let rest = full.strip_prefix(PREFIX)?;
    let (id, secret) = rest.split_at_checked(ID_LETTERS)?;
    secret.strip_prefix('_')?;
    Some((format!("key_{id}").parse().ok()?, sha256_hex(full)))
}

fn scope_list(scopes: &str) -> Vec<String> {
    Scopes::parse(scopes).iter().map(str::to_owned).collect()
}

pub(crate) fn routes() -> Routes<Identity> {
    let (read, write) = (Access::Workspace(API_KEYS_READ), Access::Workspace(API_KEYS_WRITE));
    let operation = |summary| Operation::new("API keys", summary);
    Routes::new()
        .page(Method::GET, route::KEYS, read, list::page)
        .page(Method::POST, route::KEYS, write, create::page)
        .page(Method::POST, route::KEY_REVOCATION, write, revoke::page)
        .api(
            Method::GET,
            route::API_KEYS,
            read,
            list::api,
            operation("List the keys of the workspace, newest first")
                .paged()
                .reply::<json::KeyList>(200, "Keys without their secrets."),
        )
        .api(
            Method::POST,
            route::API_KEYS,
            write,
            create::api,
            operation("Make a key")
                .describe("A key cannot hold more rights than whoever makes it.")
                .body::<NewKey>()
                .reply::<json::CreatedKey>(201, "The key, shown this once."),
        )
        .without_replay()
        .api(
            Method::DELETE,
            route::API_KEY,
            write,
            revoke::api,
            operation("Revoke a key").empty_reply(204, "It opens nothing any more."),
        )
}

#[cfg(test)]
mod tests {
    use kernel::Chance;

    use super::*;

    #[test]
    fn a_key_says_which_row_it_belongs_to() {
        let chance = Chance::seeded(3);
        let id = ApiKeyId::new(Timestamp::from_micros(1_800_000_000_000_000), &chance);
        let full = full_key(id, &kernel::token(&chance));
        assert_eq!(full.len(), PREFIX.len() + ID_LETTERS + 1 + 43);
        assert_eq!(parse(&full).map(|(found, _)| found), Some(id));
        for wrong in ["", "mwz_", "mwz_é", &full[..30], &full.replace("mwz_", "abc_")] {
            assert!(parse(wrong).is_none(), "{wrong}");
        }
    }
}
