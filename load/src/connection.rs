//! One keep-alive connection.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::reply::{self, Reply};

const READ_AT_LEAST: usize = 16 * 1024;

/// A connection and what it has received but not yet handed out.
pub(crate) struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
    handed_out: usize,
}

impl Connection {
    pub(crate) async fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: Vec::with_capacity(READ_AT_LEAST), handed_out: 0 })
    }

    pub(crate) async fn send(&mut self, requests: &[u8]) -> io::Result<()> {
        self.stream.write_all(requests).await
    }

    /// The next reply, in the order of the requests.
    pub(crate) async fn receive(&mut self) -> io::Result<Reply> {
        loop {
            if let Some((reply, length)) = reply::parse(&self.received[self.handed_out..])? {
                self.hand_out(length);
                return Ok(reply);
            }
            self.received.reserve(READ_AT_LEAST);
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    fn hand_out(&mut self, length: usize) {
        self.handed_out += length;
        if self.handed_out == self.received.len() {
            self.received.clear();
            self.handed_out = 0;
        }
    }
}
