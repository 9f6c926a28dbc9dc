//! The session's cookie (RFC 6265bis: the `__Host-` prefix, SameSite).

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};

/// How cookies are named and guarded here.
pub(crate) struct Cookies {
    pub(crate) secure: bool,
}

impl Cookies {
    /// Browsers take `__Host-` only over https and only from this very host.
    fn name(&self) -> &'static str {
        if self.secure { "__Host-mewayz" } else { "mewayz_session" }
    }

    /// The session's token among the cookies sent.
    pub(crate) fn read<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|text| text.split(';'));
        pairs.find_map(|pair| pair.trim().strip_prefix(self.name())?.strip_prefix('='))
    }

    pub(crate) fn set(&self, secret: &str, age: Duration) -> HeaderValue {
        self.header(secret, age.as_secs())
    }

    pub(crate) fn clear(&self) -> HeaderValue {
        self.header("", 0)
    }

    fn header(&self, secret: &str, seconds: u64) -> HeaderValue {
        let name = self.name();
        let secure = if self.secure { "; Secure" } else { "" };
        let text =
            format!("{name}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
        HeaderValue::try_from(text).expect("a token is URL-safe base64")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_https_the_cookie_is_bound_to_the_host() {
        let cookie = Cookies { secure: true }.set("abc", Duration::from_secs(60));
        assert_eq!(cookie, "__Host-mewayz=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; mewayz_session2=x"));
        headers.append(COOKIE, HeaderValue::from_static("b=2;mewayz_session=abc; c"));
        assert_eq!(Cookies { secure: false }.read(&headers), Some("abc"));
        assert_eq!(Cookies { secure: true }.read(&headers), None);
    }
}
