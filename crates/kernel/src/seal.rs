//! Secrets that must be read again: encrypted at rest under the master key.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
};

use crate::{Chance, Error, Result};

/// Seals and opens the secrets of one purpose (ChaCha20-Poly1305, RFC 8439).
#[derive(Clone)]
pub struct Seal(std::sync::Arc<LessSafeKey>);

/// Before every sealed text, so that another way of sealing can follow.
const VERSION: &str = "1.";

impl Seal {
    /// A key of its own for each purpose, such as `webhooks`.
    pub fn derive(master_key: &[u8; 32], purpose: &str) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, master_key);
        let derived = hmac::sign(&key, format!("mewayz seal {purpose}").as_bytes());
        let key = UnboundKey::new(&CHACHA20_POLY1305, derived.as_ref());
        Seal(LessSafeKey::new(key.expect("SHA-256 gives 32 bytes")).into())
    }

    /// The sealed text; it opens only for the same `owner`, so a row's secret is of no use in another row.
    pub fn close(&self, chance: &Chance, owner: &str, secret: &str) -> Result<String> {
        let nonce = chance.bytes::<NONCE_LEN>();
        let mut bytes = secret.as_bytes().to_vec();
        let (place, owner) = (Nonce::assume_unique_for_key(nonce), Aad::from(owner.as_bytes()));
        self.0
            .seal_in_place_append_tag(place, owner, &mut bytes)
            .map_err(|_| Error::internal("a secret could not be sealed"))?;
        Ok(format!("{VERSION}{}", STANDARD_NO_PAD.encode([&nonce[..], &bytes].concat())))
    }

    /// The secret; an error when it was sealed under another master key, for another owner, or was changed.
    pub fn open(&self, owner: &str, sealed: &str) -> Result<String> {
        let opened = || {
            let bytes = STANDARD_NO_PAD.decode(sealed.strip_prefix(VERSION)?).ok()?;
            let (nonce, bytes) = bytes.split_at_checked(NONCE_LEN)?;
            let (nonce, mut bytes) =
                (Nonce::try_assume_unique_for_key(nonce).ok()?, bytes.to_vec());
            let secret = self.0.open_in_place(nonce, Aad::from(owner.as_bytes()), &mut bytes);
            String::from_utf8(secret.ok()?.to_vec()).ok()
        };
        opened()
            .ok_or_else(|| Error::internal("a secret does not open: is the master key another?"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_for_its_owner_alone() {
        let (chance, seal) = (Chance::seeded(1), Seal::derive(&[7; 32], "tests"));
        let sealed = seal.close(&chance, "one", "whsec_x").unwrap();
        assert!(!sealed.contains("whsec"));
        assert_ne!(sealed, seal.close(&chance, "one", "whsec_x").unwrap());
        assert_eq!(seal.open("one", &sealed).unwrap(), "whsec_x");
        assert!(seal.open("other", &sealed).is_err());
        assert!(Seal::derive(&[8; 32], "tests").open("one", &sealed).is_err());
        assert!(Seal::derive(&[7; 32], "other").open("one", &sealed).is_err());
        assert!(
            seal.open("one", &sealed.replace("1.", "2.")).is_err() && seal.open("one", "").is_err()
        );
    }
}
