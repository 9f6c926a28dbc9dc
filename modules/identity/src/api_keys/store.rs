//! The SQL of API keys.

use db::{Tx, sql};
use kernel::{ApiKeyId, Result, WorkspaceId};

use super::ApiKey;

/// What is needed to recognise a key.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct StoredKey {
    pub(crate) workspace_id: WorkspaceId,
    pub(crate) secret_hash: String,
    pub(crate) scopes: String,
}

pub(crate) async fn insert_key(
    tx: &mut Tx,
    key: &ApiKey,
    secret_hash: &str,
    created_by: &str,
) -> Result<()> {
    sql("insert into api_key (workspace_id, id, name, secret_hash, scopes, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)")
    .bind(tx.workspace())
    .bind(key.id)
    .bind(&key.name)
    .bind(secret_hash)
    .bind(&key.scopes)
    .bind(created_by)
    .bind(key.created_at)
    .run(tx)
    .await
    .map(|_| ())
}

pub(crate) async fn find_key(tx: &mut Tx, id: ApiKeyId) -> Result<Option<ApiKey>> {
    sql("select id, name, scopes, created_at
         from api_key
         where workspace_id = $1 and id = $2")
    .bind(tx.workspace())
    .bind(id)
    .optional(tx)
    .await
}

pub(crate) async fn list_keys(
    tx: &mut Tx,
    before: Option<ApiKeyId>,
    limit: i64,
) -> Result<Vec<ApiKey>> {
    sql("select id, name, scopes, created_at
         from api_key
         where workspace_id = $1 and ($2 is null or id < $2)
         order by id desc
         limit $3")
    .bind(tx.workspace())
    .bind(before)
    .bind(limit)
    .all(tx)
    .await
}

pub(crate) async fn list_keys_of(tx: &mut Tx, created_by: &str) -> Result<Vec<ApiKey>> {
    sql("select id, name, scopes, created_at
         from api_key
         where workspace_id = $1 and created_by = $2
         order by id")
    .bind(tx.workspace())
    .bind(created_by)
    .all(tx)
    .await
}

/// Who answers for a key: the person who made it, or the key that it was made with.
pub(crate) async fn find_creator(tx: &mut Tx, id: ApiKeyId) -> Result<Option<String>> {
    let found = sql("select created_by from api_key where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .optional::<(String,)>(tx);
    Ok(found.await?.map(|(creator,)| creator))
}

/// The workspace is what this finds out.
pub(crate) async fn find_anywhere(tx: &mut Tx, id: ApiKeyId) -> Result<Option<StoredKey>> {
    sql("select workspace_id, secret_hash, scopes from api_key where id = $1")
        .bind(id)
        .optional(tx)
        .await
}

pub(crate) async fn delete_key(tx: &mut Tx, id: ApiKeyId) -> Result<()> {
    sql("delete from api_key where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .run(tx)
        .await
        .map(|_| ())
}
