//! The formats of files, each with its encoder.

use std::sync::Arc;

use kernel::{Error, Result};

use super::{
    Format, NewExport,
    csv::CsvFile,
    encoder::{Buffer, Encoder},
    json_lines::JsonLines,
    layout::Layout,
    parquet::ParquetFile,
    xlsx::Workbook,
};

/// The encoder of a request, which writes into `buffer`.
pub(crate) fn encoder(
    request: &NewExport,
    layout: Arc<Layout>,
    buffer: Buffer,
) -> Result<Box<dyn Encoder>> {
    Ok(match request.format {
        Format::Csv => Box::new(CsvFile::begin(layout, request, buffer).map_err(Error::internal)?),
        Format::Jsonl => Box::new(JsonLines::begin(buffer)),
        Format::Xlsx => Box::new(Workbook::begin(layout, buffer).map_err(Error::internal)?),
        Format::Parquet => Box::new(ParquetFile::begin(layout, buffer)?),
    })
}

#[cfg(test)]
mod tests {
    use db::Json;
    use kernel::{Chance, Timestamp, WorkspaceId};

    use super::*;
    use crate::{
        definition::Definition,
        exports::{
            encoder::Row,
            layout::{Questions, answers_of},
        },
        ids::{FormId, SubmissionId},
        submissions::{Submission, state::State, walk::Entry},
    };

    const ROWS: usize = 100_000;
    const PIECE: usize = 2_000;

    fn layout(request: &NewExport) -> Arc<Layout> {
        let fields = serde_json::json!([
            {"key": "name", "type": "short_text", "label": "Name"},
            {"key": "age", "type": "number", "label": "Age"},
        ]);
        let mut questions = Questions::default();
        questions.add(&Definition::from_fields(fields).expect("a sound form"));
        Arc::new(questions.laid_out(request, Default::default()).expect("columns"))
    }

    fn submission(number: usize) -> Submission {
        let (chance, now) = (Chance::seeded(7), Timestamp::from_micros(1_785_748_320_000_000));
        let answers = format!("{{\"name\":\"{number:->100}\",\"age\":{number}}}");
        Submission {
            workspace_id: WorkspaceId::new(now, &chance),
            id: SubmissionId::new(now, &chance),
            form_id: FormId::new(now, &chance),
            number: i64::try_from(number).unwrap_or(0),
            form_version: 1,
            answers: Json(answers),
            metadata: None,
            source: "api".into(),
            submitted_at: None,
            received_at: now,
            visit: None,
        }
    }

    /// The most bytes that waited at a time, and all of them.
    fn written(format: Format) -> (usize, usize) {
        let request = NewExport::of(format);
        let (layout, buffer) = (layout(&request), Buffer::default());
        let mut encoder = encoder(&request, layout.clone(), buffer.clone()).expect("it begins");
        let (mut most, mut all) = (0, 0);
        for number in 1..=ROWS {
            let submission = submission(number);
            let answers = answers_of(&submission).expect("answers");
            let entry = Entry { submission, state: State::default() };
            let cells = layout.row(&entry, answers, &Default::default());
            encoder.row(Row { entry, cells }).expect("it fits");
            if number % PIECE == 0 {
                let waiting = buffer.take().len();
                (most, all) = (most.max(waiting), all + waiting);
            }
        }
        encoder.finish().expect("it ends");
        let rest = buffer.take().len();
        (most.max(rest), all + rest)
    }

    #[test]
    fn a_hundred_thousand_rows_pass_without_gathering() {
        for (format, at_most) in [
            (Format::Csv, 512 * 1024),
            (Format::Jsonl, 1024 * 1024),
            (Format::Xlsx, 512 * 1024),
            (Format::Parquet, 8 * 1024 * 1024),
        ] {
            let (most, all) = written(format);
            assert!(most <= at_most && all > ROWS * 5, "{format:?}: {most} of {all}");
        }
    }
}
