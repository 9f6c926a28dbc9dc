//! The secrets of an endpoint: shown to those who may change it, rotated so that nothing is lost.

use std::time::Duration;

use axum::{extract::State, response::Response};
use db::Tx;
use kernel::{Error, Result, Timestamp};
use maud::Markup;
use web::{Cx, Editable, Json, Reply, Visit};

use super::{
    json::{FormerSecret, Rotation, SecretsJson},
    show,
};
use crate::{
    Webhooks,
    endpoint::{Webhook, secrets::Secret, store},
    events::WebhookSecretRotated,
    ids::{SecretId, WebhookId},
    paths,
};

/// How long a former secret goes on signing beside the new one.
const OVERLAP: Duration = Duration::from_secs(24 * 60 * 60);
/// Signatures of one message: more would mean that nobody minds them.
const MOST: usize = 5;

/// A secret that someone brings, or a fresh one.
pub(crate) fn chosen(cx: &Cx, brought: Option<&str>) -> Result<Secret> {
    let Some(text) = brought.filter(|text| !text.is_empty()) else {
        return Ok(Secret::fresh(cx.chance()));
    };
    Secret::parse(text).ok_or_else(|| {
        Error::invalid(
            "secret",
            "invalid",
            "Use whsec_ and 24 to 64 bytes in base64, or leave it out.",
        )
    })
}

impl Webhooks {
    /// Keeps a secret, sealed.
    pub(crate) async fn keep_secret(
        &self,
        cx: &Cx,
        tx: &mut Tx,
        webhook: WebhookId,
        secret: &Secret,
    ) -> Result<()> {
        let id = SecretId::new(cx.now(), cx.chance());
        let sealed = self.seal().close(cx.chance(), &webhook.to_string(), secret.as_str())?;
        store::insert_secret(tx, webhook, id, &sealed, cx.now()).await
    }

    /// All that sign at this moment, the newest first.
    pub(crate) async fn secrets(
        &self,
        cx: &Cx,
        webhook: &Editable<Webhook>,
    ) -> Result<SecretsJson> {
        let mut tx = cx.read().await?;
        let sealed = store::list_secrets(&mut tx, webhook.id, cx.now()).await?;
        let owner = webhook.id.to_string();
        let open = |one: store::SealedSecret| {
            let secret = self.seal().open(&owner, &one.sealed)?;
            Ok(FormerSecret { secret, expires_at: one.expires_at })
        };
        let mut opened = sealed.into_iter().map(open).collect::<Result<Vec<_>>>()?.into_iter();
        let newest = opened.next().ok_or(Error::NotFound)?;
        Ok(SecretsJson { secret: newest.secret, former: opened.collect() })
    }

    /// A new secret signs from now on; those before it do so for another day, unless they are revoked.
    pub(crate) async fn rotate(
        &self,
        cx: &Cx,
        webhook: &Editable<Webhook>,
        rotation: &Rotation,
    ) -> Result<SecretsJson> {
        let secret = chosen(cx, rotation.secret.as_deref())?;
        let pause = if rotation.revoke_former { Duration::ZERO } else { OVERLAP };
        let mut tx = cx.begin().await?;
        let present = store::list_secrets(&mut tx, webhook.id, cx.now()).await?;
        if present.len() >= MOST && !rotation.revoke_former {
            let message =
                "There are five secrets already. Wait for former ones to end, or revoke them.";
            return Err(Error::conflict("too_many_secrets", message));
        }
        let end: Timestamp = cx.now().plus(pause);
        store::expire_secrets(&mut tx, webhook.id, end, cx.now()).await?;
        self.keep_secret(cx, &mut tx, webhook.id, &secret).await?;
        tx.record(&WebhookSecretRotated { webhook_id: webhook.id }).await?;
        tx.commit().await?;
        self.secrets(cx, webhook).await
    }
}

pub(crate) async fn page_show(
    State(webhooks): State<Webhooks>,
    visit: Visit,
    webhook: Editable<Webhook>,
) -> Reply<Markup> {
    let secrets = webhooks.secrets(&visit, &webhook).await?;
    Ok(show::render(
        &visit,
        &webhook,
        &show::Part { secrets: Some(&secrets), ..show::Part::default() },
    )
    .await?)
}

pub(crate) async fn page_rotate(
    State(webhooks): State<Webhooks>,
    visit: Visit,
    webhook: Editable<Webhook>,
) -> Reply<Response> {
    let path = paths::part(visit.slug(), webhook.id, "secret");
    match webhooks.rotate(&visit, &webhook, &Rotation::default()).await {
        Ok(_) => Ok(web::done(&path, "A new secret signs; the former one does so for another day")),
        Err(Error::Conflict { message, .. }) => Ok(web::refused(&path, &message)),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn api_show(
    State(webhooks): State<Webhooks>,
    visit: Visit,
    webhook: Editable<Webhook>,
) -> Reply<Response> {
    Ok(web::json(&webhooks.secrets(&visit, &webhook).await?))
}

pub(crate) async fn api_rotate(
    State(webhooks): State<Webhooks>,
    visit: Visit,
    webhook: Editable<Webhook>,
    Json(rotation): Json<Rotation>,
) -> Reply<Response> {
    Ok(web::json(&webhooks.rotate(&visit, &webhook, &rotation).await?))
}
