//! Places of our own network that the operator opens.

use std::{fmt, net::IpAddr, str::FromStr};

use serde::Deserialize;

/// An address (`10.1.2.3`), a network (`10.0.0.0/8`), a host (`hooks.internal`) or all hosts below a name
/// (`*.internal`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Allowed {
    Network { address: IpAddr, bits: u32 },
    Host(String),
    Below(String),
}

/// A text that names no place.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidPlace;

impl fmt::Display for InvalidPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "expected a network such as 10.0.0.0/8, or a host such as hooks.internal or *.internal",
        )
    }
}

impl std::error::Error for InvalidPlace {}

impl FromStr for Allowed {
    type Err = InvalidPlace;

    fn from_str(text: &str) -> Result<Self, InvalidPlace> {
        let (address, bits) =
            text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        if let Ok(address) = address.parse::<IpAddr>() {
            let width = if address.is_ipv4() { 32 } else { 128 };
            let bits = bits.map_or(Ok(width), str::parse).map_err(|_| InvalidPlace)?;
            return if bits > width {
                Err(InvalidPlace)
            } else {
                Ok(Self::Network { address, bits })
            };
        }
        let name = text.strip_prefix("*.").unwrap_or(text).to_ascii_lowercase();
        let fine = |letter: char| letter.is_ascii_alphanumeric() || "-._".contains(letter);
        match name.chars().all(fine) && !name.is_empty() {
            true if text.starts_with("*.") => Ok(Self::Below(format!(".{name}"))),
            true => Ok(Self::Host(name)),
            false => Err(InvalidPlace),
        }
    }
}

impl TryFrom<String> for Allowed {
    type Error = InvalidPlace;

    fn try_from(text: String) -> Result<Self, InvalidPlace> {
        text.parse()
    }
}

impl Allowed {
    pub(crate) fn holds_address(&self, asked: IpAddr) -> bool {
        match (self, asked.to_canonical()) {
            (Self::Network { address: IpAddr::V4(ours), bits }, IpAddr::V4(theirs)) => {
                let differing = u32::from(*ours) ^ u32::from(theirs);
                differing.checked_shr(32 - bits).unwrap_or(0) == 0
            }
            (Self::Network { address: IpAddr::V6(ours), bits }, IpAddr::V6(theirs)) => {
                let differing = u128::from(*ours) ^ u128::from(theirs);
                differing.checked_shr(128 - bits).unwrap_or(0) == 0
            }
            _ => false,
        }
    }

    /// Names as they are written in addresses: lower case.
    pub(crate) fn holds_host(&self, name: &str) -> bool {
        match self {
            Self::Network { .. } => false,
            Self::Host(host) => host == name,
            Self::Below(end) => name.ends_with(end.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_network_or_a_name() {
        let network: Allowed = "10.0.0.0/8".parse().unwrap();
        assert!(network.holds_address("10.200.0.1".parse().unwrap()));
        assert!(network.holds_address("::ffff:10.0.0.1".parse().unwrap()));
        assert!(!network.holds_address("11.0.0.1".parse().unwrap()));
        let all: Allowed = "0.0.0.0/0".parse().unwrap();
        assert!(all.holds_address("127.0.0.1".parse().unwrap()));
        let host: Allowed = "Hooks.Internal".parse().unwrap();
        assert!(host.holds_host("hooks.internal") && !host.holds_host("evil-hooks.internal"));
        let below: Allowed = "*.internal".parse().unwrap();
        assert!(below.holds_host("a.b.internal") && !below.holds_host("internal"));
        for wrong in ["", "10.0.0.0/33", "a b", "*.", "http://x"] {
            assert_eq!(wrong.parse::<Allowed>(), Err(InvalidPlace), "{wrong}");
        }
    }
}
