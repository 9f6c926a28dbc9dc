//! One HTTP/1.1 reply, read from the front of what a connection has received.

use std::io;
use std::time::Duration;

use httparse::{Header, Status};

const MOST_HEADERS: usize = 64;

/// What a request got back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<Duration>,
    /// The server closes the connection after this reply.
    pub(crate) closes: bool,
    /// The server says that it only repeats an earlier reply.
    pub(crate) replayed: bool,
    pub(crate) body: Vec<u8>,
}

/// The first reply in `received` and the bytes it takes there, or `None` until it is whole.
pub(crate) fn parse(received: &[u8]) -> io::Result<Option<(Reply, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    let Status::Complete(start) = head.parse(received).map_err(malformed)? else {
        return Ok(None);
    };
    let status = head.code.unwrap_or_default();
    let rest = &received[start..];
    let body = if status == 204 || status == 304 {
        Some((Vec::new(), 0))
    } else if find(head.headers, "transfer-encoding").is_some_and(|value| value == "chunked") {
        unchunk(rest)?
    } else {
        let length = number(head.headers, "content-length")
            .ok_or_else(|| malformed("neither a length nor chunks"))?;
        rest.get(..length).map(|body| (body.to_vec(), length))
    };
    Ok(body.map(|(body, length)| {
        let reply = Reply {
            status,
            retry_after: number(head.headers, "retry-after").map(|s| Duration::from_secs(s as u64)),
            closes: find(head.headers, "connection")
                .is_some_and(|v| v.eq_ignore_ascii_case("close")),
            replayed: find(head.headers, "idempotent-replayed").is_some_and(|v| v == "true"),
            body,
        };
        (reply, start + length)
    }))
}

/// The first `"id"` of a JSON body whose ids are plain text.
pub(crate) fn id(body: &[u8]) -> Option<&str> {
    let (_, rest) = std::str::from_utf8(body).ok()?.split_once(r#""id":""#)?;
    rest.split('"').next()
}

/// The number after `"name":` in a JSON body; good enough for flat counters, at no cost.
pub(crate) fn counter(body: &[u8], name: &str) -> Option<u64> {
    let text = std::str::from_utf8(body).ok()?;
    let (_, rest) = text.split_once(&format!(r#""{name}":"#))?;
    let digits = rest.trim_start();
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok()
}

fn unchunk(mut rest: &[u8]) -> io::Result<Option<(Vec<u8>, usize)>> {
    let whole = rest.len();
    let mut body = Vec::new();
    loop {
        let Status::Complete((start, size)) =
            httparse::parse_chunk_size(rest).map_err(|_| malformed("a chunk without a size"))?
        else {
            return Ok(None);
        };
        let end = start + size as usize;
        let Some(chunk) = rest.get(start..end + 2) else { return Ok(None) };
        body.extend_from_slice(&chunk[..size as usize]);
        rest = &rest[end + 2..];
        if size == 0 {
            return Ok(Some((body, whole - rest.len())));
        }
    }
}

fn find<'a>(headers: &'a [Header<'_>], name: &str) -> Option<&'a str> {
    let header = headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
    std::str::from_utf8(header.value).ok()
}

fn number(headers: &[Header<'_>], name: &str) -> Option<usize> {
    find(headers, name)?.trim().parse().ok()
}

fn malformed(reason: impl ToString) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CREATED: &[u8] = b"HTTP/1.1 201 Created\r\ncontent-length: 14\r\n\r\n{\"id\":\"sub_1\"}";

    fn whole(received: &[u8]) -> (Reply, usize) {
        parse(received).expect("well formed").expect("whole")
    }

    #[test]
    fn a_reply_with_a_length_is_read_whole_and_no_further() {
        let (reply, length) = whole(&[CREATED, CREATED].concat());
        assert_eq!((reply.status, length), (201, CREATED.len()));
        assert_eq!(id(&reply.body), Some("sub_1"));
    }

    #[test]
    fn every_shorter_piece_of_a_reply_is_not_yet_whole() {
        for length in 0..CREATED.len() {
            assert_eq!(parse(&CREATED[..length]).expect("no fault so far"), None);
        }
    }

    #[test]
    fn chunks_are_joined() {
        let received = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n{\"ac\r\na\r\ncepted\":12\r\n1\r\n}\r\n0\r\n\r\n";
        for length in 0..received.len() {
            assert_eq!(parse(&received[..length]).expect("no fault so far"), None);
        }
        let (reply, length) = whole(received);
        assert_eq!(length, received.len());
        assert_eq!(counter(&reply.body, "accepted"), Some(12));
    }

    #[test]
    fn a_repeated_reply_is_known_by_its_header() {
        let (reply, _) =
            whole(b"HTTP/1.1 200 OK\r\nIdempotent-Replayed: true\r\nContent-Length: 0\r\n\r\n");
        assert!(reply.replayed);
    }

    #[test]
    fn a_refusal_says_when_to_come_back_and_whether_the_line_stays_open() {
        let (reply, _) = whole(
            b"HTTP/1.1 503 Busy\r\nRetry-After: 2\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        );
        assert_eq!(reply.retry_after, Some(Duration::from_secs(2)));
        assert!(reply.closes);
    }

    #[test]
    fn what_is_not_http_is_an_error() {
        assert!(parse(b"SSH-2.0-OpenSSH_9.2\r\n").is_err());
    }
}
