//! Where requests go and the headers they all share.

use std::io;

use url::Url;

use crate::arguments::Offer;

/// A server and one path on it.
pub(crate) struct Target {
    /// `host:port`, to connect to.
    pub(crate) address: String,
    method: &'static str,
    path: String,
    /// Header lines that never change, each with its line end.
    headers: String,
}

impl Target {
    /// `url` must be plain `http`: a generator that encrypts measures itself.
    pub(crate) fn new(method: &'static str, url: &Url, offer: &Offer) -> io::Result<Self> {
        let host = url.host_str().filter(|_| url.scheme() == "http").ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("{url} is not an http:// address"))
        })?;
        let port = url.port_or_known_default().unwrap_or(80);
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let mut headers = format!("host: {host}:{port}\r\n");
        if let Some(key) = &offer.key {
            headers.push_str(&format!("authorization: Bearer {key}\r\n"));
        }
        for header in &offer.headers {
            headers.push_str(&format!("{header}\r\n"));
        }
        Ok(Self { address: format!("{host}:{port}"), method, path, headers })
    }

    /// The request's head up to and without the empty line.
    pub(crate) fn head(&self) -> String {
        format!("{} {} HTTP/1.1\r\n{}", self.method, self.path, self.headers)
    }
}
