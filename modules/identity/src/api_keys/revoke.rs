//! Taking a key back.

use axum::{extract::State, response::Response};
use kernel::{ApiKeyId, Result, Scopes, UserId};
use web::{Change, Cx, Editable, Reply, Visit};

use super::{ApiKey, SIGNAL, store};
use crate::{ApiKeyRevoked, Identity, paths};

impl Identity {
    /// From now on the key opens nothing, in this process at once, in others after a signal.
    async fn revoke_key(&self, cx: &Cx, key: Editable<ApiKey>) -> Result<()> {
        let key = key.into_inner();
        let id = key.id;
        let mut change = cx.begin().await?;
        end(&mut change, key).await?;
        change.commit().await?;
        self.forget_keys(&[id]);
        Ok(())
    }

    /// Tells this process at once what others learn by signal.
    pub fn forget_keys(&self, keys: &[ApiKeyId]) {
        keys.iter().for_each(|key| self.0.keys.forget(key));
    }
}

/// Revokes the keys of the workspace that this person made, themselves or through another key, unless
/// what they may do `fits`; gives those that a process may remember, to forget after the commit.
pub async fn revoke_keys_of(
    change: &mut Change,
    user: UserId,
    fits: impl Fn(&Scopes) -> bool,
) -> Result<Vec<ApiKeyId>> {
    let mut keys = store::list_keys_of(change, &user.to_string()).await?;
    keys.retain(|key| !fits(&Scopes::parse(&*key.scopes)));
    let ids = keys.iter().map(|key| key.id).collect();
    for key in keys {
        end(change, key).await?;
    }
    Ok(ids)
}

async fn end(change: &mut Change, key: ApiKey) -> Result<()> {
    store::delete_key(change, key.id).await?;
    change.signal(SIGNAL, key.id.to_string());
    change.record(&ApiKeyRevoked { key: key.id, name: key.name }).await.map(|_| ())
}

pub(crate) async fn page(
    State(identity): State<Identity>,
    visit: Visit,
    key: Editable<ApiKey>,
) -> Reply {
    identity.revoke_key(&visit, key).await?;
    Ok(web::done(&paths::keys(visit.slug()), "The key opens nothing any more"))
}

pub(crate) async fn api(
    State(identity): State<Identity>,
    visit: Visit,
    key: Editable<ApiKey>,
) -> Reply<Response> {
    identity.revoke_key(&visit, key).await?;
    Ok(web::no_content())
}
