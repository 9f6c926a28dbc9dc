//! The ids of this system.

use kernel::{Timestamp, typed_id};
use sha2::{Digest, Sha256};

typed_id!(/// A mail to one person.
    pub MailId, MailKind, "mal");

/// The id of the mail about `source`, always the same, so that writing it twice is writing it once.
pub(crate) fn mail_id(source: &str, at: Timestamp) -> MailId {
    let digest = Sha256::digest(source.as_bytes());
    let mut bits = [0; 10];
    bits.copy_from_slice(&digest[..10]);
    MailId::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis(at), &bits).into_uuid())
}

/// Before all ids of mails that were written at this moment or later.
pub(crate) fn first_mail_of(at: Timestamp) -> MailId {
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&millis(at).to_be_bytes()[2..]);
    MailId::from_uuid(uuid::Uuid::from_bytes(bytes))
}

fn millis(at: Timestamp) -> u64 {
    u64::try_from(at.micros() / 1_000).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_twice_has_one_id() {
        let at = Timestamp::from_micros(1_785_748_320_000_000);
        assert_eq!(mail_id("a", at), mail_id("a", at));
        assert_ne!(mail_id("a", at), mail_id("b", at));
        assert!(first_mail_of(at).to_string() <= mail_id("a", at).to_string());
    }
}
