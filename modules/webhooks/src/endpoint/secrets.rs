//! Secrets and signatures, after the Standard Webhooks specification (standardwebhooks.com, symmetric).

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Chance, Timestamp};
use sha2::Sha256;

const PREFIX: &str = "whsec_";
/// Bytes that the specification asks for.
const LENGTHS: std::ops::RangeInclusive<usize> = 24..=64;

/// A secret in the form in which receivers know it: `whsec_` and base64.
#[derive(Clone)]
pub(crate) struct Secret {
    text: String,
    key: Vec<u8>,
}

impl Secret {
    /// 256 random bits.
    pub(crate) fn fresh(chance: &Chance) -> Self {
        let key = chance.bytes::<32>().to_vec();
        Secret { text: format!("{PREFIX}{}", STANDARD.encode(&key)), key }
    }

    /// One that someone has already, such as with a service they come from.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let key = STANDARD.decode(text.strip_prefix(PREFIX)?).ok()?;
        LENGTHS.contains(&key.len()).then(|| Secret { text: text.to_owned(), key })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    fn sign(&self, id: &str, seconds: i64, payload: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("any length fits");
        mac.update(format!("{id}.{seconds}.{payload}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// The header `webhook-signature`: one signature a secret, separated by spaces.
pub(crate) fn signatures(secrets: &[Secret], id: &str, at: Timestamp, payload: &str) -> String {
    let seconds = seconds(at);
    let each: Vec<String> = secrets.iter().map(|one| one.sign(id, seconds, payload)).collect();
    each.join(" ")
}

/// The header `webhook-timestamp`.
pub(crate) fn seconds(at: Timestamp) -> i64 {
    at.micros().div_euclid(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's reference libraries.
    #[test]
    fn signs_as_the_reference_does() {
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a secret");
        let at = Timestamp::from_micros(1_614_265_330_000_000);
        let signed =
            signatures(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", at, r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_has_24_to_64_bytes() {
        let secret = Secret::fresh(&Chance::seeded(1));
        assert_eq!(Secret::parse(secret.as_str()).expect("its own form").key, secret.key);
        let of = |bytes: usize| format!("{PREFIX}{}", STANDARD.encode(vec![1; bytes]));
        assert!(Secret::parse(&of(24)).is_some() && Secret::parse(&of(64)).is_some());
        let long = of(32).replace(PREFIX, "");
        for wrong in [&of(23), &of(65), "", "whsec_", "whsec_!", &long] {
            assert!(Secret::parse(wrong).is_none(), "{wrong}");
        }
    }
}
