//! The way out: which server takes our mails, in which name, and how it is spoken to.

mod conversation;
mod message;

use std::time::Duration;

use lettre::transport::smtp::{
    authentication::Credentials,
    client::{Certificate, TlsParameters},
};
use url::Url;

use crate::address::{parse_address, wire_address};

pub(crate) use conversation::{Conversation, Fault, Phase};
pub(crate) use message::{Outgoing, compose};

/// For each step of a conversation; servers may take their time over a message (RFC 5321, section 4.5.3.2).
const PATIENCE: Duration = Duration::from_secs(60);

/// How the wire is kept from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protection {
    /// TLS from the first byte on (RFC 8314).
    Implicit,
    /// STARTTLS, or nothing is sent.
    Required,
    /// STARTTLS where the server offers it.
    Opportunistic,
    None,
}

/// What the operator has set up.
#[derive(Clone)]
pub struct Smtp {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) protection: Protection,
    pub(crate) credentials: Option<Credentials>,
    /// The address that all mails come from.
    pub(crate) from: String,
    pub(crate) tls: TlsParameters,
    pub(crate) patience: Duration,
}

impl Smtp {
    /// Reads `smtp://user:password@host:587`, `smtps://host` and the address to send from; `authorities` are
    /// certificates in PEM that are trusted beside those of the world. A fault is told in words for the operator.
    pub fn parse(url: &str, from: &str, authorities: Option<&[u8]>) -> Result<Self, String> {
        let parsed = Url::parse(url).map_err(|_| WRONG_URL.to_owned())?;
        let host = parsed.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or(WRONG_URL)?.trim_matches(['[', ']']).to_owned();
        let protection = protection(&parsed, &host)?;
        let usual = if protection == Protection::Implicit { 465 } else { 587 };
        let sender = parse_address(from).and_then(|address| wire_address(&address));
        let tls = tls(&host, authorities)?;
        Ok(Smtp {
            port: parsed.port().unwrap_or(usual),
            protection,
            credentials: credentials(&parsed)?,
            from: sender.ok_or("mail.from: write an address such as forms@example.com")?,
            tls,
            host,
            patience: PATIENCE,
        })
    }

    /// Another patience than the usual one, for tests.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The part of our address behind the sign: mails are named by it.
    pub(crate) fn domain(&self) -> &str {
        self.from.rsplit_once('@').map_or("localhost", |(_, domain)| domain)
    }
}

const WRONG_URL: &str =
    "mail.url: write smtp://user:password@host:587 or smtps://user:password@host";

fn protection(url: &Url, host: &str) -> Result<Protection, String> {
    let asked = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value);
    match (url.scheme(), asked.as_deref()) {
        ("smtps", None) => Ok(Protection::Implicit),
        ("smtp", None) if is_this_machine(host) => Ok(Protection::Opportunistic),
        ("smtp", None | Some("required")) => Ok(Protection::Required),
        ("smtp", Some("opportunistic")) => Ok(Protection::Opportunistic),
        ("smtp", Some("none")) => Ok(Protection::None),
        ("smtp", Some(_)) => Err("mail.url: tls is required, opportunistic or none".into()),
        _ => Err(WRONG_URL.into()),
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn credentials(url: &Url) -> Result<Option<Credentials>, String> {
    if url.username().is_empty() {
        return Ok(None);
    }
    let plain = |text: &str| {
        // `+` means itself in this part of an address.
        let pairs = format!("x={}", text.replace('+', "%2B"));
        url::form_urlencoded::parse(pairs.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    let (user, password) = (plain(url.username()), plain(url.password().unwrap_or_default()));
    let both = user.zip(password).ok_or(WRONG_URL)?;
    Ok(Some(Credentials::new(both.0, both.1)))
}

fn tls(host: &str, authorities: Option<&[u8]>) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(pem) = authorities {
        let certificate = Certificate::from_pem(pem);
        let certificate = certificate.map_err(|_| "mail.authorities: no certificate in PEM")?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(|error| format!("mail.url: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(url: &str) -> Result<Smtp, String> {
        Smtp::parse(url, "forms@example.com", None)
    }

    fn kept(url: &str) -> (u16, Protection) {
        let smtp = parsed(url).expect("a server");
        (smtp.port, smtp.protection)
    }

    #[test]
    fn an_address_says_how_the_server_is_spoken_to() {
        assert_eq!(kept("smtps://mail.example.com"), (465, Protection::Implicit));
        assert_eq!(kept("smtp://u:p@mail.example.com"), (587, Protection::Required));
        assert_eq!(kept("smtp://localhost:25"), (25, Protection::Opportunistic));
        assert_eq!(kept("smtp://127.0.0.1:1025?tls=none"), (1025, Protection::None));
        assert_eq!(kept("smtp://mail.example.com?tls=opportunistic").1, Protection::Opportunistic);
    }

    #[test]
    fn names_and_passwords_may_hold_any_letter() {
        let smtp = parsed("smtp://a%40b.example:p%2Bq+%C3%BC@mail.example.com").expect("a server");
        let wanted = Credentials::new("a@b.example".into(), "p+q+ü".into());
        assert_eq!(smtp.credentials, Some(wanted));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for wrong in ["", "mail.example.com", "http://mail.example.com", "smtp://", "smtp:x"] {
            let told = parsed(wrong).err().unwrap_or_default();
            assert!(told.starts_with("mail.url: "), "{wrong}: {told}");
        }
        let told = Smtp::parse("smtp://localhost", "forms", None).err();
        assert!(told.is_some_and(|told| told.starts_with("mail.from: ")));
    }
}
