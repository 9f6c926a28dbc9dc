//! Apache Parquet with typed columns; rows wait in memory until they make a row group of bounded size.

mod column;

use std::sync::Arc;

use kernel::{Error, Result};
use parquet::{
    basic::Compression,
    file::{
        properties::{EnabledStatistics, WriterProperties},
        writer::SerializedFileWriter,
    },
    schema::types::Type,
};

use super::{
    encoder::{Buffer, Encoder, Row},
    layout::Layout,
};
use column::Waiting;

/// Bytes of a row group in memory: small enough to be many at a time, large enough to pack well.
const GROUP_BYTES: usize = 8 * 1024 * 1024;
const GROUP_ROWS: usize = 100_000;

/// A file in the making.
pub(crate) struct ParquetFile {
    layout: Arc<Layout>,
    writer: SerializedFileWriter<Buffer>,
    waiting: Vec<Waiting>,
    rows: usize,
    bytes: usize,
}

impl ParquetFile {
    /// Writes the first bytes.
    pub(crate) fn begin(layout: Arc<Layout>, buffer: Buffer) -> Result<Self> {
        let waiting: Vec<Waiting> =
            layout.columns.iter().map(|column| Waiting::of(column.shape)).collect();
        let fields = layout.columns.iter().map(column::field).collect::<Result<Vec<_>, _>>();
        let fields = fields.map_err(Error::internal)?;
        let schema = Type::group_type_builder("submission").with_fields(fields).build();
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            // Of each page they would stay in memory until the end.
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .build();
        let schema = Arc::new(schema.map_err(Error::internal)?);
        let writer = SerializedFileWriter::new(buffer, schema, Arc::new(properties));
        let writer = writer.map_err(Error::internal)?;
        Ok(ParquetFile { layout, writer, waiting, rows: 0, bytes: 0 })
    }

    fn write_group(&mut self) -> parquet::errors::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for waiting in &mut self.waiting {
            let Some(mut column) = group.next_column()? else { break };
            waiting.write(&mut column)?;
            column.close()?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl Encoder for ParquetFile {
    fn row(&mut self, row: Row) -> Result<()> {
        let values = self.layout.values;
        for (waiting, cell) in self.waiting.iter_mut().zip(row.cells) {
            self.bytes += cell.size();
            if !waiting.add(cell, values) {
                let number = row.entry.submission.number;
                return Err(Error::internal(format!("a value of #{number} has another type")));
            }
        }
        self.rows += 1;
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.write_group().map_err(Error::internal)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.write_group().map_err(Error::internal)?;
        self.writer.finish().map(|_| ()).map_err(Error::internal)
    }
}
