//! JSON lines: exactly the API's submission, one a line.

use std::io::Write;

use kernel::{Error, Result};

use super::encoder::{Buffer, Encoder, Row};
use crate::submissions::json::SubmissionJson;

/// A file of documents.
pub(crate) struct JsonLines(Buffer);

impl JsonLines {
    pub(crate) fn begin(buffer: Buffer) -> Self {
        JsonLines(buffer)
    }
}

impl Encoder for JsonLines {
    fn row(&mut self, row: Row) -> Result<()> {
        let mut line =
            serde_json::to_vec(&SubmissionJson::of(row.entry)?).map_err(Error::internal)?;
        line.push(b'\n');
        self.0.write_all(&line).map_err(Error::internal)
    }

    fn finish(self: Box<Self>) -> Result<()> {
        Ok(())
    }
}
