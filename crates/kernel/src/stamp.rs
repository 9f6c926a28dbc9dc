//! Stamps on our own words: what comes back from outside is known to be ours, and needs no row to remember it.

use ring::hmac;

use crate::same_secret;

/// Stamps the texts of one purpose (HMAC-SHA256, RFC 2104).
#[derive(Clone)]
pub struct Stamp(hmac::Key);

impl Stamp {
    /// A key of its own for each purpose, such as `tickets of forms`.
    pub fn derive(master_key: &[u8; 32], purpose: &str) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, master_key);
        let derived = hmac::sign(&key, format!("mewayz stamp {purpose}").as_bytes());
        Stamp(hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref()))
    }

    /// 128 bits in lower-case hex, which is enough for what cannot be tried offline (NIST SP 800-107, 5.3.3).
    pub fn of(&self, text: &str) -> String {
        let code = hmac::sign(&self.0, text.as_bytes());
        code.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether this is the stamp that we gave the text.
    pub fn fits(&self, text: &str, stamp: &str) -> bool {
        same_secret(&self.of(text), stamp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_fits_its_text_its_purpose_and_its_key_alone() {
        let stamp = Stamp::derive(&[7; 32], "tests");
        let given = stamp.of("one");
        assert_eq!(given.len(), 32);
        assert!(stamp.fits("one", &given) && !stamp.fits("two", &given) && !stamp.fits("one", ""));
        assert!(!Stamp::derive(&[7; 32], "other").fits("one", &given));
        assert!(!Stamp::derive(&[8; 32], "tests").fits("one", &given));
    }
}
