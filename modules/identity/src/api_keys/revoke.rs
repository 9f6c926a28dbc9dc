//! Taking a key back.

use axum::{extract::State, response::Response};
use kernel::Result;
use web::{Cx, Editable, Reply, Visit};

use super::{ApiKey, SIGNAL, store};
use crate::{ApiKeyRevoked, Identity, paths};

impl Identity {
    /// From now on the key opens nothing, in this process at once, in others after a signal.
    async fn revoke_key(&self, cx: &Cx, key: Editable<ApiKey>) -> Result<()> {
        let key = key.into_inner();
        let mut change = cx.begin().await?;
        store::delete_key(&mut change, key.id).await?;
        change.signal(SIGNAL, key.id.to_string());
        change.record(&ApiKeyRevoked { key: key.id, name: key.name }).await?;
        change.commit().await?;
        self.0.keys.forget(&key.id);
        Ok(())
    }
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
