//! What every file format does: takes rows one by one and leaves bytes to be fetched between them.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use kernel::Result;

use super::cells::Cell;
use crate::submissions::walk::Entry;

/// One submission on its way into a file.
pub(crate) struct Row {
    pub(crate) entry: Entry,
    /// As the layout has them; none for JSON lines, which are always whole.
    pub(crate) cells: Vec<Cell>,
}

/// Writes rows in one format.
pub(crate) trait Encoder: Send {
    /// Adds one row. `Invalid` when the format cannot hold it: nothing is ever cut off in silence.
    fn row(&mut self, row: Row) -> Result<()>;

    /// Writes what comes after the last row.
    fn finish(self: Box<Self>) -> Result<()>;
}

/// Bytes that an encoder has written and nobody has fetched yet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    /// Everything that has been written since the last time.
    pub(crate) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
