//! The rows of a file, some at a time, in memory that does not grow with it.

use bytes::Bytes;
use files::Content as Bytes_;
use futures::StreamExt;
use kernel::{Error, Result};

use super::{
    Format, Options,
    encoding::Decoder,
    lines::Lines,
    records::Records,
    row::{Fault, Row},
};
use crate::choices::Few;

/// Bytes of rows that are given at a time, roughly.
const CHUNK_BYTES: usize = 4 * 1024 * 1024;

enum Splitter {
    Records(Records),
    Lines(Lines),
}

/// Makes rows of bytes.
pub(super) struct Reader {
    decoder: Decoder,
    splitter: Splitter,
    text: String,
    encoding: &'static str,
    /// Where the last row began.
    line: u64,
}

impl Reader {
    pub(super) fn new(format: Format, options: &Options) -> Self {
        let splitter = match format {
            Format::Csv => Splitter::Records(Records::new(options.delimiter.byte())),
            Format::Jsonl => Splitter::Lines(Lines::new()),
        };
        Reader {
            decoder: Decoder::new(options.encoding),
            splitter,
            text: String::new(),
            encoding: options.encoding.word(),
            line: 1,
        }
    }

    /// Reads on; `last` when no bytes follow. An error is one after which nothing can be read any more.
    pub(super) fn feed(
        &mut self,
        bytes: &[u8],
        last: bool,
        rows: &mut Vec<Row>,
    ) -> Result<(), Fault> {
        self.text.clear();
        let decoded = self.decoder.decode(bytes, last, &mut self.text);
        match &mut self.splitter {
            Splitter::Records(records) => records.feed(&self.text, rows)?,
            Splitter::Lines(lines) => lines.feed(&self.text, rows),
        }
        self.line = rows.last().map_or(self.line, |row| row.line);
        if decoded.is_err() {
            let message = format!(
                "Behind the row of line {} stands what is no text in {}. Choose another encoding for the file.",
                self.line, self.encoding
            );
            return Err(Fault { code: "encoding", message });
        }
        if last {
            match &mut self.splitter {
                Splitter::Records(records) => records.end(rows),
                Splitter::Lines(lines) => lines.finish(rows),
            }
        }
        Ok(())
    }

    /// The row that is being read, when it is too long for what is to come to mend it.
    pub(super) fn overlong(&self) -> Option<Row> {
        match &self.splitter {
            // Of these, an error has told it.
            Splitter::Records(_) => None,
            Splitter::Lines(lines) => lines.overlong(),
        }
    }
}

/// The rows of a stored file, without the header.
pub(super) struct Rows {
    content: Bytes_,
    reader: Reader,
    waiting: std::vec::IntoIter<Row>,
    /// Of the file, how many were read.
    bytes: i64,
    ended: bool,
    /// Whether the header is still to be passed over.
    header: bool,
    broken: Option<Fault>,
}

impl Rows {
    pub(super) fn of(content: Bytes_, format: Format, options: &Options) -> Self {
        Rows {
            content,
            reader: Reader::new(format, options),
            waiting: Vec::new().into_iter(),
            bytes: 0,
            ended: false,
            header: format == Format::Csv,
            broken: None,
        }
    }

    /// How many bytes of the file were read.
    pub(super) fn bytes(&self) -> i64 {
        self.bytes
    }

    /// The next rows, at most so many; none at the end. What cannot be read on is told after what came before.
    pub(super) async fn chunk(&mut self, most: usize) -> Result<Vec<Row>> {
        let (mut rows, mut size) = (Vec::with_capacity(most), 0);
        while rows.len() < most && size < CHUNK_BYTES {
            match self.next().await? {
                Some(row) => {
                    size += row.size();
                    rows.push(row);
                }
                None => break,
            }
        }
        match self.broken.take() {
            Some(fault) if rows.is_empty() => {
                Err(Error::invalid("file", fault.code, fault.message))
            }
            broken => {
                self.broken = broken;
                Ok(rows)
            }
        }
    }

    async fn next(&mut self) -> Result<Option<Row>> {
        loop {
            if let Some(row) = self.waiting.next() {
                if std::mem::take(&mut self.header) {
                    continue;
                }
                return Ok(Some(row));
            }
            if self.ended {
                return Ok(None);
            }
            let piece = self.content.next().await.transpose()?;
            self.read(piece);
        }
    }

    fn read(&mut self, piece: Option<Bytes>) {
        let (piece, last) = piece.map_or((Bytes::new(), true), |piece| (piece, false));
        self.bytes += i64::try_from(piece.len()).unwrap_or(0);
        let mut rows = Vec::new();
        let fed = self.reader.feed(&piece, last, &mut rows);
        self.ended = last || fed.is_err();
        self.broken = fed.err();
        self.waiting = rows.into_iter();
    }
}
