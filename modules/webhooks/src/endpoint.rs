//! The endpoint: where a customer's program listens, for what, and with which secrets.

pub(crate) mod secrets;
pub(crate) mod store;

use db::Tx;
use kernel::{Id, Permission, Result, Timestamp};
use web::Entity;

use crate::{
    WEBHOOKS_READ, WEBHOOKS_WRITE,
    ids::{WebhookId, WebhookKind},
};

/// What can be listened for, with what it says.
pub const EVENT_TYPES: [(&str, &str); 5] = [
    ("submission.received", "A submission came in, with its answers"),
    ("submission.deleted", "Submissions were deleted for good, with their ids"),
    ("form.published", "A form was published, or a new version of it"),
    ("form.closed", "A form takes no more answers"),
    ("webhook.disabled", "Another endpoint gets nothing more"),
];

/// What a test sends; no endpoint needs to listen for it.
pub(crate) const TEST: &str = "webhook.test";

/// Why an endpoint gets nothing.
pub(crate) mod reason {
    pub(crate) const BY_HAND: &str = "by_hand";
    pub(crate) const GONE: &str = "gone";
    pub(crate) const FAILING: &str = "failing";
}

/// An endpoint without its secrets.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Webhook {
    pub(crate) id: WebhookId,
    pub(crate) url: String,
    pub(crate) description: String,
    /// Separated by spaces.
    pub(crate) event_types: String,
    /// Only what is about this entity.
    pub(crate) subject: Option<String>,
    pub(crate) enabled: bool,
    /// Of [`reason`], while it is disabled.
    pub(crate) disabled_reason: Option<String>,
    /// What happened before is not sent.
    pub(crate) listens_since: Timestamp,
    pub(crate) failing_since: Option<Timestamp>,
    pub(crate) failures: i64,
    pub(crate) created_by: String,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl Webhook {
    /// Each type by itself.
    pub(crate) fn types(&self) -> impl Iterator<Item = &str> {
        self.event_types.split(' ').filter(|kind| !kind.is_empty())
    }

    /// Whether it is told of something of this type about this entity at this moment.
    pub(crate) fn listens_for(&self, kind: &str, subject: &str, at: Timestamp) -> bool {
        self.enabled
            && at >= self.listens_since
            && self.types().any(|listened| listened == kind)
            && self.subject.as_ref().is_none_or(|only| only == subject)
    }
}

impl Entity for Webhook {
    type Kind = WebhookKind;
    const PARAMETER: &'static str = "webhook";
    const VIEW: Permission = WEBHOOKS_READ;
    const EDIT: Permission = WEBHOOKS_WRITE;

    async fn find(tx: &mut Tx, id: Id<WebhookKind>) -> Result<Option<Self>> {
        store::find_webhook(tx, id).await
    }
}
