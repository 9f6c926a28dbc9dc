//! Reads the submissions of an export, oldest first, in pieces bounded in rows and in bytes.

use std::{collections::HashMap, sync::Arc};

use db::Tx;
use files::{FileId, StoredFile};
use kernel::Result;
use web::Cx;

use super::{
    Format, NewExport,
    encoder::Row,
    layout::{Layout, answers_of},
    request::Since,
};
use crate::{
    answers::Value,
    forms::{Form, FormId},
    submissions::{
        Submission,
        filter::Filter,
        store as submissions,
        walk::{Entry, From, Stop, Walk, first_about, first_surely_after},
    },
};

/// Rows of a piece; its bytes are bounded as those of a page are.
const ROWS: usize = 500;

/// Which submissions an export holds: those numbered `after < number <= through`, less what filters leave out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub(super) after: i64,
    pub(super) through: i64,
}

impl Range {
    /// Everything that is there at this moment; what comes in later is another export's.
    pub(super) async fn find(tx: &mut Tx, form: FormId, request: &NewExport) -> Result<Self> {
        let mut range = Range { after: 0, through: submissions::find_last_number(tx, form).await? };
        let mut from = request.from;
        match request.since {
            Some(Since::Number(number)) => range.after = number,
            Some(Since::Time(since)) => from = from.max(Some(since)),
            None => {}
        }
        if let Some(from) = from {
            range.after = range.after.max(first_about(tx, form, from).await? - 1);
        }
        if let Some(to) = request.to {
            range.through = range.through.min(first_surely_after(tx, form, to).await? - 1);
        }
        Ok(range)
    }

    /// About how many submissions it holds, reckoned from the form's counters; none for a search or a filter,
    /// of which nobody knows before.
    pub(super) fn estimate(self, form: &Form, request: &NewExport) -> Option<i64> {
        if request.words().is_some() || request.filter.is_some() {
            return None;
        }
        let width = (self.through - self.after).max(0);
        if form.processed_to <= 0 {
            return Some(width);
        }
        // Gaps lie where submissions were repeats or have been deleted: about as densely as anywhere.
        let share = i128::from(width) * i128::from(form.submission_count);
        let about = share.div_euclid(i128::from(form.processed_to));
        Some(i64::try_from(about).unwrap_or(width).min(width))
    }
}

/// What is read at once, with the files that it names.
pub(super) struct Piece {
    entries: Vec<Entry>,
    files: HashMap<FileId, StoredFile>,
}

/// The way through the submissions of an export.
pub(super) struct Pieces {
    cx: Cx,
    form: FormId,
    request: NewExport,
    /// What lies in spam or in the bin is no answer, and stays out unless it asks for that.
    filter: Filter,
    layout: Arc<Layout>,
    range: Range,
    ended: bool,
}

impl Pieces {
    pub(super) fn new(
        cx: Cx,
        form: FormId,
        request: NewExport,
        layout: Arc<Layout>,
        range: Range,
    ) -> Result<Self> {
        let filter = request.meant()?;
        let ended = range.after >= range.through;
        Ok(Pieces { cx, form, request, filter, layout, range, ended })
    }

    /// The next piece, which may be empty; none after the last.
    pub(super) async fn next(&mut self) -> Result<Option<Piece>> {
        if self.ended {
            return Ok(None);
        }
        let mut tx = self.cx.read().await?;
        let mut walk = Walk::of(&mut tx, self.form, &self.filter).await?;
        let (mut entries, stop) = walk.page(&mut tx, From::After(self.range.after), ROWS).await?;
        let last = match (stop, entries.last()) {
            (Stop::Full, Some(last)) => last.submission.number,
            (Stop::Tired(number), _) => number,
            _ => self.range.through,
        };
        self.range.after = last;
        self.ended = last >= self.range.through;
        let (request, through) = (&self.request, self.range.through);
        entries.retain(|it| it.submission.number <= through && is_wanted(&it.submission, request));
        let files = self.files(&mut tx, &entries).await?;
        Ok(Some(Piece { entries, files }))
    }

    async fn files(&self, tx: &mut Tx, entries: &[Entry]) -> Result<HashMap<FileId, StoredFile>> {
        if self.request.format == Format::Jsonl || !self.layout.names_files() {
            return Ok(HashMap::new());
        }
        let mut ids = Vec::new();
        for entry in entries {
            ids.extend(self.layout.files(&answers_of(&entry.submission)?));
        }
        let found = files::list(tx, &ids).await?;
        Ok(found.into_iter().map(|file| (file.id, file)).collect())
    }
}

fn is_wanted(submission: &Submission, request: &NewExport) -> bool {
    let at = submission.received_at;
    let since = match request.since {
        Some(Since::Time(since)) => at >= since,
        Some(Since::Number(number)) => submission.number > number,
        None => true,
    };
    since && request.from.is_none_or(|from| at >= from) && request.to.is_none_or(|to| at < to)
}

impl Piece {
    /// The number of the last submission, if there is any.
    pub(super) fn last_number(&self) -> Option<i64> {
        self.entries.last().map(|it| it.submission.number)
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The rows, laid out one after another; JSON lines have no cells.
    pub(super) fn rows(self, layout: &Layout, format: Format) -> impl Iterator<Item = Result<Row>> {
        let Piece { entries, files } = self;
        entries.into_iter().map(move |entry| {
            let cells = if format == Format::Jsonl {
                Vec::new()
            } else {
                let answers: Vec<(String, Value)> = answers_of(&entry.submission)?;
                layout.row(&entry, answers, &files)
            };
            Ok(Row { entry, cells })
        })
    }
}
