//! CSV as it comes: cells of records, with the line of each; what is wrong with one is told of that one.

use super::row::{Content, Fault, Row};

/// Bytes of one record: far more than a form takes.
pub(super) const LONGEST: usize = 4 * 1024 * 1024;
/// Cells of one record.
const MOST_CELLS: usize = 20_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before the first letter of a cell.
    Start,
    Plain,
    Quoted,
    /// Behind a quotation mark that ends the cell, unless another follows.
    Closing,
}

/// Takes text in pieces, and gives records (RFC 4180; CR LF, LF and CR end lines alike).
pub(super) struct Records {
    delimiter: u8,
    at: At,
    cell: Vec<u8>,
    cells: Vec<String>,
    size: usize,
    line: u64,
    begun: u64,
    /// Whether the last letter was CR: an LF behind it is part of the same end.
    after_cr: bool,
    fault: Option<Fault>,
}

impl Records {
    pub(super) fn new(delimiter: u8) -> Self {
        Records {
            delimiter,
            at: At::Start,
            cell: Vec::new(),
            cells: Vec::new(),
            size: 0,
            line: 1,
            begun: 1,
            after_cr: false,
            fault: None,
        }
    }

    /// Reads on; an error is one after which nothing can be read any more.
    pub(super) fn feed(&mut self, text: &str, rows: &mut Vec<Row>) -> Result<(), Fault> {
        let mut rest = text.as_bytes();
        while let Some(&byte) = rest.first() {
            if std::mem::take(&mut self.after_cr) && byte == b'\n' {
                rest = &rest[1..];
                continue;
            }
            let run = self.run(rest);
            if run > 0 {
                self.take(&rest[..run])?;
                rest = &rest[run..];
                continue;
            }
            rest = &rest[1..];
            self.sign(byte, rows)?;
        }
        Ok(())
    }

    /// How many letters from here are the cell's own.
    fn run(&self, rest: &[u8]) -> usize {
        let end = match self.at {
            At::Quoted => memchr::memchr(b'"', rest),
            At::Plain => {
                let line = memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
                Some(memchr::memchr(self.delimiter, &rest[..line]).unwrap_or(line))
            }
            At::Start | At::Closing => Some(0),
        };
        end.unwrap_or(rest.len())
    }

    fn take(&mut self, run: &[u8]) -> Result<(), Fault> {
        if self.at == At::Quoted {
            self.line += memchr::memchr_iter(b'\n', run).count() as u64;
        }
        self.cell.extend_from_slice(run);
        self.size += run.len();
        if self.size <= LONGEST { Ok(()) } else { Err(self.endless()) }
    }

    fn endless(&self) -> Fault {
        let message = format!(
            "The row that begins in line {} is longer than 4 MiB, and goes on in its cell {}. Close the quotation mark \
             there, or make it shorter.",
            self.begun,
            self.cells.len() + 1
        );
        Fault { code: "too_large", message }
    }

    /// One letter that may mean something.
    fn sign(&mut self, byte: u8, rows: &mut Vec<Row>) -> Result<(), Fault> {
        match (self.at, byte) {
            (At::Quoted, _) => self.at = At::Closing,
            (At::Start, b'"') => self.at = At::Quoted,
            (At::Closing, b'"') => {
                self.cell.push(b'"');
                self.at = At::Quoted;
            }
            (_, b'\r' | b'\n') => {
                self.after_cr = byte == b'\r';
                self.end_record(rows);
                self.line += 1;
                self.begun = self.line;
            }
            (_, byte) if byte == self.delimiter => self.end_cell()?,
            (At::Closing, _) => {
                let message = format!(
                    "In line {}, text follows behind the closing quotation mark of cell {}. Write a quotation mark \
                     inside of a cell twice.",
                    self.line,
                    self.cells.len() + 1
                );
                self.fault.get_or_insert(Fault { code: "broken_quotes", message });
                self.plain(byte)?;
            }
            (At::Start | At::Plain, _) => self.plain(byte)?,
        }
        Ok(())
    }

    fn plain(&mut self, byte: u8) -> Result<(), Fault> {
        self.at = At::Plain;
        self.take(&[byte])
    }

    fn end_cell(&mut self) -> Result<(), Fault> {
        if self.cells.len() >= MOST_CELLS {
            let message = format!(
                "Line {} has more than 20,000 cells. Look whether its end is missing.",
                self.begun
            );
            return Err(Fault { code: "too_large", message });
        }
        self.close_cell();
        Ok(())
    }

    fn close_cell(&mut self) {
        // What came was text, and was cut at letters of ASCII alone.
        let cell = String::from_utf8(std::mem::take(&mut self.cell)).unwrap_or_default();
        self.cells.push(cell);
        self.at = At::Start;
    }

    fn end_record(&mut self, rows: &mut Vec<Row>) {
        self.close_cell();
        self.size = 0;
        let cells = std::mem::take(&mut self.cells);
        let fault = self.fault.take();
        // Spreadsheets write what was once filled as rows of nothing.
        if fault.is_none() && cells.iter().all(String::is_empty) {
            return;
        }
        let content = match fault {
            None => Content::Cells(cells),
            Some(fault) => Content::Broken { cells, fault },
        };
        rows.push(Row { line: self.begun, content });
    }

    /// What was begun is the last.
    pub(super) fn end(&mut self, rows: &mut Vec<Row>) {
        if self.at == At::Quoted {
            let message = format!(
                "The quotation mark of cell {} in the row that begins in line {} is never closed, so that the rest of \
                 the file would be one cell. Close it.",
                self.cells.len() + 1,
                self.begun
            );
            self.fault.get_or_insert(Fault { code: "broken_quotes", message });
        }
        if self.at != At::Start || !self.cells.is_empty() {
            self.end_record(rows);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn read(text: &str, cut: usize) -> Vec<Row> {
        let (mut records, mut rows) = (Records::new(b','), Vec::new());
        let cut = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        let (before, after) = text.split_at(cut.unwrap_or(0));
        records.feed(before, &mut rows).expect("it is short");
        records.feed(after, &mut rows).expect("it is short");
        records.end(&mut rows);
        rows
    }

    fn cells(rows: Vec<Row>) -> Vec<(u64, Vec<String>)> {
        let cells = |row: Row| match row.content {
            Content::Cells(cells) => (row.line, cells),
            other => panic!("{other:?}"),
        };
        rows.into_iter().map(cells).collect()
    }

    #[test]
    fn lines_are_counted_and_ends_of_all_kinds_taken() {
        let text = "a,b\r\n\"1\n2\",\"x \"\"y\"\"\"\r,\r\n\nlast,\"\"";
        for cut in 0..text.len() {
            let wanted = [
                (1, vec!["a".to_owned(), "b".to_owned()]),
                (2, vec!["1\n2".to_owned(), "x \"y\"".to_owned()]),
                (6, vec!["last".to_owned(), String::new()]),
            ];
            assert_eq!(cells(read(text, cut)), wanted, "cut at {cut}");
        }
    }

    #[test]
    fn broken_quotes_are_told_with_their_line() {
        let rows = read("a\n\"b\" c\nfine\n\"never\nclosed", 0);
        let faults: Vec<(u64, bool)> = rows
            .iter()
            .map(|row| (row.line, matches!(row.content, Content::Broken { .. })))
            .collect();
        assert_eq!(faults, [(1, false), (2, true), (3, false), (4, true)]);
        let mut records = Records::new(b',');
        let endless = format!("x\n\"{}", "y".repeat(LONGEST + 1));
        let fault = records.feed(&endless, &mut Vec::new()).expect_err("it has no end");
        assert!(fault.message.contains("line 2"), "{fault:?}");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            records in vec(vec(prop_oneof![any::<String>(), "[\",;\r\n a]{0,6}"], 3), 0..5),
            cut in 0_usize..80,
        ) {
            let mut writer = csv::WriterBuilder::new()
                .terminator(csv::Terminator::CRLF)
                .from_writer(Vec::new());
            for record in &records {
                writer.write_record(record).expect("written");
            }
            let text = String::from_utf8(writer.into_inner().expect("whole")).expect("text");
            let read: Vec<Vec<String>> =
                cells(read(&text, cut)).into_iter().map(|(_, cells)| cells).collect();
            let full = |record: &&Vec<String>| record.iter().any(|cell| !cell.is_empty());
            let wanted: Vec<Vec<String>> = records.iter().filter(full).cloned().collect();
            prop_assert_eq!(read, wanted);
        }
    }
}
