//! Recognising a key: one look-up by its id, remembered for a few seconds, and nothing written.

use kernel::{ApiKeyId, Error, Result, Scopes, WorkspaceId, same_secret};

use super::{StoredKey, parse, store};
use crate::Identity;

pub(super) const REFUSED: Error = Error::Unauthorized("This API key is wrong or was revoked.");

/// What a key stands for.
#[derive(Debug, Clone)]
pub struct KeyHolder {
    pub id: ApiKeyId,
    pub workspace: WorkspaceId,
    pub scopes: Scopes,
}

impl Identity {
    /// Whose key this is; 401 when it is wrong or revoked.
    pub async fn check_api_key(&self, full: &str) -> Result<KeyHolder> {
        let (id, hash) = parse(full).ok_or(REFUSED)?;
        let stored = self.stored_key(id).await?;
        if !same_secret(&stored.secret_hash, &hash) {
            return Err(REFUSED);
        }
        let StoredKey { workspace_id, scopes, .. } = stored;
        Ok(KeyHolder { id, workspace: workspace_id, scopes: Scopes::parse(scopes) })
    }

    async fn stored_key(&self, id: ApiKeyId) -> Result<StoredKey> {
        let missed = match self.0.keys.get(&id) {
            Ok(stored) => return Ok(stored),
            Err(missed) => missed,
        };
        let mut tx = self.0.house.db.system_read("whose API key it is").await?;
        let stored = store::find_anywhere(&mut tx, id).await?.ok_or(REFUSED)?;
        self.0.keys.insert(missed, id, stored.clone());
        Ok(stored)
    }
}
