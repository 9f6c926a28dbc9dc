//! Requests against real listeners, and names that lead into our own network.

use std::{net::ToSocketAddrs, time::Duration};

use hyper_free::listener;
use outbound::{Failure, Outbound, Post, is_public};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// What the tests need without the client under test.
mod hyper_free {
    use super::*;

    /// Listens once, reads the request, and says `answer`; gives back the address and what was read.
    pub(super) async fn listener(
        answer: &'static str,
    ) -> (String, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}/hooks?a=b", listener.local_addr().expect("an address"));
        let heard = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("someone comes");
            let mut heard = Vec::new();
            while !heard.ends_with(b"{\"a\":1}") {
                let mut piece = [0; 1024];
                match stream.read(&mut piece).await {
                    Ok(0) | Err(_) => break,
                    Ok(count) => heard.extend_from_slice(&piece[..count]),
                }
            }
            let _ = stream.write_all(answer.as_bytes()).await;
            String::from_utf8_lossy(&heard).into_owned()
        });
        (address, heard)
    }
}

fn client() -> Outbound {
    Outbound::new(vec!["127.0.0.0/8".parse().expect("a network")])
}

fn post(timeout: Duration) -> Post {
    let mut post =
        Post { headers: Default::default(), body: "{\"a\":1}".into(), timeout, keep: 10 };
    post.headers.insert("webhook-id", "msg_1".parse().expect("a value"));
    post
}

async fn send(address: &str, timeout: u64) -> Result<(u16, String), Failure> {
    let client = client();
    let target = client.target(address).expect("an address that is allowed");
    let exchange = client.post(&target, post(Duration::from_millis(timeout))).await;
    let answer = exchange.outcome?;
    Ok((answer.status, String::from_utf8_lossy(&answer.body).into_owned()))
}

#[tokio::test]
async fn a_request_is_sent_once_and_the_beginning_of_the_answer_is_kept() {
    let (address, heard) =
        listener("HTTP/1.1 201 Created\r\ncontent-length: 12\r\n\r\nhello world!").await;
    assert_eq!(send(&address, 5_000).await, Ok((201, "hello worl".into())));
    let heard = heard.await.expect("heard");
    assert!(heard.starts_with("POST /hooks?a=b HTTP/1.1\r\n"), "{heard}");
    assert!(heard.contains("webhook-id: msg_1\r\n") && heard.contains("host: 127.0.0.1:"));
    assert!(heard.contains("content-length: 7\r\n") && heard.ends_with("\r\n\r\n{\"a\":1}"));
}

#[tokio::test]
async fn a_redirect_is_an_answer_like_any_other() {
    let (address, _) = listener(
        "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n",
    )
    .await;
    assert_eq!(send(&address, 5_000).await, Ok((302, String::new())));
}

#[tokio::test]
async fn what_broke_off_after_sending_is_unknown() {
    let (address, _) = listener("").await;
    assert!(matches!(send(&address, 5_000).await, Err(Failure::Unknown(_))));
    let (address, _) = listener("garbage\r\n\r\n").await;
    assert!(matches!(send(&address, 5_000).await, Err(Failure::Unknown(_))));
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/", silent.local_addr().expect("an address"));
    assert!(matches!(send(&address, 300).await, Err(Failure::Unknown(_))));
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    drop(listener);
    let Err(Failure::NotSent(why)) = send(&address, 5_000).await else { panic!("it was sent") };
    assert!(why.contains("refused the connection"), "{why}");
    // Speaks no TLS.
    let (address, _) = hyper_free::listener("no").await;
    let secure = address.replace("http://", "https://");
    assert!(matches!(send(&secure, 5_000).await, Err(Failure::NotSent(_))));
    let Err(Failure::NotSent(why)) = send("http://nobody.invalid/", 5_000).await else {
        panic!("it was sent")
    };
    assert!(why.contains("was not found"), "{why}");
}

#[tokio::test]
async fn an_answer_whose_body_never_ends_is_an_answer() {
    let (address, _) = listener("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhello").await;
    assert_eq!(send(&address, 5_000).await, Ok((200, "hello".into())));
}

/// Names of this very machine, as its own list of hosts has them: they look like any other.
#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_refused_at_the_connection() {
    let hosts = std::fs::read_to_string("/etc/hosts").unwrap_or_default();
    let names = hosts
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split_whitespace().skip(1).map(str::to_owned).collect::<Vec<_>>());
    let strict = Outbound::new(Vec::new());
    for name in names {
        let Ok(target) = strict.target(&format!("http://{name}:9/")) else { continue };
        let found = format!("{name}:9").to_socket_addrs();
        if !found.is_ok_and(|mut found| found.all(|socket| !is_public(socket.ip()))) {
            continue;
        }
        assert!(strict.look_up(&target).await.is_err(), "{name}");
        let exchange = strict.post(&target, post(Duration::from_secs(5))).await;
        assert!(matches!(exchange.outcome, Err(Failure::Refused(_))), "{name}");
    }
}
