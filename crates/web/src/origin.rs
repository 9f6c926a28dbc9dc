//! The scheme and host under which people know the house, for links that they copy.

use std::{fmt, net::SocketAddr, str::FromStr};

use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header::HOST, uri::Authority},
};
use serde::Deserialize;

use crate::{Network, address::is_trusted};

const SCHEME: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// An address without a path: `https://forms.example.com`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicUrl {
    scheme: HeaderValue,
    host: HeaderValue,
}

/// A text that is no such address.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidPublicUrl;

impl fmt::Display for InvalidPublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected an address without a path, such as https://forms.example.com")
    }
}

impl std::error::Error for InvalidPublicUrl {}

impl FromStr for PublicUrl {
    type Err = InvalidPublicUrl;

    fn from_str(text: &str) -> Result<Self, InvalidPublicUrl> {
        let uri: Uri = text.parse().map_err(|_| InvalidPublicUrl)?;
        let scheme = match uri.scheme_str() {
            Some("https") => HeaderValue::from_static("https"),
            Some("http") => HeaderValue::from_static("http"),
            _ => return Err(InvalidPublicUrl),
        };
        let host = uri.authority().map(Authority::as_str).filter(|host| !host.contains('@'));
        let bare = uri.path_and_query().is_none_or(|rest| rest.as_str() == "/");
        let host = host.filter(|_| bare).and_then(|host| HeaderValue::from_str(host).ok());
        Ok(PublicUrl { scheme, host: host.ok_or(InvalidPublicUrl)? })
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = InvalidPublicUrl;

    fn try_from(text: String) -> Result<Self, InvalidPublicUrl> {
        text.parse()
    }
}

/// Makes the headers of a request say where it was sent: as the setting has it, or as a proxy of ours
/// says; what anyone else says of it goes.
pub(crate) fn settle(request: &mut Request, public: Option<&PublicUrl>, proxies: &[Network]) {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map(|info| info.0.ip().to_canonical());
    let trusted = peer.is_some_and(|peer| is_trusted(peer, proxies));
    let headers = request.headers_mut();
    if let Some(PublicUrl { scheme, host }) = public {
        headers.insert(SCHEME, scheme.clone());
        headers.insert(FORWARDED_HOST, host.clone());
    } else if !trusted {
        headers.remove(SCHEME);
        headers.remove(FORWARDED_HOST);
    }
}

/// Whether the request names its host once, as HTTP/1.1 asks for (RFC 9112, section 3.2).
pub(crate) fn names_one_host(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    let sound = |host: &HeaderValue| Authority::try_from(host.as_bytes()).is_ok();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.is_empty() || sound(host),
        (None, _) => request.version() < axum::http::Version::HTTP_11,
        _ => false,
    }
}

/// Such as `https://forms.example.com`, of a request that has come in.
pub fn origin(headers: &HeaderMap) -> String {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = text(SCHEME).filter(|scheme| *scheme == "https").unwrap_or("http");
    // Each proxy in a row may have added what it heard; the last one is ours.
    let forwarded = text(FORWARDED_HOST).and_then(|hosts| hosts.rsplit(',').next());
    let host = forwarded.map(str::trim).or(text(HOST)).unwrap_or("localhost");
    format!("{scheme}://{host}")
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn origin_of(peer: &str, public: Option<&str>, proxies: &[&str]) -> String {
        let public: Option<PublicUrl> = public.map(|text| text.parse().unwrap());
        let proxies: Vec<Network> = proxies.iter().map(|text| text.parse().unwrap()).collect();
        let request = Request::get("/")
            .header("host", "inside:8080")
            .header("x-forwarded-proto", "https")
            .header("x-forwarded-host", "forms.example.com")
            .extension(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4711)));
        let mut request = request.body(Body::empty()).unwrap();
        settle(&mut request, public.as_ref(), &proxies);
        origin(request.headers())
    }

    #[test]
    fn only_our_proxy_says_where_a_request_was_sent() {
        let ours = ["10.0.0.0/8"];
        assert_eq!(origin_of("10.0.0.1", None, &ours), "https://forms.example.com");
        assert_eq!(origin_of("192.0.2.1", None, &ours), "http://inside:8080");
        assert_eq!(origin_of("10.0.0.1", None, &[]), "http://inside:8080");
    }

    #[test]
    fn the_setting_says_it_for_all() {
        let origin = |text| origin_of("192.0.2.1", Some(text), &[]);
        assert_eq!(origin("https://acme.example"), "https://acme.example");
        assert_eq!(origin("http://acme.example:8080/"), "http://acme.example:8080");
        for wrong in ["", "acme.example", "ftp://acme.example", "https://acme.example/forms", "/"] {
            assert_eq!(wrong.parse::<PublicUrl>(), Err(InvalidPublicUrl), "{wrong}");
        }
    }
}
