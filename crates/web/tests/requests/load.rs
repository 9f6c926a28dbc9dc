//! Clients that say nothing, say it slowly, or come in crowds: over real connections.

use std::{
    net::SocketAddr,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use futures::future::join_all;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_util::sync::CancellationToken;
use web::{ServeSettings, ServerSettings};

use crate::world::{World, world_with};

const SHORT: Duration = Duration::from_millis(300);
/// Far more than any of the time-outs above.
const PATIENCE: Duration = Duration::from_secs(10);

async fn listening(adjust: impl FnOnce(&mut ServerSettings)) -> (World, SocketAddr) {
    let world = world_with(adjust).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let settings = ServeSettings { header_timeout: SHORT, ..ServeSettings::default() };
    tokio::spawn(web::serve(listener, world.router.clone(), settings, CancellationToken::new()));
    (world, address)
}

/// Everything the server says until it hangs up.
async fn hear(stream: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    // A reset is a way of hanging up, too.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut heard)).await.expect("the server hangs up");
    String::from_utf8(heard).unwrap()
}

fn status(reply: &str) -> u16 {
    reply.get(9..12).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[tokio::test]
async fn a_client_that_says_nothing_is_cut() {
    let (_world, address) = listening(|_| ()).await;
    for first_words in ["", "P", "PRI * HTTP/2.0\r\n"] {
        let begun = Instant::now();
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(first_words.as_bytes()).await.unwrap();
        hear(&mut stream).await;
        assert!(begun.elapsed() < PATIENCE / 2, "{first_words:?} took {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn headers_that_drip_are_cut() {
    let (_world, address) = listening(|_| ()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /work HTTP/1.1\r\nhost: x\r\n").await.unwrap();
    let (mut reader, mut writer) = stream.split();
    let drip = async {
        for index in 0.. {
            tokio::time::sleep(SHORT / 6).await;
            if writer.write_all(format!("x-{index}: y\r\n").as_bytes()).await.is_err() {
                break;
            }
        }
    };
    let mut heard = Vec::new();
    let cut = async {
        let _ = reader.read_to_end(&mut heard).await;
    };
    let both = async {
        tokio::select! { () = drip => (), () = cut => () }
    };
    timeout(PATIENCE, both).await.expect("dripping does not keep the connection");
    assert_ne!(status(&String::from_utf8_lossy(&heard)), 204);
}

#[tokio::test]
async fn a_body_that_never_comes_is_refused() {
    let (_world, address) = listening(|settings| settings.body_timeout = SHORT).await;
    for first_words in ["", "a=1"] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = "POST /echo HTTP/1.1\r\nhost: x\r\naccept: application/json\r\n\
                    content-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\n";
        stream.write_all(format!("{head}{first_words}").as_bytes()).await.unwrap();
        let reply = hear(&mut stream).await;
        assert_eq!(status(&reply), 400, "{reply}");
        assert!(reply.contains("came too slowly"), "{reply}");
    }
}

#[tokio::test]
async fn a_slow_body_that_keeps_coming_is_taken() {
    let (_world, address) = listening(|settings| settings.body_timeout = SHORT).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = "POST /echo HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
                content-type: application/x-www-form-urlencoded\r\ncontent-length: 12\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    for piece in ["a=1", "&b=", "2&c", "=34"] {
        tokio::time::sleep(SHORT / 3).await;
        stream.write_all(piece.as_bytes()).await.unwrap();
    }
    let reply = hear(&mut stream).await;
    assert_eq!(status(&reply), 200, "{reply}");
    assert!(reply.ends_with(r#"[["a","1"],["b","2"],["c","34"]]"#), "{reply}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_times_too_much_gets_answers_at_once_and_never_more_places() {
    const PLACES: usize = 8;
    let (world, address) = listening(|settings| settings.max_in_flight = PLACES).await;
    let begun = Instant::now();
    let statuses = join_all((0..PLACES * 5).map(|_| insist(address, 20))).await.concat();
    assert_eq!(statuses.len(), PLACES * 5 * 20, "every request was answered");
    assert!(statuses.iter().all(|status| matches!(status, 204 | 503)), "{statuses:?}");
    assert!(statuses.contains(&503), "it was too much");
    assert!(statuses.iter().filter(|status| **status == 204).count() >= PLACES);
    // Nobody waits for a place, so that nothing can grow: the rest was refused, not kept.
    assert!(world.notes.most_working.load(Ordering::SeqCst) <= PLACES);
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
}

/// One connection that asks again as soon as it is answered.
async fn insist(address: SocketAddr, times: usize) -> Vec<u16> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut statuses = Vec::new();
    for _ in 0..times {
        let request = b"GET /work HTTP/1.1\r\nhost: x\r\naccept: application/json\r\n\r\n";
        stream.write_all(request).await.unwrap();
        let reply = timeout(PATIENCE, one_reply(&mut stream)).await.expect("an answer at once");
        if status(&reply) == 503 {
            assert!(reply.contains("retry-after: 1"), "{reply}");
        }
        statuses.push(status(&reply));
    }
    statuses
}

/// Head and body by its length.
async fn one_reply(stream: &mut TcpStream) -> String {
    let mut heard = String::new();
    let mut piece = [0; 4096];
    loop {
        let count = stream.read(&mut piece).await.unwrap();
        assert!(count > 0, "cut after {heard:?}");
        heard.push_str(std::str::from_utf8(&piece[..count]).unwrap());
        let Some((head, body)) = heard.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            return heard;
        }
    }
}
