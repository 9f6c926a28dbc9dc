//! What became of each item, kept on disk once it is large, and sent when everything is stored.

use std::io::{Read, Seek, SeekFrom, Write};

use axum::{
    body::Body,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use futures::StreamExt;
use kernel::{Error, Result};
use tempfile::{SpooledData, SpooledTempFile, spooled_tempfile};
use tokio_util::io::ReaderStream;

use super::BulkItem;

/// Bytes kept in memory before the report goes to a temporary file.
const IN_MEMORY: usize = 4 * 1024 * 1024;
/// Bytes of a report, about ten million items: it lies on the disk that everybody shares.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// The report in the making. It cannot be streamed back while items still come in: a client that sends
/// everything before it reads anything would wait for us while we wait for it.
pub(super) struct Report {
    items: SpooledTempFile,
    bytes: u64,
    count: u64,
    accepted: u64,
    duplicate: u64,
    rejected: u64,
}

impl Report {
    pub(super) fn new() -> Self {
        Report {
            items: spooled_tempfile(IN_MEMORY),
            bytes: 0,
            count: 0,
            accepted: 0,
            duplicate: 0,
            rejected: 0,
        }
    }

    /// Whether nothing is known of any item yet.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many were rejected so far.
    pub(super) fn rejected(&self) -> u64 {
        self.rejected
    }

    /// The place of the item that is added next.
    pub(super) fn next_index(&self) -> u64 {
        self.count
    }

    pub(super) fn add(&mut self, item: &BulkItem) -> Result<()> {
        match item.status {
            "accepted" => self.accepted += 1,
            "duplicate" => self.duplicate += 1,
            _ => self.rejected += 1,
        }
        let mut text = serde_json::to_vec(item).map_err(Error::internal)?;
        if self.count > 0 {
            text.insert(0, b',');
        }
        self.count += 1;
        self.bytes += text.len() as u64;
        if self.bytes > LARGEST {
            let message = format!(
                "This is too much for one request: its first {} items are stored or were rejected. Send \
                 fewer at a time.",
                self.count - 1
            );
            return Err(Error::TooLarge(message));
        }
        self.items.write_all(&text).map_err(no_room)
    }

    pub(super) fn into_response(mut self) -> Result<Response> {
        self.items.seek(SeekFrom::Start(0)).map_err(no_room)?;
        let head = format!(
            "{{\"accepted\":{},\"duplicate\":{},\"rejected\":{},\"items\":[",
            self.accepted, self.duplicate, self.rejected
        );
        let body = match self.items.into_inner() {
            SpooledData::InMemory(mut items) => {
                let mut text = head.into_bytes();
                items.read_to_end(&mut text).map_err(no_room)?;
                text.extend_from_slice(b"]}");
                Body::from(text)
            }
            SpooledData::OnDisk(file) => {
                let items = ReaderStream::new(tokio::fs::File::from_std(file));
                let edge =
                    |text: Vec<u8>| futures::stream::iter([Ok::<_, std::io::Error>(text.into())]);
                Body::from_stream(edge(head.into_bytes()).chain(items).chain(edge(b"]}".to_vec())))
            }
        };
        Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
    }
}

/// The items are stored; only what tells about them found no place, mostly for want of disk.
fn no_room(error: std::io::Error) -> Error {
    Error::unavailable(format!("keeping the report of a bulk request: {error}"))
}
