//! A first look at a file: how it is divided, its columns, and what stands in them.

use std::collections::HashMap;

use files::Content as Bytes_;
use futures::StreamExt;
use kernel::{Error, Result};
use serde_json::value::RawValue;

use super::{
    Column, Format, Options,
    columns::beginning,
    lines,
    options::Formulas,
    row::{Content, Fault, Row},
    rows::Reader,
};
use crate::{
    choices::Few,
    exports::{
        delimiter::Delimiter,
        formulas::{is_dangerous, plain},
    },
};

/// Rows that are looked at, with the header.
const ROWS: usize = 101;
/// Bytes that are looked at, at most.
const BYTES: usize = 8 * 1024 * 1024;
const MOST_COLUMNS: usize = 1_000;
const LONGEST_NAME: usize = 1_000;

/// The beginning of a file.
pub(super) struct Head {
    bytes: Vec<u8>,
    whole: bool,
}

/// What a look has found.
pub(super) struct Found {
    pub(super) columns: Vec<Column>,
    /// Whether a cell stands there that a spreadsheet would run: then nobody has guarded them.
    pub(super) unguarded: bool,
}

impl Head {
    /// Reads as much as is looked at.
    pub(super) async fn of(mut content: Bytes_) -> Result<Self> {
        let (mut bytes, mut whole) = (Vec::new(), false);
        while bytes.len() < BYTES {
            match content.next().await.transpose()? {
                Some(piece) => bytes.extend_from_slice(&piece),
                None => {
                    whole = true;
                    break;
                }
            }
        }
        Ok(Head { bytes, whole })
    }

    /// The first rows as these options divide them.
    fn rows(&self, format: Format, options: &Options) -> Result<Vec<Row>, Fault> {
        let (mut reader, mut rows) = (Reader::new(format, options), Vec::new());
        let mut rest = self.bytes.as_slice();
        while rows.len() < ROWS && !rest.is_empty() {
            let (piece, more) = rest.split_at(rest.len().min(16 * 1024));
            reader.feed(piece, false, &mut rows)?;
            rest = more;
        }
        if self.whole && rest.is_empty() {
            reader.feed(&[], true, &mut rows)?;
        } else if rows.is_empty() {
            rows.extend(reader.overlong());
        }
        rows.truncate(ROWS);
        Ok(rows)
    }

    /// What most probably stands between the cells: what divides the rows most alike.
    pub(super) fn delimiter(&self, options: &Options) -> Delimiter {
        let counts = |delimiter: Delimiter| -> Vec<usize> {
            let options = Options { delimiter, ..options.clone() };
            let rows = self.rows(Format::Csv, &options).unwrap_or_default();
            rows.iter().map(|row| row.cells().len()).collect()
        };
        let all: Vec<(Vec<usize>, Delimiter)> =
            Delimiter::ALL.iter().map(|it| (counts(it.0), it.0)).collect();
        // Of several that do as well, the first.
        let best = all.iter().rev().max_by_key(|(counts, _)| score(counts));
        let best = best.filter(|(counts, _)| score(counts) > 0).map(|it| it.1);
        best.unwrap_or_else(|| undivided(&all))
    }

    /// The columns, or why they are none.
    pub(super) fn look(&self, format: Format, options: &Options) -> Result<Found> {
        let rows =
            self.rows(format, options).map_err(|fault| refused(fault.code, fault.message))?;
        if rows.is_empty() && !self.whole {
            let message =
                "The first 8 MiB of the file have no row. Take out what is blank at its beginning.";
            return Err(refused("empty", message));
        }
        match format {
            Format::Csv => of_records(&rows, options),
            Format::Jsonl => of_lines(&rows),
        }
    }
}

/// How well these counts of cells fit together.
fn score(counts: &[usize]) -> usize {
    match counts.first() {
        Some(&first) if first > 1 => first * counts.iter().filter(|count| **count == first).count(),
        _ => 0,
    }
}

/// The delimiter of a file of one column: a comma, unless it stands in the text of cells.
fn undivided(all: &[(Vec<usize>, Delimiter)]) -> Delimiter {
    let is_torn = |counts: &[usize]| counts.first() == Some(&1) && counts.iter().any(|it| *it > 1);
    let is_whole = |counts: &[usize]| counts.iter().all(|count| *count == 1);
    let whole = all.iter().find(|(counts, _)| !counts.is_empty() && is_whole(counts));
    match all.first() {
        Some((commas, _)) if is_torn(commas) => whole.map_or(Delimiter::Comma, |it| it.1),
        _ => Delimiter::Comma,
    }
}

impl Row {
    fn cells(&self) -> &[String] {
        match &self.content {
            Content::Cells(cells) | Content::Broken { cells, .. } => cells,
            Content::Line(_) => &[],
        }
    }
}

fn refused(code: &'static str, message: impl Into<String>) -> Error {
    Error::invalid("file", code, message)
}

fn of_records(rows: &[Row], options: &Options) -> Result<Found> {
    let Some((header, rest)) = rows.split_first() else {
        return Err(refused("empty", "The file is empty. Its first line names the columns."));
    };
    if let Content::Broken { fault, .. } = &header.content {
        return Err(refused(fault.code, fault.message.clone()));
    }
    let mut columns = named(header.cells(), options.formulas)?;
    if rest.is_empty() {
        return Err(refused(
            "no_rows",
            "The file has the names of columns, and no row below them.",
        ));
    }
    let mut unguarded = false;
    for row in rest {
        for (column, cell) in columns.iter_mut().zip(row.cells()) {
            column.show(cell);
            unguarded |= is_dangerous(cell);
        }
    }
    Ok(Found { columns, unguarded })
}

/// The columns that a header names, each by a name of its own.
fn named(cells: &[String], formulas: Formulas) -> Result<Vec<Column>> {
    if cells.len() > MOST_COLUMNS {
        let message = format!(
            "The first line has {} columns, and at most 1,000 are taken. Take out those that you do not need.",
            cells.len()
        );
        return Err(refused("too_many_columns", message));
    }
    let (mut columns, mut known) = (Vec::with_capacity(cells.len()), HashMap::new());
    for (cell, place) in cells.iter().zip(1_usize..) {
        let text = if formulas == Formulas::Neutralised { plain(cell) } else { cell.as_str() };
        let name = if text.trim().is_empty() { format!("Column {place}") } else { text.to_owned() };
        if name.contains('\0') {
            let message = format!("Take the character U+0000 out of the name of column {place}.");
            return Err(refused("bad_header", message));
        }
        if name.chars().count() > LONGEST_NAME {
            let message = format!(
                "The name of column {place} is longer than 1,000 letters. Write the names of the columns in the first line."
            );
            return Err(refused("bad_header", message));
        }
        if let Some(other) = known.insert(name.clone(), place) {
            let message = format!(
                "The columns {other} and {place} are both called “{}”. Give each a name of its own.",
                beginning(&name, 60)
            );
            return Err(refused("duplicate_column", message));
        }
        columns.push(Column::new(name));
    }
    Ok(columns)
}

fn of_lines(rows: &[Row]) -> Result<Found> {
    let (mut columns, mut places) = (Vec::new(), HashMap::new());
    let mut first_fault = None;
    for row in rows {
        let read = match &row.content {
            Content::Line(text) => lines::columns(text),
            Content::Broken { fault, .. } => Err(fault.clone()),
            Content::Cells(_) => continue,
        };
        match read {
            Ok(values) => {
                for (name, value) in values {
                    if name.contains('\0') {
                        continue;
                    }
                    let place = *places.entry(name.clone()).or_insert_with(|| {
                        columns.push(Column::new(name));
                        columns.len() - 1
                    });
                    columns[place].show(&shown(value));
                }
            }
            Err(fault) => {
                first_fault.get_or_insert((row.line, fault));
            }
        }
        if columns.len() > MOST_COLUMNS {
            let message = format!(
                "By line {} there are more than 1,000 names of columns. Take out those that you do not need.",
                row.line
            );
            return Err(refused("too_many_columns", message));
        }
    }
    match first_fault {
        _ if !columns.is_empty() => Ok(Found { columns, unguarded: true }),
        Some((line, fault)) => Err(refused(fault.code, format!("Line {line}: {}", fault.message))),
        None => Err(refused("empty", "The file is empty. Write one JSON object a line.")),
    }
}

/// A value as one reads it.
pub(super) fn shown(value: &RawValue) -> String {
    match value.get() {
        "null" => String::new(),
        json => serde_json::from_str(json).unwrap_or_else(|_| json.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::encoding::Encoding;

    fn head(text: &str) -> Head {
        Head { bytes: text.as_bytes().to_vec(), whole: true }
    }

    fn usual(format: Format) -> Options {
        Options::of(format, Encoding::Utf8)
    }

    fn complaint(format: Format, text: &str) -> String {
        let error = head(text).look(format, &usual(format)).err().expect("it is refused");
        error.fields()[0].code.to_string()
    }

    #[test]
    fn the_delimiter_is_what_divides_rows_alike() {
        let options = usual(Format::Csv);
        for (text, wanted) in [
            ("a,b\n1,2\n3,4", Delimiter::Comma),
            ("a;b\n1,5;2,5\n3,1;4", Delimiter::Semicolon),
            ("a\tb\n1, one\t2\n", Delimiter::Tab),
            ("a|b\n1|2", Delimiter::Pipe),
            ("alone\n1\n2", Delimiter::Comma),
            ("alone\n1, one\n2, two", Delimiter::Semicolon),
            ("alone\n\"1, one\"\n2; two", Delimiter::Comma),
            ("\"a;b;c\",d\n\"1;2;3\",4", Delimiter::Comma),
        ] {
            assert_eq!(head(text).delimiter(&options), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_table_is_told_by_name() {
        let many: Vec<String> = (0..10_000).map(|number| format!("c{number}")).collect();
        for (text, code) in [
            ("", "empty"),
            ("\n\n", "empty"),
            ("a,b\n", "no_rows"),
            ("a,a\n1,2", "duplicate_column"),
            ("\"a\"x,b\n1,2", "broken_quotes"),
            (&format!("{}\n1", many.join(",")), "too_many_columns"),
        ] {
            assert_eq!(complaint(Format::Csv, text), code, "{text:.20}");
        }
        assert_eq!(complaint(Format::Jsonl, ""), "empty");
        assert_eq!(complaint(Format::Jsonl, "a,b\n1,2"), "malformed");
    }

    #[test]
    fn a_first_line_that_goes_on_beyond_what_is_looked_at_is_too_large() {
        let begun = |text: String| Head { bytes: text.into_bytes(), whole: false };
        for (format, start) in [(Format::Jsonl, "\n[{\"a\":\""), (Format::Csv, "\n\"")] {
            let head = begun(format!("{start}{}", "x".repeat(BYTES)));
            let error = head.look(format, &usual(format)).err().expect("it is refused");
            assert_eq!(error.fields()[0].code, "too_large");
            assert!(error.fields()[0].message.contains("ine 2"), "{error}");
        }
        let blank = begun("\n".repeat(BYTES)).look(Format::Jsonl, &usual(Format::Jsonl));
        assert!(blank.is_err_and(|it| it.to_string().contains("8 MiB")));
    }

    #[test]
    fn columns_have_names_and_samples() {
        let text = "Name,,'=x\nAda,1,=1\nAda,2,\nGrace,,\nHiro,,\nMei,,";
        let found = head(text).look(Format::Csv, &usual(Format::Csv)).expect("columns");
        let names: Vec<&str> = found.columns.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Name", "Column 2", "=x"]);
        assert_eq!(found.columns[0].samples, ["Ada", "Grace", "Hiro"]);
        assert!(found.unguarded);
        let text = "{\"b\":1,\"answers\":{\"id\":2}}\n{\"c\":[\"x\"],\"b\":null}";
        let found = head(text).look(Format::Jsonl, &usual(Format::Jsonl)).expect("columns");
        let names: Vec<&str> = found.columns.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["b", "answers.id", "c"]);
        assert_eq!(found.columns[2].samples, ["[\"x\"]"]);
    }
}
