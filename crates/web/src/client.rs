//! Where a request comes from, for slowing down those who guess.

use std::net::IpAddr;

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::Failure;

/// The other end of the connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// The client's address as text; empty when unknown.
#[derive(Debug, Clone, Default)]
pub struct ClientAddress(pub String);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0);
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let nearest = forwarded
            .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        Ok(ClientAddress(
            match (peer, nearest) {
                // Only a proxy beside us is believed; anyone on the internet could send this header.
                (Some(peer), Some(client)) if is_near(peer) => client,
                (None, Some(client)) => client,
                (Some(peer), _) => peer,
                (None, None) => return Ok(ClientAddress::default()),
            }
            .to_string(),
        ))
    }
}

/// Loopback and private networks (RFC 1918, RFC 4193).
fn is_near(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    async fn seen(peer: &str, forwarded: &str) -> String {
        let request = Request::builder().header("x-forwarded-for", forwarded).body(());
        let (mut parts, ()) = request.expect("a request").into_parts();
        parts.extensions.insert(Peer(peer.parse().expect("an address")));
        let address = ClientAddress::from_request_parts(&mut parts, &()).await;
        address.expect("never refused").0
    }

    #[tokio::test]
    async fn only_a_near_proxy_may_name_the_client() {
        assert_eq!(seen("203.0.113.9", "198.51.100.1").await, "203.0.113.9");
        assert_eq!(seen("10.0.0.2", "6.6.6.6, 198.51.100.1").await, "198.51.100.1");
        assert_eq!(seen("::1", "nonsense").await, "::1");
    }
}
