//! The one way out: names are looked up, every address found is judged, and the connection goes to one of those
//! that passed. Nothing is looked up a second time, so a name cannot change in between.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::TlsConnector;

use crate::{
    Allowed, Failure,
    target::{Target, permitted},
};

/// For each address that a name has.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Certificates of the authorities that browsers trust.
pub(crate) fn tls() -> Arc<ClientConfig> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(config)
}

/// The addresses of a target that may be connected to.
pub(crate) async fn resolve(
    target: &Target,
    allowed: &[Allowed],
) -> Result<Vec<SocketAddr>, Failure> {
    let found = match target.literal() {
        Some(address) => vec![SocketAddr::new(address, target.port())],
        None => {
            let names = lookup_host((target.host(), target.port())).await;
            names
                .map_err(|error| {
                    tracing::debug!(%error, "a name was not found");
                    Failure::NotSent(format!("The host {} was not found.", target.host()))
                })?
                .collect()
        }
    };
    permitted(found, target, allowed).map_err(|refusal| Failure::Refused(refusal.0))
}

pub(crate) async fn connect(
    target: &Target,
    allowed: &[Allowed],
    tls: &Arc<ClientConfig>,
) -> Result<Box<dyn Stream>, Failure> {
    let mut last = Failure::NotSent(format!("The host {} has no address.", target.host()));
    for address in resolve(target, allowed).await? {
        match timeout(CONNECT_TIMEOUT, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // Small requests: nothing is gained by waiting for more.
                let _ = stream.set_nodelay(true);
                return secured(target, stream, tls).await;
            }
            Ok(Err(error)) => last = not_connected(address, &error),
            Err(_) => last = Failure::NotSent(format!("{address} did not answer within 5 s.")),
        }
    }
    Err(last)
}

fn not_connected(address: SocketAddr, error: &io::Error) -> Failure {
    Failure::NotSent(match error.kind() {
        io::ErrorKind::ConnectionRefused => format!("{address} refused the connection."),
        _ => format!("No connection to {address}: {error}."),
    })
}

async fn secured(
    target: &Target,
    stream: TcpStream,
    tls: &Arc<ClientConfig>,
) -> Result<Box<dyn Stream>, Failure> {
    if !target.is_secure() {
        return Ok(Box::new(stream));
    }
    let name = target.host().trim_matches(['[', ']']).to_owned();
    let name = ServerName::try_from(name)
        .map_err(|_| Failure::NotSent("This host cannot have a certificate.".into()))?;
    match TlsConnector::from(tls.clone()).connect(name, stream).await {
        Ok(stream) => Ok(Box::new(stream)),
        Err(error) => Err(Failure::NotSent(format!("No secure connection: {error}."))),
    }
}
