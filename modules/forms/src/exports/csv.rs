//! CSV after RFC 4180, with the delimiter that was asked for: CR LF, quotes where they are needed.

use std::{io::Write, sync::Arc};

use ::csv::{Terminator, Writer, WriterBuilder};
use kernel::{Error, Result, Timestamp};

use super::{
    NewExport,
    cells::Cell,
    decimal::Decimal,
    encoder::{Buffer, Encoder, Row},
    formulas::neutralised,
    layout::Layout,
    request::Formulas,
};

/// A file of records.
pub(crate) struct CsvFile {
    layout: Arc<Layout>,
    writer: Writer<Buffer>,
    formulas: Formulas,
    decimal: Decimal,
}

impl CsvFile {
    /// Writes the record of the headers.
    pub(crate) fn begin(
        layout: Arc<Layout>,
        request: &NewExport,
        mut buffer: Buffer,
    ) -> ::csv::Result<Self> {
        if request.byte_order_mark {
            buffer.write_all("\u{feff}".as_bytes())?;
        }
        let writer = WriterBuilder::new()
            .delimiter(request.delimiter.byte())
            .terminator(Terminator::CRLF)
            .from_writer(buffer);
        let (formulas, decimal) = (request.formulas, request.decimal);
        let mut file = CsvFile { layout: layout.clone(), writer, formulas, decimal };
        for column in &layout.columns {
            file.text(&column.header)?;
        }
        file.end()?;
        Ok(file)
    }

    fn text(&mut self, text: &str) -> ::csv::Result<()> {
        match self.formulas {
            Formulas::Neutralised => self.writer.write_field(neutralised(text).as_bytes()),
            Formulas::Raw => self.writer.write_field(text),
        }
    }

    /// RFC 3339, in UTC or with the offset of a zone that was asked for.
    fn moment(&mut self, moment: Timestamp) -> ::csv::Result<()> {
        let Some(zone) = &self.layout.zone else {
            return self.writer.write_field(moment.to_string());
        };
        let at = moment.to_jiff();
        self.writer.write_field(at.display_with_offset(zone.to_offset(at)).to_string())
    }

    fn end(&mut self) -> ::csv::Result<()> {
        self.writer.write_record(None::<&[u8]>)
    }

    fn record(&mut self, cells: &[Cell]) -> ::csv::Result<()> {
        let values = self.layout.values;
        for cell in cells {
            match cell {
                Cell::Text(_) | Cell::List(_) | Cell::Json(_) => self.text(&cell.text(values))?,
                Cell::Moment(moment) => self.moment(*moment)?,
                Cell::Decimal(_) => {
                    let number = self.decimal.written(cell.text(values));
                    self.writer.write_field(number.as_bytes())?;
                }
                // What we write ourselves begins with no sign but that of a number.
                _ => self.writer.write_field(cell.text(values).as_bytes())?,
            }
        }
        self.end()
    }
}

impl Encoder for CsvFile {
    fn row(&mut self, row: Row) -> Result<()> {
        self.record(&row.cells).map_err(Error::internal)
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.writer.flush().map_err(Error::internal)
    }
}
