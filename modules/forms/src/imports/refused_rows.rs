//! The rows that were refused, as a file with the reason beside each: to be mended and imported alone.

use std::collections::VecDeque;

use axum::{
    body::Body,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use csv::{Terminator, Writer, WriterBuilder};
use futures::{Stream, TryStreamExt};
use kernel::{Error, Result};
use serde_json::{Map, Value, json};
use web::{Cx, Reply, Viewable, Visit};

use super::{
    CHUNK, Format, Import,
    row::{Content, Row},
    rows::Rows,
    store::{self, ErrorRow},
};
use crate::{Forms, download::saved_as};

/// Errors read at a time.
const PAGE: i64 = 1_000;

/// The page and the call alike.
pub(crate) async fn fetch(
    State(forms): State<Forms>,
    visit: Visit,
    import: Viewable<Import>,
) -> Reply<Response> {
    let owner = import.id.to_string();
    let mut tx = visit.read().await?;
    let (_, content) = forms.files().open(&mut tx, import.file()?, Some(&owner)).await?;
    drop(tx);
    let refused = Refused::of(visit.cx().clone(), import.into_inner(), content)?;
    let headers = [
        (header::CONTENT_TYPE, refused.content_type().to_owned()),
        (header::CONTENT_DISPOSITION, saved_as(&refused.name())),
        (header::CONTENT_SECURITY_POLICY, "sandbox".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, Body::from_stream(refused.into_stream())).into_response())
}

/// Goes through the file and its errors side by side.
struct Refused {
    cx: Cx,
    import: Import,
    rows: Rows,
    delimiter: u8,
    /// The names of the columns, until they are written.
    header: Option<Vec<String>>,
    row: i64,
    errors: VecDeque<ErrorRow>,
    position: i64,
    ended: bool,
}

impl Refused {
    fn of(cx: Cx, import: Import, content: files::Content) -> Result<Self> {
        let (format, options) = (import.format(), import.options()?);
        let names = import.columns()?.into_iter().map(|column| column.name);
        Ok(Refused {
            cx,
            rows: Rows::of(content, format, &options),
            delimiter: options.delimiter.byte(),
            header: (format == Format::Csv).then(|| names.collect()),
            row: 0,
            errors: VecDeque::new(),
            position: 0,
            ended: false,
            import,
        })
    }

    fn content_type(&self) -> &'static str {
        match self.import.format() {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Jsonl => "application/x-ndjson",
        }
    }

    /// `answers.csv` → `answers, refused rows.csv`
    fn name(&self) -> String {
        let word = self.import.format().word();
        let stem = self.import.name.rsplit_once('.').map_or(self.import.name.as_str(), |it| it.0);
        format!("{stem}, refused rows.{word}")
    }

    fn into_stream(self) -> impl Stream<Item = Result<Bytes>> + Send {
        let next = |mut refused: Refused| async move {
            let bytes = refused.next().await?;
            Ok::<_, Error>(bytes.map(|bytes| (bytes, refused)))
        };
        futures::stream::try_unfold(self, next).try_filter(|bytes| {
            let full = !bytes.is_empty();
            async move { full }
        })
    }

    /// What the next rows of the file come to; none at the end of the errors or of the file.
    async fn next(&mut self) -> Result<Option<Bytes>> {
        if self.ended {
            return Ok(None);
        }
        let mut out = match self.header.take() {
            Some(names) => header_of(names, self.delimiter)?,
            None => Vec::new(),
        };
        // What cannot be read on was told with the import.
        let rows = self.rows.chunk(CHUNK).await.unwrap_or_default();
        self.ended = rows.is_empty();
        for row in rows {
            self.row += 1;
            let reasons = self.reasons().await?;
            if !reasons.is_empty() {
                self.write(&mut out, row, &reasons.join(" "))?;
            }
            if self.ended {
                break;
            }
        }
        Ok(Some(out.into()))
    }

    /// What is wrong with the row at hand.
    async fn reasons(&mut self) -> Result<Vec<String>> {
        let mut reasons = Vec::new();
        loop {
            if self.errors.is_empty() {
                let mut tx = self.cx.read().await?;
                let more = store::list_errors(&mut tx, self.import.id, self.position, PAGE).await?;
                self.position = more.last().map_or(self.position, |error| error.position);
                self.errors = more.into();
            }
            match self.errors.pop_front() {
                Some(error) if error.row_number == self.row => reasons.push(reason(&error)),
                Some(error) if error.row_number < self.row => {}
                Some(later) => {
                    self.errors.push_front(later);
                    return Ok(reasons);
                }
                None => {
                    self.ended = true;
                    return Ok(reasons);
                }
            }
        }
    }

    fn write(&self, out: &mut Vec<u8>, row: Row, reason: &str) -> Result<()> {
        match row.content {
            Content::Line(text) => line(out, &text, reason),
            Content::Broken { .. } if self.import.format() == Format::Jsonl => {
                line(out, "", reason)
            }
            Content::Cells(cells) | Content::Broken { cells, .. } => {
                let beside = [row.line.to_string(), reason.to_owned()];
                let record = beside.into_iter().chain(cells);
                let mut writer = writer(std::mem::take(out), self.delimiter);
                writer.write_record(record).map_err(Error::internal)?;
                *out = writer.into_inner().map_err(|error| Error::internal(error.to_string()))?;
                Ok(())
            }
        }
    }
}

fn reason(error: &ErrorRow) -> String {
    match &error.column_name {
        Some(column) => format!("{column}: {}", error.message),
        None => error.message.clone(),
    }
}

fn writer(out: Vec<u8>, delimiter: u8) -> Writer<Vec<u8>> {
    // A row that cannot be read has as many cells as it has.
    WriterBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .terminator(Terminator::CRLF)
        .from_writer(out)
}

/// Line and reason come first, so that a row with too many cells leaves them where they are.
fn header_of(names: Vec<String>, delimiter: u8) -> Result<Vec<u8>> {
    let own = |mut name: String| {
        while names.contains(&name) {
            name.insert_str(0, "Import: ");
        }
        name
    };
    let beside = [own("Line".to_owned()), own("Reason".to_owned())];
    let mut writer = writer("\u{feff}".as_bytes().to_vec(), delimiter);
    writer.write_record(beside.into_iter().chain(names)).map_err(Error::internal)?;
    writer.into_inner().map_err(|error| Error::internal(error.to_string()))
}

/// The line with the reason in it; one that is no object, beside it.
fn line(out: &mut Vec<u8>, text: &str, reason: &str) -> Result<()> {
    let mut object: Map<String, Value> = serde_json::from_str(text).unwrap_or_else(|_| {
        let text = json!(text);
        [("text".to_owned(), text)].into_iter().collect()
    });
    object.insert("import_error".to_owned(), json!(reason));
    serde_json::to_writer(&mut *out, &object).map_err(Error::internal)?;
    out.push(b'\n');
    Ok(())
}
