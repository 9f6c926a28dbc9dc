//! Excel workbooks (ECMA-376), written as a stream: no row stays in memory, no file beside it.
//!
//! Texts are typed as such, so that none of them ever runs; those that would when typed in again carry
//! Excel's own mark for it (`quotePrefix`).

mod markup;

use std::{
    io::{self, Write},
    sync::Arc,
};

use kernel::{Error, Result};
use zip::{
    CompressionMethod, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use super::{
    cells::Cell,
    encoder::{Buffer, Encoder, Row},
    envelope::Shape,
    layout::Layout,
};
use crate::calendar::calendar_date;
use markup::{CellWriter, letters};

/// Rows of a sheet, with its headers.
const SHEET_ROWS: u32 = 1_048_576;
/// Bytes of a sheet before it is packed: below 4 GiB, where old readers end.
const SHEET_BYTES: u64 = 3_500_000_000;
/// Columns of a sheet.
const SHEET_COLUMNS: usize = 16_384;
/// Bytes gathered before they are packed.
const PIECE: usize = 64 * 1024;

/// A workbook in the making.
pub(crate) struct Workbook {
    layout: Arc<Layout>,
    columns: Vec<String>,
    zip: ZipWriter<StreamWriter<Buffer>>,
    xml: CellWriter,
    sheets: usize,
    row: u32,
    bytes: u64,
}

impl Workbook {
    /// Begins the first sheet.
    pub(crate) fn begin(layout: Arc<Layout>, buffer: Buffer) -> io::Result<Self> {
        let mut zip = ZipWriter::new_stream(buffer);
        for (name, text) in [
            ("[Content_Types].xml", markup::CONTENT_TYPES),
            ("_rels/.rels", markup::RELATIONSHIPS),
            ("xl/styles.xml", markup::STYLES),
        ] {
            zip.start_file(name, options())?;
            zip.write_all(text.as_bytes())?;
        }
        let columns = (0..layout.columns.len()).map(letters).collect();
        let xml = CellWriter::default();
        let mut book = Workbook { layout, columns, zip, xml, sheets: 0, row: 0, bytes: 0 };
        book.begin_sheet()?;
        Ok(book)
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        self.sheets += 1;
        (self.row, self.bytes) = (0, 0);
        self.zip.start_file(format!("xl/worksheets/sheet{}.xml", self.sheets), options())?;
        self.xml.raw(markup::SHEET_HEAD);
        self.begin_row();
        let layout = self.layout.clone();
        for (place, column) in layout.columns.iter().enumerate() {
            self.xml.header(&self.columns[place], self.row, &column.header);
        }
        self.end_row()
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        self.xml.raw(markup::SHEET_FOOT);
        self.pack()
    }

    fn begin_row(&mut self) {
        self.row += 1;
        self.xml.row(self.row);
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.xml.raw("</row>");
        if self.xml.len() >= PIECE { self.pack() } else { Ok(()) }
    }

    fn pack(&mut self) -> io::Result<()> {
        let text = self.xml.take();
        self.bytes += text.len() as u64;
        self.zip.write_all(text.as_bytes())
    }

    fn cell(&mut self, place: usize, cell: &Cell) -> Result<(), markup::TooLong> {
        let (column, row) = (self.columns[place].as_str(), self.row);
        match cell {
            Cell::Empty => {}
            Cell::Integer(number) => self.xml.number(column, row, number),
            Cell::Decimal(number) => self.xml.number(column, row, number),
            Cell::Flag(flag) => self.xml.flag(column, row, *flag),
            Cell::Moment(moment) => {
                let zone = self.layout.zone.as_ref();
                let ahead = zone.map_or(0, |zone| zone.to_offset(moment.to_jiff()).seconds());
                self.xml.moment(column, row, *moment, ahead.into());
            }
            Cell::Text(text) if self.layout.columns[place].shape == Shape::Date => {
                match calendar_date(text).and_then(markup::day_number) {
                    Some(day) => self.xml.day(column, row, day),
                    None => self.xml.text(column, row, text)?,
                }
            }
            other => self.xml.text(column, row, &other.text(self.layout.values))?,
        }
        Ok(())
    }
}

impl Encoder for Workbook {
    fn row(&mut self, row: Row) -> Result<()> {
        let io = |result: io::Result<()>| result.map_err(Error::internal);
        if self.columns.len() > SHEET_COLUMNS {
            return Err(Error::invalid("format", "too_many_columns", TOO_WIDE));
        }
        if self.row == SHEET_ROWS || self.bytes > SHEET_BYTES {
            io(self.end_sheet())?;
            io(self.begin_sheet())?;
        }
        self.begin_row();
        for (place, cell) in row.cells.iter().enumerate() {
            self.cell(place, cell).map_err(|markup::TooLong(letters)| {
                let header = &self.layout.columns[place].header;
                let message = format!(
                    "“{header}” of submission #{} has {letters} characters; a cell of Excel holds {}. \
                     Export CSV, JSON lines or Parquet, or leave this column out.",
                    row.entry.submission.number,
                    markup::LONGEST_TEXT
                );
                Error::invalid("format", "cell_too_long", message)
            })?;
        }
        io(self.end_row())
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.end_sheet().map_err(Error::internal)?;
        for (name, text) in [
            ("xl/workbook.xml", markup::workbook(self.sheets)),
            ("xl/_rels/workbook.xml.rels", markup::workbook_relationships(self.sheets)),
        ] {
            self.zip.start_file(name, options()).map_err(Error::internal)?;
            self.zip.write_all(text.as_bytes()).map_err(Error::internal)?;
        }
        self.zip.finish().map(|_| ()).map_err(Error::internal)
    }
}

const TOO_WIDE: &str =
    "A sheet of Excel holds 16,384 columns, and this form has more. Choose among them.";

fn options() -> SimpleFileOptions {
    // A low level: three quarters of the packing for a third of the time.
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(3))
}
