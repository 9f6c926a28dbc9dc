//! Endpoints as programs see them.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{endpoint::Webhook, ids::WebhookId};

/// An endpoint without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
pub(crate) struct WebhookJson {
    id: WebhookId,
    url: String,
    description: String,
    event_types: Vec<String>,
    /// Only what is about this entity.
    subject: Option<String>,
    /// `enabled` or `disabled`.
    state: &'static str,
    /// `by_hand`, `gone` (it answered 410) or `failing` (nothing but failures for five days).
    disabled_reason: Option<String>,
    /// The first failure since the last success.
    failing_since: Option<Timestamp>,
    /// The person or key that made it.
    created_by: String,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl WebhookJson {
    pub(crate) fn of(webhook: Webhook) -> Self {
        WebhookJson {
            id: webhook.id,
            event_types: webhook.types().map(str::to_owned).collect(),
            url: webhook.url,
            description: webhook.description,
            subject: webhook.subject,
            state: if webhook.enabled { "enabled" } else { "disabled" },
            disabled_reason: webhook.disabled_reason,
            failing_since: webhook.failing_since,
            created_by: webhook.created_by,
            created_at: webhook.created_at,
            updated_at: webhook.updated_at,
        }
    }
}

/// A page of endpoints.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookList)]
pub(crate) struct WebhookList {
    data: Vec<WebhookJson>,
    next_cursor: Option<String>,
}

/// An endpoint just made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreatedWebhook)]
pub(crate) struct CreatedJson {
    pub(crate) webhook: WebhookJson,
    /// Verifies the header `webhook-signature`.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    pub(crate) secret: String,
}

/// What is to be different; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookChange {
    pub(crate) url: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) event_types: Option<Vec<String>>,
    /// The empty text lifts the bound.
    pub(crate) subject: Option<String>,
    /// `enabled` or `disabled`.
    pub(crate) state: Option<State>,
}

/// Whether an endpoint gets anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WebhookState)]
pub(crate) enum State {
    Enabled,
    Disabled,
}

/// What signs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookSecrets)]
pub(crate) struct SecretsJson {
    /// The newest; verify with it.
    pub(crate) secret: String,
    /// Former ones that sign beside it for a while.
    pub(crate) former: Vec<FormerSecret>,
}

/// A secret that is going out of use.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormerWebhookSecret)]
pub(crate) struct FormerSecret {
    pub(crate) secret: String,
    pub(crate) expires_at: Option<Timestamp>,
}

/// What a rotation brings.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookSecretRotation)]
pub(crate) struct Rotation {
    /// A secret that the receiver has already; a fresh one when absent.
    #[serde(default)]
    pub(crate) secret: Option<String>,
    /// Whether the present one stops signing at once, such as when it has leaked.
    #[serde(default)]
    pub(crate) revoke_former: bool,
}

/// A test on its way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookTest)]
pub(crate) struct TestJson {
    /// Where its outcome can be read.
    pub(crate) delivery_id: crate::ids::DeliveryId,
}

/// What happens as a job.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookQueued)]
pub(crate) struct Queued {
    /// Always `queued`.
    pub(crate) status: &'static str,
}
