//! How a form presents itself: texts that fit, an address that a browser can follow.

use url::Url;

use super::{LONGEST_LABEL, LONGEST_STATEMENT, Place};
use crate::definition::Settings;

const LONGEST_ADDRESS: usize = 2_000;

impl Place<'_> {
    pub(super) fn presentation(&mut self, settings: &Settings) {
        self.short_if("thanks_title", settings.thanks_title.as_deref(), LONGEST_LABEL);
        self.short_if("thanks_text", settings.thanks_text.as_deref(), LONGEST_STATEMENT);
        let texts = [("logo", &settings.theme.logo), ("cover", &settings.theme.cover)];
        for (place, picture) in texts {
            let text = picture.as_ref().and_then(|picture| picture.text.as_deref());
            self.short_if(&format!("theme.{place}.text"), text, LONGEST_LABEL);
        }
        if let Some(address) = &settings.redirect_url {
            self.address("redirect_url", address);
        }
    }

    /// Refuses what a browser would run rather than open, such as `javascript:`.
    fn address(&mut self, property: &str, address: &str) {
        if !self.short(property, address, LONGEST_ADDRESS) {
            return;
        }
        let opens = Url::parse(address)
            .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
        if !opens {
            let message = "Write a whole address that begins with https://, such as \
                           https://example.com/welcome.";
            self.complain(property, "invalid_url", message);
        }
    }
}
