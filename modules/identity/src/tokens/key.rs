//! Signing and reading access tokens.

use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use kernel::{Error, Result, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::FamilyId;

/// What an access token says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) sub: UserId,
    #[serde(rename = "fam")]
    pub(crate) family: FamilyId,
    /// Seconds since 1970.
    exp: i64,
}

/// The key that signs access tokens (HS256).
pub(crate) struct Key {
    sign: EncodingKey,
    read: DecodingKey,
}

impl Key {
    /// Derived, so that the master key itself signs nothing.
    pub(crate) fn derive(master_key: &[u8; 32]) -> Self {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(master_key).expect("HMAC takes keys of any length");
        mac.update(b"mewayz access tokens 1");
        let secret = mac.finalize().into_bytes();
        Key { sign: EncodingKey::from_secret(&secret), read: DecodingKey::from_secret(&secret) }
    }

    pub(crate) fn sign(&self, family: FamilyId, user: UserId, until: Timestamp) -> Result<String> {
        let claims = Claims { sub: user, family, exp: until.micros() / 1_000_000 };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.sign)
            .map_err(Error::internal)
    }

    /// The claims, when the signature is ours and the token is not too old.
    pub(crate) fn read(&self, token: &str, now: Timestamp) -> Option<Claims> {
        let mut validation = Validation::new(Algorithm::HS256);
        // The house has a clock of its own, which tests can move.
        validation.validate_exp = false;
        validation.required_spec_claims.clear();
        let claims = jsonwebtoken::decode::<Claims>(token, &self.read, &validation).ok()?.claims;
        (claims.exp > now.micros() / 1_000_000).then_some(claims)
    }
}

#[cfg(test)]
mod tests {
    use kernel::Chance;

    use super::*;

    #[test]
    fn only_tokens_of_this_key_and_time_are_read() {
        let (now, chance) = (Timestamp::from_micros(1_800_000_000_000_000), Chance::seeded(1));
        let (user, family) = (UserId::new(now, &chance), FamilyId::new(now, &chance));
        let (key, other) = (Key::derive(&[1; 32]), Key::derive(&[2; 32]));
        let later = now.plus(std::time::Duration::from_secs(60));
        let token = key.sign(family, user, later).expect("signs");
        assert_eq!(key.read(&token, now).map(|claims| claims.sub), Some(user));
        assert!(key.read(&token, later).is_none());
        assert!(other.read(&token, now).is_none());
        // {"alg":"none","typ":"JWT"}
        let (_, rest) = token.split_once('.').expect("three parts");
        let (claims, _) = rest.split_once('.').expect("three parts");
        let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.");
        assert!(key.read(&unsigned, now).is_none());
    }
}
