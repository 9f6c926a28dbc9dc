//! The server that `bin/lib/with_mail.sh` starts, and what it took.

use std::{collections::HashMap, time::Duration};

use mails::Smtp;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub(crate) fn places() -> HashMap<String, String> {
    let text = std::env::var("MEWAYZ_TEST_MAIL").expect("MEWAYZ_TEST_MAIL names the server");
    let pair = |pair: &str| pair.split_once('=').map(|(name, at)| (name.to_owned(), at.to_owned()));
    text.split(' ').filter_map(pair).collect()
}

/// A way in: `plain`, `starttls` or `implicit`, at this address, `{}` being the port.
pub(crate) fn way(name: &str, address: &str) -> Smtp {
    let places = places();
    let pem = std::fs::read(&places["authorities"]).expect("certificates");
    let url = address.replace("{}", &places[name]);
    let smtp = Smtp::parse(&url, "forms@example.com", Some(&pem)).expect("a server");
    smtp.with_patience(Duration::from_secs(5))
}

/// Without a password and without TLS.
pub(crate) fn plain() -> Smtp {
    way("plain", "smtp://127.0.0.1:{}")
}

/// What the server took for an address, read by another parser than ours.
pub(crate) async fn taken(to: &str) -> Vec<Value> {
    let mut stream =
        TcpStream::connect(format!("127.0.0.1:{}", places()["log"])).await.expect("up");
    let to = to.replace('+', "%2B");
    let ask = format!("GET /?to={to} HTTP/1.0\r\n\r\n");
    stream.write_all(ask.as_bytes()).await.expect("asked");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
    serde_json::from_str(body).expect("JSON")
}

/// The value of a header of what was taken.
pub(crate) fn header(mail: &Value, name: &str) -> Option<String> {
    let pairs = mail["headers"].as_array()?.iter();
    let mut pairs = pairs.filter_map(|pair| Some((pair[0].as_str()?, pair[1].as_str()?)));
    pairs.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
}
