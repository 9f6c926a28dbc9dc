//! Listening: connections with limits and time-outs, and a stop that lets requests finish.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{Router, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1::Builder, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use kernel::{Crowd, Place};
use socket2::SockRef;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::Service;

use crate::{
    Network,
    address::{is_trusted, neighbourhood},
    linger::linger,
};

/// How the listener behaves.
#[derive(Debug, Clone)]
pub struct ServeSettings {
    /// Connections at once; more wait in the kernel's queue.
    pub connections: usize,
    /// Those of one client among them; more are closed at once.
    pub connections_per_client: usize,
    /// Proxies, each of which stands for many clients.
    pub trusted_proxies: Vec<Network>,
    /// How long a client may take to send its request's headers, and how long an idle connection is kept.
    pub header_timeout: Duration,
    /// How long a client may leave an answer unread once the network's buffers are full.
    pub unread_timeout: Duration,
    /// How long requests may take to finish once a stop is asked for.
    pub grace: Duration,
}

impl Default for ServeSettings {
    fn default() -> Self {
        ServeSettings {
            connections: 10_000,
            connections_per_client: 1_000,
            trusted_proxies: Vec::new(),
            header_timeout: Duration::from_secs(15),
            unread_timeout: Duration::from_secs(30),
            grace: Duration::from_secs(20),
        }
    }
}

/// Serves until `stop`, then lets requests in progress finish.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    settings: ServeSettings,
    stop: CancellationToken,
) {
    let room = Arc::new(Semaphore::new(settings.connections.min(Semaphore::MAX_PERMITS)));
    let (settings, clients) = (Arc::new(settings), Crowd::default());
    let tracker = TaskTracker::new();
    loop {
        let permit = tokio::select! {
            permit = room.clone().acquire_owned() => permit.expect("nobody closes it"),
            () = stop.cancelled() => break,
        };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, mostly; accepting again at once would spin.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = stop.cancelled() => break,
        };
        let Some(place) = enter(&clients, peer, &settings) else {
            metrics::counter!("mewayz_connections_refused_total").increment(1);
            continue;
        };
        let (router, settings, stop) = (router.clone(), settings.clone(), stop.clone());
        tracker.spawn(async move {
            converse(stream, peer, router, &settings, stop).await;
            drop((permit, place));
        });
    }
    drop(listener);
    tracker.close();
    if tokio::time::timeout(settings.grace, tracker.wait()).await.is_err() {
        tracing::warn!(left = tracker.len(), "some requests did not finish in time");
    }
}

/// One client must not take the connections of all others.
fn enter(
    clients: &Crowd<IpAddr>,
    peer: SocketAddr,
    settings: &ServeSettings,
) -> Option<Place<IpAddr>> {
    let address = peer.ip().to_canonical();
    let proxy = is_trusted(address, &settings.trusted_proxies);
    let most = if proxy { usize::MAX } else { settings.connections_per_client };
    clients.enter(neighbourhood(address), most)
}

/// HTTP/1.1 alone: a proxy that speaks HTTP/2 to browsers speaks this to us, and telling the versions
/// apart would wait for a silent client's first bytes without a time-out.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    settings: &ServeSettings,
    stop: CancellationToken,
) {
    // Small answers must not wait for the next packet; failing to say so costs only time.
    let _ = stream.set_nodelay(true);
    // Who does not read its answer is cut by the kernel: nothing sent may wait longer than this.
    let _ = SockRef::from(&stream).set_tcp_user_timeout(Some(settings.unread_timeout));
    let mut builder = Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(settings.header_timeout)
        .max_buf_size(64 * 1024);
    let answer = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().call(linger(request))
    });
    let connection = builder.serve_connection(TokioIo::new(stream), answer);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

#[cfg(test)]
mod tests {
    use axum::{
        body::{Body, Bytes},
        http::StatusCode,
        routing::{any, get},
    };
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    async fn listening(router: Router) -> std::net::SocketAddr {
        listening_with(router, |_| ()).await
    }

    async fn listening_with(
        router: Router,
        adjust: impl FnOnce(&mut ServeSettings),
    ) -> std::net::SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let mut settings = ServeSettings {
            header_timeout: Duration::from_millis(200),
            unread_timeout: Duration::from_millis(300),
            ..Default::default()
        };
        adjust(&mut settings);
        tokio::spawn(serve(listener, router, settings, CancellationToken::new()));
        address
    }

    #[tokio::test]
    async fn who_is_refused_while_sending_sees_the_answer() {
        let refuse = any(async || StatusCode::PAYLOAD_TOO_LARGE);
        let address = listening(Router::new().route("/", refuse)).await;
        let mut client = TcpStream::connect(address).await.expect("a connection");
        let size = 16 * 1024 * 1024;
        let head = format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {size}\r\n\r\n");
        client.write_all(head.as_bytes()).await.expect("the head is taken");
        client.write_all(&vec![0; size]).await.expect("the body is taken to its end");
        let mut answer = [0; 12];
        client.read_exact(&mut answer).await.expect("an answer");
        assert_eq!(&answer, b"HTTP/1.1 413");
    }

    #[tokio::test]
    async fn who_never_reads_is_cut() {
        let (dropped, cut) = tokio::sync::oneshot::channel::<()>();
        let dropped = Arc::new(std::sync::Mutex::new(Some(dropped)));
        let endless = get(async move || {
            let dropped = dropped.lock().expect("no panic").take();
            Body::from_stream(futures::stream::repeat_with(move || {
                let _alive = &dropped;
                Ok::<_, std::io::Error>(Bytes::from_static(&[0; 65536]))
            }))
        });
        let address = listening(Router::new().route("/", endless)).await;
        let mut client = TcpStream::connect(address).await.expect("a connection");
        client.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("room in the socket");
        let cut = tokio::time::timeout(Duration::from_secs(20), cut).await;
        assert!(cut.is_ok(), "an answer may wait for ever");
    }

    /// The status of an answer; none when the connection was closed instead.
    async fn ask(client: &mut TcpStream) -> Option<[u8; 12]> {
        // Writing to what was closed already fails too.
        client.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.ok()?;
        let mut answer = [0; 12];
        client.read_exact(&mut answer).await.ok().map(|_| answer)
    }

    #[tokio::test]
    async fn a_client_has_so_many_connections_and_no_more() {
        let few = |settings: &mut ServeSettings| {
            settings.connections_per_client = 2;
            settings.header_timeout = Duration::from_secs(20);
        };
        let router = Router::new().route("/", any(async || StatusCode::NO_CONTENT));
        let address = listening_with(router.clone(), few).await;
        let mut clients = Vec::new();
        for _ in 0..2 {
            let mut client = TcpStream::connect(address).await.expect("a connection");
            assert!(ask(&mut client).await.is_some());
            clients.push(client);
        }
        let mut third = TcpStream::connect(address).await.expect("a connection");
        assert_eq!(ask(&mut third).await, None, "a third connection was served");
        assert!(ask(&mut clients[0]).await.is_some(), "the first suffered");
        clients.pop();
        let mut freed = None;
        while freed.is_none() {
            tokio::time::sleep(Duration::from_millis(5)).await;
            freed = ask(&mut TcpStream::connect(address).await.expect("a connection")).await;
        }
        let proxy = |settings: &mut ServeSettings| {
            few(settings);
            settings.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
        };
        let address = listening_with(router, proxy).await;
        for _ in 0..5 {
            let mut client = TcpStream::connect(address).await.expect("a connection");
            assert!(ask(&mut client).await.is_some(), "a proxy of ours was refused");
            clients.push(client);
        }
    }

    #[tokio::test]
    async fn who_says_nothing_or_too_little_is_cut() {
        let address = listening(Router::new()).await;
        for words in ["", "P", "PRI * HTTP/2.0\r\n", "GET / HTTP/1.1\r\nhost:"] {
            let mut client = TcpStream::connect(address).await.expect("a connection");
            client.write_all(words.as_bytes()).await.expect("room in the socket");
            let mut answer = Vec::new();
            let end = client.read_to_end(&mut answer);
            let cut = tokio::time::timeout(Duration::from_secs(5), end).await;
            assert!(cut.is_ok(), "{words:?} may stay for ever");
        }
    }
}
