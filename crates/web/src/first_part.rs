//! The token of a form that comes in parts: its first part, so that the rest is not read before it is known who sends.

use std::time::Duration;

use axum::body::{Body, Bytes};
use futures::{StreamExt, stream};
use kernel::{Error, Result};
use tokio::time::timeout;

/// Bytes in which the token must have come: a boundary, two headers and the token itself.
const MOST: usize = 4 * 1024;
/// How long they may take: whoever sends them drop by drop holds a place and a connection.
const PATIENCE: Duration = Duration::from_secs(20);

/// The value of the first part, if it has this name; and the body as it came. What the browser says of the parts
/// is not trusted: whoever does not know the token cannot write it anywhere.
pub(crate) async fn first_part(
    body: Body,
    content_type: &str,
    name: &str,
) -> Result<(Option<String>, Body)> {
    let Some(boundary) = boundary(content_type) else { return Ok((None, body)) };
    match timeout(PATIENCE, read(body, boundary, name)).await {
        Ok(read) => read,
        Err(_) => Err(broken_off()),
    }
}

async fn read(body: Body, boundary: &str, name: &str) -> Result<(Option<String>, Body)> {
    let mut rest = body.into_data_stream();
    let (mut pieces, mut head): (Vec<Bytes>, Vec<u8>) = (Vec::new(), Vec::new());
    let mut found = None;
    while found.is_none() && head.len() < MOST {
        let Some(piece) = rest.next().await else { break };
        let piece = piece.map_err(|_| broken_off())?;
        head.extend_from_slice(&piece[..piece.len().min(MOST)]);
        pieces.push(piece);
        found = value(&head, boundary, name);
    }
    let body = Body::from_stream(stream::iter(pieces.into_iter().map(Ok)).chain(rest));
    Ok((found, body))
}

fn broken_off() -> Error {
    Error::Malformed("The body broke off before its end, or came too slowly.".into())
}

/// The boundary of a `multipart/form-data` (RFC 7578, 4.1).
fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let named = |part: &'_ str| -> bool {
        part.trim_start().get(..9).is_some_and(|it| it.eq_ignore_ascii_case("boundary="))
    };
    let part = parameters.split(';').find(|part| named(part))?;
    Some(part.trim()[9..].trim_matches('"')).filter(|boundary| !boundary.is_empty())
}

/// The value of the first part once it is whole.
fn value(head: &[u8], boundary: &str, name: &str) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let part = head.strip_prefix(&format!("--{boundary}\r\n"))?;
    let (headers, rest) = part.split_once("\r\n\r\n")?;
    if !headers.contains(&format!("name=\"{name}\"")) {
        return None;
    }
    let (value, _) = rest.split_once(&format!("\r\n--{boundary}"))?;
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    const KIND: &str = "multipart/form-data; boundary=\"x\"";

    fn text(first: &str) -> String {
        format!(
            "--x\r\nContent-Disposition: form-data; name=\"{first}\"\r\n\r\nsecret\r\n\
             --x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n{}\r\n--x--\r\n",
            "y".repeat(10_000)
        )
    }

    /// The token that was found; the body is as it was.
    async fn found(text: &str, size: usize, kind: &str) -> Option<String> {
        let pieces: Vec<Result<Bytes, std::io::Error>> =
            text.as_bytes().chunks(size).map(|it| Ok(Bytes::copy_from_slice(it))).collect();
        let body = Body::from_stream(stream::iter(pieces));
        let (found, body) = first_part(body, kind, "csrf_token").await.expect("a body");
        assert_eq!(to_bytes(body, usize::MAX).await.expect("whole"), text.as_bytes());
        found
    }

    #[tokio::test]
    async fn the_token_is_the_first_part_and_nothing_is_lost() {
        for size in [1, 7, 100, 100_000] {
            let token = found(&text("csrf_token"), size, KIND).await;
            assert_eq!(token.as_deref(), Some("secret"), "in pieces of {size}");
            assert_eq!(found(&text("other"), size, KIND).await, None);
        }
        assert_eq!(found(&text("csrf_token"), 50, "text/plain; boundary=x").await, None);
        assert_eq!(found(&text("csrf_token"), 50, "multipart/form-data; boundary=y").await, None);
    }

    #[tokio::test]
    async fn a_token_that_comes_late_is_none() {
        let part = |name: &str, value: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let second = format!("{}{}--x--\r\n", part("file", "y"), part("csrf_token", "secret"));
        let long = "h".repeat(3 * MOST);
        let far = format!("--x\r\nX-Long: {long}\r\n{}", &part("csrf_token", "secret")[5..]);
        let endless = part("csrf_token", &long);
        for text in [second, far, endless, part("csrf_token", "cut off")[..60].to_owned()] {
            assert_eq!(found(&text, 512, KIND).await, None, "{text:.80}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_sends_it_drop_by_drop_is_cut() {
        let drops = stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Some((Ok::<_, std::io::Error>(Bytes::from_static(b"-")), ()))
        });
        let answer = first_part(Body::from_stream(drops), KIND, "csrf_token").await;
        assert!(matches!(answer, Err(Error::Malformed(_))));
    }
}
