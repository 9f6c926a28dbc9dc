//! What this system tells the log.

use events::Event;
use kernel::EntityRef;
use serde::Serialize;

use crate::ids::WebhookId;

macro_rules! webhook_event {
    ($(#[$meta:meta])* $vis:vis $name:ident, $kind:literal { $($field:ident: $type:ty),* }) => {
        $(#[$meta])*
        #[derive(Debug, Serialize)]
        $vis struct $name {
            $vis webhook_id: WebhookId,
            $($vis $field: $type,)*
        }

        impl Event for $name {
            const KIND: &'static str = $kind;

            fn subject(&self) -> EntityRef {
                self.webhook_id.to_string()
            }
        }
    };
}

webhook_event!(/// An endpoint was made.
    pub(crate) WebhookCreated, "webhook.created" { url: String });
webhook_event!(/// An endpoint was changed, or enabled again.
    pub(crate) WebhookUpdated, "webhook.updated" { url: String });
webhook_event!(/// An endpoint gets nothing more: by hand, because it is gone, or because it only failed.
    pub WebhookDisabled, "webhook.disabled" { url: String, reason: String });
webhook_event!(/// A new secret signs; the former one does so, too, for a day.
    pub(crate) WebhookSecretRotated, "webhook.secret_rotated" {});
webhook_event!(/// An endpoint was deleted with its log.
    pub(crate) WebhookDeleted, "webhook.deleted" { url: String });
