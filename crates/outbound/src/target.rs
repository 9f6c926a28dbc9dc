//! An address that a customer names, read and judged.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
};

use url::{Host, Url};

use crate::{Allowed, is_public};

/// Bytes of an address.
const LONGEST: usize = 2_000;

/// Why an address is not one that we send to, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// An address of http or https; a host that is written as digits is judged already.
#[derive(Debug, Clone)]
pub struct Target {
    pub(crate) url: Url,
}

fn refuse<T>(message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(message.into()))
}

impl Target {
    pub(crate) fn parse(text: &str, allowed: &[Allowed]) -> Result<Self, Refusal> {
        if text.len() > LONGEST {
            return refuse("Use an address of at most 2,000 letters.");
        }
        let Ok(mut url) = Url::parse(text) else {
            return refuse("Write a whole address, such as https://example.com/hooks.");
        };
        if !matches!(url.scheme(), "http" | "https") {
            return refuse("Use an address that begins with https:// or http://.");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse(
                "Leave user name and password out of the address; the signature is the proof.",
            );
        }
        url.set_fragment(None);
        let target = Target { url };
        if let Some(address) = target.literal()
            && !may_connect(address, None, allowed)
        {
            return refuse(private(&address.to_string()));
        }
        if target.is_local_name() && !allowed.iter().any(|place| place.holds_host(target.host())) {
            return refuse(private(target.host()));
        }
        Ok(target)
    }

    /// The address as it is used, written the one way that the standard knows.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// The name or the digits in it.
    pub(crate) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub(crate) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(443)
    }

    pub(crate) fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The parser has turned every way of writing an address in digits into this.
    pub(crate) fn literal(&self) -> Option<IpAddr> {
        match self.url.host()? {
            Host::Ipv4(address) => Some(address.into()),
            Host::Ipv6(address) => Some(address.into()),
            Host::Domain(_) => None,
        }
    }

    /// Names that never leave the machine or the house (RFC 6761, RFC 6762).
    fn is_local_name(&self) -> bool {
        let name = self.host().trim_end_matches('.');
        let local = ["localhost", "local", "internal", "home.arpa"];
        self.literal().is_none()
            && local.iter().any(|end| {
                name.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            })
    }
}

/// Whether a connection to this address, found under this name, may be made.
pub(crate) fn may_connect(address: IpAddr, name: Option<&str>, allowed: &[Allowed]) -> bool {
    is_public(address)
        || allowed.iter().any(|place| {
            place.holds_address(address) || name.is_some_and(|name| place.holds_host(name))
        })
}

/// Those of the addresses found for a host that may be connected to.
pub(crate) fn permitted(
    found: Vec<SocketAddr>,
    target: &Target,
    allowed: &[Allowed],
) -> Result<Vec<SocketAddr>, Refusal> {
    let name = target.literal().is_none().then(|| target.host());
    let fine: Vec<SocketAddr> =
        found.into_iter().filter(|socket| may_connect(socket.ip(), name, allowed)).collect();
    if fine.is_empty() { refuse(private(target.host())) } else { Ok(fine) }
}

fn private(host: &str) -> String {
    format!(
        "{host} lies in a private network, where we do not send. \
         The operator can allow it in the setting outbound.allow."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_our_own_network_are_refused_in_every_way_of_writing() {
        for wrong in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://[::1]:8080/",
            "http://[::ffff:7f00:1]/",
            "http://[64:ff9b::7f00:1]/",
            "https://169.254.169.254/latest/meta-data",
            "http://10.0.0.1:9200/",
            "http://0/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://a.localhost/",
            "http://printer.local/",
            "http://metadata.google.internal/",
        ] {
            let refusal = Target::parse(wrong, &[]).unwrap_err();
            assert!(refusal.0.contains("private network"), "{wrong}: {refusal}");
        }
    }

    /// A name can lead anywhere, and elsewhere the next time: what was found is judged, and nothing else is asked.
    #[test]
    fn a_name_that_leads_into_our_own_network_is_refused_when_it_is_found() {
        let sockets = |list: &[&str]| list.iter().map(|one| one.parse().unwrap()).collect();
        let target = Target::parse("http://rebinding.example:81/", &[]).unwrap();
        for inside in ["127.0.0.1:81", "[::1]:81", "169.254.169.254:81", "[::ffff:10.0.0.1]:81"] {
            assert!(permitted(sockets(&[inside]), &target, &[]).is_err(), "{inside}");
        }
        assert!(permitted(Vec::new(), &target, &[]).is_err());
        let mixed = sockets(&["10.0.0.1:81", "8.8.8.8:81", "[::1]:81"]);
        assert_eq!(permitted(mixed, &target, &[]), Ok(sockets(&["8.8.8.8:81"])));
        let allowed = ["rebinding.example".parse().unwrap()];
        assert!(permitted(sockets(&["10.0.0.1:81"]), &target, &allowed).is_ok());
        let allowed = ["other.example".parse().unwrap()];
        assert!(permitted(sockets(&["10.0.0.1:81"]), &target, &allowed).is_err());
    }

    #[test]
    fn what_is_no_address_of_the_web_is_refused() {
        for wrong in [
            "",
            "example.com",
            "ftp://example.com",
            "file:///etc/passwd",
            "https://",
            "https://u:p@example.com/",
        ] {
            assert!(Target::parse(wrong, &[]).is_err(), "{wrong}");
        }
        let long = format!("https://example.com/{}", "a".repeat(LONGEST));
        assert!(Target::parse(&long, &[]).is_err());
    }

    #[test]
    fn the_world_and_what_the_operator_allows_pass() {
        let allowed = ["127.0.0.0/8".parse().unwrap(), "hooks.internal".parse().unwrap()];
        for fine in [
            "https://example.com/a?b=c#d",
            "http://example.com:8080",
            "https://8.8.8.8/",
            "https://bücher.example/",
        ] {
            assert!(Target::parse(fine, &[]).is_ok(), "{fine}");
        }
        for fine in ["http://127.0.0.1:9/", "http://hooks.internal/"] {
            assert!(Target::parse(fine, &allowed).is_ok(), "{fine}");
        }
        assert!(Target::parse("http://10.0.0.1/", &allowed).is_err());
        let target = Target::parse("https://example.com/a#d", &[]).unwrap();
        assert_eq!(target.as_str(), "https://example.com/a");
    }
}
