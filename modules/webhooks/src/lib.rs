//! What happens here, told to the customers' own programs, after the Standard Webhooks specification.
//!
//! # Layout
//! - `endpoint`: where a program listens; `webhooks`: how people and programs handle it
//! - `messages`: what is told; `deliveries`: each message's way to each endpoint, and the log of it
//! - `sending`: claims, requests, retries, and when an endpoint is disabled

mod background;
mod deliveries;
mod endpoint;
mod events;
mod ids;
mod jobs;
mod messages;
mod paths;
mod routes;
mod samples;
mod sending;
mod text;
mod webhooks;

use std::sync::Arc;

use ::events::Event;
use db::{Migration, MigrationText};
use kernel::{Permission, Role, Seal};
use outbound::Outbound;
use ui::{Icon, Sample};
use web::{Action, EventRule, House, JobRegistry, Module, Navigation, Routes};

pub use endpoint::EVENT_TYPES;
pub use events::WebhookDisabled;
pub use ids::MessageId;
pub use jobs::Announce;
pub use messages::{
    Listeners, NewMessage,
    erasing::{KeptMessage, erase_messages, kept_messages},
};

/// Seeing endpoints and what they were sent.
pub const WEBHOOKS_READ: Permission =
    Permission { key: "webhooks:read", label: "see webhooks and their log", from: Role::Admin };
/// Making and changing endpoints, seeing their secrets, sending again.
pub const WEBHOOKS_WRITE: Permission =
    Permission { key: "webhooks:write", label: "make and change webhooks", from: Role::Admin };

/// What the operator decides.
pub struct Settings {
    /// Seals the secrets.
    pub master_key: [u8; 32],
    /// The way out, with what is open of our own network.
    pub outbound: Outbound,
}

/// The system; cheap to clone.
#[derive(Clone)]
pub struct Webhooks(Arc<sending::Sender>);

impl Webhooks {
    /// Starts the system.
    pub fn new(house: Arc<House>, settings: Settings) -> Self {
        let Settings { master_key, outbound } = settings;
        let seal = Seal::derive(&master_key, "webhooks");
        Webhooks(Arc::new(sending::Sender { house, outbound, seal }))
    }

    pub(crate) fn outbound(&self) -> &Outbound {
        &self.0.outbound
    }

    pub(crate) fn seal(&self) -> &Seal {
        &self.0.seal
    }
}

impl Module for Webhooks {
    fn name(&self) -> &'static str {
        "webhooks"
    }

    fn migrations(&self) -> Vec<Migration> {
        vec![Migration {
            module: "webhooks",
            name: "0001_webhooks",
            text: MigrationText::Both(include_str!("../migrations/0001_webhooks.sql")),
        }]
    }

    fn permissions(&self) -> Vec<Permission> {
        vec![WEBHOOKS_READ, WEBHOOKS_WRITE]
    }

    fn event_rules(&self) -> Vec<EventRule> {
        let rule = |kind| EventRule { kind, permission: WEBHOOKS_READ, turns_subject: false };
        vec![
            rule(events::WebhookCreated::KIND),
            rule(events::WebhookUpdated::KIND),
            rule(events::WebhookDisabled::KIND),
            rule(events::WebhookSecretRotated::KIND),
            rule(events::WebhookDeleted::KIND),
        ]
    }

    fn navigation(&self) -> Vec<Navigation> {
        vec![Navigation {
            label: "Webhooks",
            path: "settings/webhooks",
            also: &["settings/deliveries"],
            icon: Icon::Link,
            section: "Settings",
            hotkey: "g w",
            permission: Some(WEBHOOKS_READ),
        }]
    }

    fn actions(&self) -> Vec<Action> {
        vec![Action {
            label: "New webhook",
            path: "settings/webhooks#new-webhook",
            icon: Icon::Link,
            keywords: "create make endpoint integration",
            permission: Some(WEBHOOKS_WRITE),
        }]
    }

    fn jobs(&self, registry: &mut JobRegistry) {
        background::register(registry, &self.0);
    }

    fn routes(&self) -> Routes {
        routes::table().with_state(self.clone())
    }

    fn assets(&self) -> Vec<(&'static str, &'static str)> {
        vec![("webhooks.css", include_str!("../assets/webhooks.css"))]
    }

    fn samples(&self) -> Vec<Sample> {
        samples::samples()
    }
}
