//! A body as lines, one item each, however long the body is.

use axum::body::Body;
use bytes::Bytes;
use futures::{Stream, StreamExt, stream::BoxStream};
use kernel::{Fields, Result};

use super::Item;
use crate::steady::Steady;

/// Bytes of one line; a longer one is passed over and rejected.
const LONGEST_LINE: usize = 1024 * 1024;

/// Cuts a body into lines.
pub(super) struct Lines {
    body: Steady,
    piece: Bytes,
    line: Vec<u8>,
    too_long: bool,
    ended: bool,
}

impl Lines {
    pub(super) fn of(body: Body) -> Self {
        Lines {
            body: Steady::of(body),
            piece: Bytes::new(),
            line: Vec::new(),
            too_long: false,
            ended: false,
        }
    }

    /// The items; an error means that the body broke off or fell silent.
    pub(super) fn into_stream(self) -> BoxStream<'static, Result<Item>> {
        self.items().boxed()
    }

    fn items(self) -> impl Stream<Item = Result<Item>> {
        futures::stream::unfold(self, |mut lines| async move {
            let next = lines.next().await;
            if matches!(next, Some(Err(_))) {
                lines.ended = true;
                lines.line.clear();
                lines.piece.clear();
            }
            next.map(|item| (item, lines))
        })
    }

    async fn next(&mut self) -> Option<Result<Item>> {
        loop {
            if let Some(end) = memchr::memchr(b'\n', &self.piece) {
                let rest = self.piece.split_off(end);
                let last = std::mem::replace(&mut self.piece, rest.slice(1..));
                self.gather(&last);
                if let Some(item) = self.finish() {
                    return Some(Ok(item));
                }
                continue;
            }
            let piece = std::mem::take(&mut self.piece);
            self.gather(&piece);
            if self.ended {
                return self.finish().map(Ok);
            }
            match self.body.next().await {
                Some(Ok(piece)) => self.piece = piece,
                Some(Err(error)) => return Some(Err(error)),
                None => self.ended = true,
            }
        }
    }

    fn gather(&mut self, piece: &[u8]) {
        if self.line.len() + piece.len() > LONGEST_LINE {
            self.too_long = true;
            self.line.clear();
        }
        if !self.too_long {
            self.line.extend_from_slice(piece);
        }
    }

    /// The line as an item; blank lines are none.
    fn finish(&mut self) -> Option<Item> {
        let line = std::mem::take(&mut self.line);
        if std::mem::take(&mut self.too_long) {
            return Some(Err(Fields::one("item", "too_large", "Keep each line below 1 MiB.")));
        }
        let blank = line.iter().all(u8::is_ascii_whitespace);
        (!blank).then_some(Ok(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn items(pieces: &[&[u8]]) -> Vec<Option<Vec<u8>>> {
        let pieces: Vec<Result<Bytes, std::io::Error>> =
            pieces.iter().map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        let body = Body::from_stream(futures::stream::iter(pieces));
        Lines::of(body)
            .into_stream()
            .map(|item| item.expect("the body is whole").ok())
            .collect()
            .await
    }

    #[tokio::test]
    async fn lines_are_whole_wherever_the_pieces_are_cut() {
        let text = b"one\n\ntwo\r\n  \nthree";
        for cut in 0..text.len() {
            let found = items(&[&text[..cut], &text[cut..]]).await;
            assert_eq!(
                found,
                [Some(b"one".to_vec()), Some(b"two\r".to_vec()), Some(b"three".to_vec())]
            );
        }
    }

    #[tokio::test]
    async fn a_line_that_is_too_long_is_passed_over() {
        let long = vec![b'x'; LONGEST_LINE];
        assert_eq!(items(&[&long, b"y\nnext\n"]).await, [None, Some(b"next".to_vec())]);
    }
}
