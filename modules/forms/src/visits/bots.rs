//! Who only looks in: programs that say so, and browsers that fetch a page before anybody wants it.

use axum::http::{HeaderMap, Method, header::USER_AGENT};

/// Words in the names of crawlers, of previews of links, of monitors and of libraries.
const WORDS: [&str; 22] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "preview",
    "facebookexternalhit",
    "embedly",
    "whatsapp/",
    "vkshare",
    "monitor",
    "uptime",
    "pingdom",
    "lighthouse",
    "headlesschrome",
    "phantomjs",
    "curl/",
    "wget/",
    "python-",
    "go-http-client",
    "java/",
    "okhttp",
    "scrapy",
];

/// Whether a person looks at what is asked for.
pub(super) fn is_seen(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::GET && !is_early(headers) && !is_bot(headers)
}

/// Fetched before anybody asked for it: `Sec-Purpose` (WHATWG Fetch, 3.2.7), and its older names.
fn is_early(headers: &HeaderMap) -> bool {
    let early = |value: &str| ["prefetch", "prerender"].iter().any(|word| value.contains(word));
    let values = ["sec-purpose", "purpose", "x-moz"].into_iter().filter_map(|it| headers.get(it));
    values.filter_map(|value| value.to_str().ok()).any(early)
}

/// Every browser says what it is; whoever says nothing is none.
pub(crate) fn is_bot(headers: &HeaderMap) -> bool {
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    // A maker of telephones, who can do nothing for their name.
    let agent = agent.to_ascii_lowercase().replace("cubot", "");
    agent.is_empty() || WORDS.iter().any(|word| agent.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: &str =
        "Mozilla/5.0 (Linux; Android 9; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/140.0 Mobile";

    fn seen(method: &Method, sent: &[(&'static str, &str)]) -> bool {
        let headers = sent.iter().map(|(name, value)| {
            ((*name).parse().expect("a name"), value.parse().expect("a value"))
        });
        is_seen(method, &headers.collect())
    }

    #[test]
    fn people_are_seen_and_programs_are_not() {
        assert!(seen(&Method::GET, &[("user-agent", PHONE)]));
        for agent in [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "facebookexternalhit/1.1",
            "WhatsApp/2.23.20.0",
            "curl/8.5.0",
            "",
        ] {
            assert!(!seen(&Method::GET, &[("user-agent", agent)]), "{agent}");
        }
        assert!(!seen(&Method::GET, &[]));
    }

    #[test]
    fn what_nobody_asked_for_is_not_seen() {
        for early in [("sec-purpose", "prefetch;prerender"), ("purpose", "prefetch")] {
            assert!(!seen(&Method::GET, &[("user-agent", PHONE), early]));
        }
        assert!(!seen(&Method::HEAD, &[("user-agent", PHONE)]));
    }
}
