//! The client's address: the socket's, or what a proxy of ours says of it.

use std::{
    convert::Infallible,
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    str::FromStr,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::request::Parts,
};
use serde::Deserialize;

/// Addresses with a common beginning: `10.0.0.0/8`, `2001:db8::/32`, or a single `192.0.2.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

/// A text that is no network.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidNetwork;

impl fmt::Display for InvalidNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected an address such as 192.0.2.1 or a network such as 10.0.0.0/8")
    }
}

impl std::error::Error for InvalidNetwork {}

impl FromStr for Network {
    type Err = InvalidNetwork;

    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        let (address, bits) =
            text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| InvalidNetwork)?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), str::parse).map_err(|_| InvalidNetwork)?;
        if bits > width { Err(InvalidNetwork) } else { Ok(Network { address, bits }) }
    }
}

impl TryFrom<String> for Network {
    type Error = InvalidNetwork;

    fn try_from(text: String) -> Result<Self, InvalidNetwork> {
        text.parse()
    }
}

impl Network {
    fn contains(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                let differing = u32::from(ours) ^ u32::from(theirs);
                differing.checked_shr(32 - self.bits).unwrap_or(0) == 0
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => {
                let differing = u128::from(ours) ^ u128::from(theirs);
                differing.checked_shr(128 - self.bits).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

/// The other end of the connection itself, whatever anyone says of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(Option<IpAddr>);

impl Peer {
    pub(crate) fn of(parts: &Parts) -> Self {
        let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Peer(socket.map(|info| info.0.ip().to_canonical()))
    }

    /// Whether it is this very machine.
    pub(crate) fn is_loopback(self) -> bool {
        self.0.is_some_and(|address| address.is_loopback())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Peer::of(parts))
    }
}

/// Who counts as one: a client of IPv6 has at least a /64 to choose its addresses from.
pub(crate) fn neighbourhood(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => Ipv6Addr::from(u128::from(v6) & !u128::from(u64::MAX)).into(),
    }
}

/// Whether this is a proxy of ours.
pub(crate) fn is_trusted(address: IpAddr, trusted: &[Network]) -> bool {
    trusted.iter().any(|network| network.contains(address))
}

/// Who sends this request. `X-Forwarded-For` is read from its end, only as far as trusted proxies
/// wrote it: whatever stands before that, anyone could have made up.
pub(crate) fn client(parts: &Parts, trusted: &[Network]) -> IpAddr {
    let mut client = Peer::of(parts).0.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let headers = parts.headers.get_all("x-forwarded-for").iter().rev();
    let mut hops = headers.filter_map(|value| value.to_str().ok()).flat_map(|v| v.rsplit(','));
    while is_trusted(client, trusted) {
        match hops.next().map(|hop| hop.trim().parse::<IpAddr>()) {
            Some(Ok(hop)) => client = hop.to_canonical(),
            _ => break,
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn client_of(socket: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut request = Request::builder();
        for value in forwarded {
            request = request.header("x-forwarded-for", *value);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        parts.extensions.insert(ConnectInfo(SocketAddr::new(socket.parse().unwrap(), 4711)));
        let trusted: Vec<Network> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        client(&parts, &trusted).to_string()
    }

    #[test]
    fn nobody_is_believed_unless_the_settings_say_so() {
        assert_eq!(client_of("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
        assert_eq!(client_of("203.0.113.9", &["198.51.100.1"], &["10.0.0.0/8"]), "203.0.113.9");
    }

    #[test]
    fn a_trusted_proxy_names_the_last_hop_and_no_earlier_one() {
        let forged = ["1.1.1.1, 198.51.100.1"];
        assert_eq!(client_of("10.1.2.3", &forged, &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(client_of("::ffff:10.1.2.3", &forged, &["10.0.0.0/8"]), "198.51.100.1");
        let two = ["1.1.1.1", "198.51.100.1, 10.9.9.9"];
        assert_eq!(client_of("10.1.2.3", &two, &["10.0.0.0/8"]), "198.51.100.1");
    }

    #[test]
    fn a_proxy_that_says_nothing_usable_stands_for_its_clients() {
        assert_eq!(client_of("10.1.2.3", &[], &["10.1.2.3"]), "10.1.2.3");
        assert_eq!(client_of("10.1.2.3", &["1.1.1.1, unknown"], &["10.1.2.3"]), "10.1.2.3");
    }

    #[test]
    fn networks_are_read_and_compared_by_their_beginning() {
        let contains = |network: &str, address: &str| {
            network.parse::<Network>().unwrap().contains(address.parse().unwrap())
        };
        assert!(contains("2001:db8::/32", "2001:db8:ffff::1"));
        assert!(!contains("2001:db8::/32", "2001:db9::1"));
        assert!(contains("0.0.0.0/0", "203.0.113.9"));
        assert!(!contains("0.0.0.0/0", "::1"));
        for wrong in ["", "10.0.0.0/33", "10.0.0.0/", "ten", "::/129", "10.0.0.0/-1"] {
            assert_eq!(wrong.parse::<Network>(), Err(InvalidNetwork), "{wrong}");
        }
    }
}
