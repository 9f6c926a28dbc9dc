//! The addresses of this system.

use crate::ids::{DeliveryId, WebhookId};

/// Routes, as the registry knows them.
pub(crate) mod route {
    pub(crate) const PAGE: &str = "/w/{workspace}/settings/webhooks";
    pub(crate) const ONE: &str = "/w/{workspace}/settings/webhooks/{webhook}";
    pub(crate) const STATE: &str = "/w/{workspace}/settings/webhooks/{webhook}/state";
    pub(crate) const SECRET: &str = "/w/{workspace}/settings/webhooks/{webhook}/secret";
    pub(crate) const TEST: &str = "/w/{workspace}/settings/webhooks/{webhook}/test";
    pub(crate) const REDELIVERIES: &str = "/w/{workspace}/settings/webhooks/{webhook}/redeliveries";
    pub(crate) const DELETION: &str = "/w/{workspace}/settings/webhooks/{webhook}/deletion";
    pub(crate) const DELIVERY: &str = "/w/{workspace}/settings/deliveries/{delivery}";
    pub(crate) const REDELIVERY: &str = "/w/{workspace}/settings/deliveries/{delivery}/redelivery";
    pub(crate) const API_ALL: &str = "/api/webhooks";
    pub(crate) const API_ONE: &str = "/api/webhooks/{webhook}";
    pub(crate) const API_SECRET: &str = "/api/webhooks/{webhook}/secret";
    pub(crate) const API_TEST: &str = "/api/webhooks/{webhook}/test";
    pub(crate) const API_REDELIVERIES: &str = "/api/webhooks/{webhook}/redeliveries";
    pub(crate) const API_DELIVERIES: &str = "/api/webhooks/deliveries";
    pub(crate) const API_DELIVERY: &str = "/api/webhooks/deliveries/{delivery}";
    pub(crate) const API_REDELIVERY: &str = "/api/webhooks/deliveries/{delivery}/redelivery";
}

pub(crate) fn webhooks(slug: &str) -> String {
    format!("/w/{slug}/settings/webhooks")
}

pub(crate) fn webhook(slug: &str, id: WebhookId) -> String {
    format!("/w/{slug}/settings/webhooks/{id}")
}

/// A part of an endpoint that takes a POST: `state`, `secret`, `test`, `redeliveries`, `deletion`.
pub(crate) fn part(slug: &str, id: WebhookId, part: &str) -> String {
    format!("/w/{slug}/settings/webhooks/{id}/{part}")
}

pub(crate) fn delivery(slug: &str, id: DeliveryId) -> String {
    format!("/w/{slug}/settings/deliveries/{id}")
}

pub(crate) fn redelivery(slug: &str, id: DeliveryId) -> String {
    format!("/w/{slug}/settings/deliveries/{id}/redelivery")
}

pub(crate) fn api_webhook(id: WebhookId) -> String {
    format!("/api/webhooks/{id}")
}
