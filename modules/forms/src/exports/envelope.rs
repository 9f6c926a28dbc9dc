//! The columns of an export that are no answers: what stands before the questions, and behind them.

use super::cells::Cell;
use crate::submissions::Submission;

/// What typed formats may know of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Integer,
    Number,
    Flag,
    Moment,
    Date,
    List,
    Json,
}

/// Where a column's values come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    Number,
    Id,
    ReceivedAt,
    SubmittedAt,
    Version,
    Way,
    Answer,
    Status,
    Assignee,
    Tags,
    Metadata,
    Tray,
    Comments,
}

impl Source {
    /// Whether it is what people have done with a submission.
    pub(super) fn is_of_desk(self) -> bool {
        matches!(
            self,
            Source::Status | Source::Assignee | Source::Tags | Source::Tray | Source::Comments
        )
    }

    /// Whether it stands behind the questions.
    pub(super) fn is_behind(self) -> bool {
        self.is_of_desk() || self == Source::Metadata
    }
}

/// All of them, in their order.
pub(super) const ENVELOPE: [(Source, &str, &str, Shape); 10] = [
    (Source::Number, "number", "Number", Shape::Integer),
    (Source::Id, "id", "Id", Shape::Text),
    (Source::ReceivedAt, "received_at", "Received at", Shape::Moment),
    (Source::SubmittedAt, "submitted_at", "Submitted at", Shape::Moment),
    (Source::Version, "version", "Version", Shape::Integer),
    (Source::Way, "source", "Source", Shape::Text),
    (Source::Status, "status", "Status", Shape::Text),
    (Source::Assignee, "assignee", "Assignee", Shape::Text),
    (Source::Tags, "tags", "Tags", Shape::List),
    (Source::Metadata, "metadata", "Metadata", Shape::Json),
];

/// Those that stand in a file only when they are asked for.
pub(super) const ON_DEMAND: [(Source, &str, &str, Shape); 2] = [
    (Source::Tray, "tray", "Lies in", Shape::Text),
    (Source::Comments, "comments", "Comments", Shape::Integer),
];

/// Whether a word names a column of the envelope.
pub(crate) fn is_envelope(word: &str) -> bool {
    ENVELOPE.iter().any(|(_, key, ..)| *key == word)
}

/// What was known of a submission when it came in.
pub(super) fn cell(source: Source, submission: &Submission) -> Cell {
    match source {
        Source::Number => Cell::Integer(submission.number),
        Source::Id => Cell::Text(submission.id.to_string()),
        Source::ReceivedAt => Cell::Moment(submission.received_at),
        Source::SubmittedAt => submission.submitted_at.map_or(Cell::Empty, Cell::Moment),
        Source::Version => Cell::Integer(submission.form_version),
        Source::Way => Cell::Text(submission.source.clone()),
        Source::Metadata => {
            submission.metadata.as_ref().map_or(Cell::Empty, |json| Cell::Json(json.0.clone()))
        }
        _ => Cell::Empty,
    }
}
