//! The ids of this system.

use kernel::{Timestamp, typed_id};
use sha2::{Digest, Sha256};

typed_id!(/// An endpoint of a customer's program.
    pub WebhookId, WebhookKind, "whk");
typed_id!(/// A secret that signs.
    pub(crate) SecretId, SecretKind, "whs");
typed_id!(/// Something told, the same for all endpoints and attempts.
    pub MessageId, MessageKind, "msg");
typed_id!(/// A message on its way to one endpoint.
    pub DeliveryId, DeliveryKind, "dlv");

/// The id of the message about `source`, always the same, so that telling it twice is telling it once.
pub(crate) fn message_id(source: &str, at: Timestamp) -> MessageId {
    MessageId::from_uuid(derived(source, at))
}

/// The id of a message's way to an endpoint, always the same.
pub(crate) fn delivery_id(message: MessageId, webhook: WebhookId, at: Timestamp) -> DeliveryId {
    DeliveryId::from_uuid(derived(&format!("{message} {webhook}"), at))
}

/// Before all ids of deliveries that were born at this moment or later.
pub(crate) fn first_delivery_of(at: Timestamp) -> DeliveryId {
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&millis(at).to_be_bytes()[2..]);
    DeliveryId::from_uuid(uuid::Uuid::from_bytes(bytes))
}

fn derived(source: &str, at: Timestamp) -> uuid::Uuid {
    let digest = Sha256::digest(source.as_bytes());
    let mut bits = [0; 10];
    bits.copy_from_slice(&digest[..10]);
    uuid::Builder::from_unix_timestamp_millis(millis(at), &bits).into_uuid()
}

fn millis(at: Timestamp) -> u64 {
    u64::try_from(at.micros() / 1_000).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_is_told_twice_has_one_id() {
        let at = Timestamp::from_micros(1_785_748_320_000_000);
        let (one, other) = (message_id("a", at), message_id("b", at));
        assert_eq!(one, message_id("a", at));
        assert_ne!(one, other);
        let chance = kernel::Chance::seeded(1);
        let (first, second) = (WebhookId::new(at, &chance), WebhookId::new(at, &chance));
        assert_eq!(delivery_id(one, first, at), delivery_id(one, first, at));
        assert_ne!(delivery_id(one, first, at), delivery_id(one, second, at));
        assert_ne!(delivery_id(one, first, at), delivery_id(other, first, at));
    }

    #[test]
    fn a_moment_lies_before_the_ids_that_are_born_in_it() {
        let at = Timestamp::from_micros(1_785_748_320_000_000);
        let webhook = WebhookId::new(at, &kernel::Chance::seeded(1));
        let born = |at| delivery_id(message_id("a", at), webhook, at).to_string();
        assert!(first_delivery_of(at).to_string() <= born(at));
        let earlier = at.minus(Duration::from_millis(1));
        assert!(born(earlier) < first_delivery_of(at).to_string());
    }
}
