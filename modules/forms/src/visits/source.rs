//! From where somebody comes: what the link says of itself, or else the page with the link.

use axum::http::{
    HeaderMap,
    header::{HOST, REFERER},
};
use url::Url;

use crate::{pages::sent, submissions::trace::Trace};

/// Nobody says from where.
pub(crate) const DIRECT: &str = "direct";
/// What a form has too many of on one day is counted together.
pub(crate) const OTHER: &str = "other";
/// Characters of a source.
const LONGEST: usize = 60;

/// `newsletter` of `?utm_source=Newsletter`, `example.com` of a link there, or [`DIRECT`].
fn source(pairs: &[(String, String)], headers: &HeaderMap) -> String {
    let named = sent(pairs, "utm_source").and_then(tidy);
    named.or_else(|| referring_host(headers)).unwrap_or_else(|| DIRECT.to_owned())
}

/// All that address and headers say of it.
pub(super) fn trace(pairs: &[(String, String)], headers: &HeaderMap) -> Trace {
    let part = |name| sent(pairs, name).and_then(tidy);
    let (medium, campaign) = (part("utm_medium"), part("utm_campaign"));
    Trace { source: source(pairs, headers), medium, campaign, seconds: None }
}

/// One line in small letters, without what nobody sees; nothing where nothing is left.
pub(super) fn tidy(text: &str) -> Option<String> {
    let plain = |letter: &char| kernel::is_plain(letter.encode_utf8(&mut [0; 4]));
    let text = text.trim().to_lowercase();
    let text: String = text.chars().filter(plain).take(LONGEST).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Our own pages lead to each other; that is no source.
fn referring_host(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let address = Url::parse(text(REFERER)?).ok()?;
    let host = address.host_str()?;
    let ours = text(HOST).and_then(|host| host.split(':').next());
    (Some(host) != ours).then(|| tidy(host.strip_prefix("www.").unwrap_or(host))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(query: &str, referer: Option<&str>) -> String {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).expect("a query");
        let referer = referer.map(|it| (REFERER, it.parse().expect("a value")));
        let host = (HOST, "forms.example:8080".parse().expect("a value"));
        source(&pairs, &referer.into_iter().chain([host]).collect())
    }

    #[test]
    fn the_link_has_the_first_word() {
        let search = Some("https://www.google.com/search?q=bread");
        assert_eq!(told("utm_source=%20News%E2%80%AEletter%00", search), "newsletter");
        assert_eq!(told("utm_source=%20", search), "google.com");
        assert_eq!(told("", Some("android-app://com.example.mail/")), "com.example.mail");
        assert_eq!(told("", Some("http://forms.example:8080/f/abc/thanks")), DIRECT);
        assert_eq!(told("", Some("nonsense")), DIRECT);
        assert_eq!(told(&format!("utm_source={}", "x".repeat(500)), None).len(), LONGEST);
    }
}
