//! Tokens and their fingerprints: secrets are shown once and stored as hashes.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::Chance;

/// A fresh secret of 256 random bits, in URL-safe base64 (43 letters).
pub fn token(chance: &Chance) -> String {
    URL_SAFE_NO_PAD.encode(chance.bytes::<32>())
}

/// A short public name of 80 random bits, in 16 lower-case letters and digits: cannot be guessed, can be typed.
pub fn short_id(chance: &Chance) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let bits = chance.bytes::<16>();
    bits.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()
}

/// SHA-256 in lower-case hex. Enough for secrets of 128 random bits or more; passwords need argon2.
pub fn sha256_hex(bytes: impl AsRef<[u8]>) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes.as_ref()).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The first 63 bits of SHA-256: tells different contents apart, fits a BIGINT.
pub fn fingerprint(bytes: impl AsRef<[u8]>) -> i64 {
    let digest = Sha256::digest(bytes.as_ref());
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(first) & i64::MAX
}

/// Whether two secrets are the same, in a time that tells nothing about where they differ.
pub fn same_secret(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-2, appendix B.1.
    #[test]
    fn hashes_as_the_standard_says() {
        assert_eq!(
            sha256_hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn tokens_differ() {
        let chance = Chance::seeded(1);
        assert_ne!(token(&chance), token(&chance));
        assert_eq!(token(&chance).len(), 43);
    }
}
