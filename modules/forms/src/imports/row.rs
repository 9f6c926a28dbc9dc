//! One row of a file, before anything is made of it.

/// What is wrong with a row, or with the rest of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// One row as it stands in the file.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The line in which it begins, from 1.
    pub(super) line: u64,
    pub(super) content: Content,
}

/// What stands in a row.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// Of CSV.
    Cells(Vec<String>),
    /// Of JSON lines.
    Line(String),
    /// It cannot be read; of CSV with what there is of it.
    Broken { cells: Vec<String>, fault: Fault },
}

impl Row {
    pub(super) fn size(&self) -> usize {
        match &self.content {
            Content::Cells(cells) | Content::Broken { cells, .. } => {
                cells.iter().map(|cell| cell.len() + size_of::<String>()).sum()
            }
            Content::Line(text) => text.len(),
        }
    }
}
