//! Checking or storing the rows of a file: chunk by chunk, in memory that does not grow with it.

use std::{ops::RangeInclusive, sync::Arc, time::Duration};

use ::jobs::{Failure, JobContext};
use kernel::{Error, Result};
use tokio::{sync::Semaphore, time::Instant};
use web::{Cx, House};

use super::{
    CHUNK, Import, ImportId, MOST_ERRORS, STOPPED, Status, TOLD_EVERY, Task,
    create::published,
    judge::Found,
    plan::Plan,
    removal,
    row::Row,
    rows::Rows,
    stopped,
    store::{self, ErrorRow, Progress},
};
use crate::{
    Forms,
    events::{ImportFailed, ImportFinished, ImportProgressed},
    forms,
    jobs::{RunImport, given_up, retry_or_tell},
    submissions::incoming::{Incoming, Outcome},
};

/// Imports that one process works on at a time.
const AT_ONCE: usize = 2;
/// How long the others wait before they ask again.
const PAUSE: Duration = Duration::from_secs(2);

/// Whoever works on imports in this process; cheap to clone.
#[derive(Clone)]
pub(crate) struct Desk {
    house: Arc<House>,
    forms: Forms,
    room: Arc<Semaphore>,
}

impl Desk {
    pub(crate) fn new(house: Arc<House>, forms: Forms) -> Self {
        Desk { house, forms, room: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

/// Does the job; it goes on after what an attempt that died has noted.
pub(crate) async fn run(desk: Desk, context: JobContext, id: ImportId) -> Result<(), Failure> {
    let Ok(_place) = desk.room.clone().try_acquire_owned() else {
        return Err(Failure::Busy(PAUSE));
    };
    let cx = Cx::of_job(desk.house.clone(), &context);
    let Err(error) = work(&desk, &cx, &context, id).await else { return Ok(()) };
    let why = match &error {
        // Or another worker was faster: this job stays until it is over, in case that one dies.
        Error::Conflict { code: STOPPED, .. } => match is_unfinished(&cx, id).await? {
            true => return Err(Failure::Busy(PAUSE)),
            false => return Ok(()),
        },
        Error::Invalid(problems) => {
            let told: Vec<&str> = problems.iter().take(3).map(|it| it.message.as_str()).collect();
            Some(told.join(" "))
        }
        other => given_up::<RunImport>(&context, other, OUR_FAULT),
    };
    retry_or_tell(error, why, async |why| fail(&cx, &context, id, why).await).await
}

async fn is_unfinished(cx: &Cx, id: ImportId) -> Result<bool> {
    let import = store::find_import(&mut cx.read().await?, id).await?;
    Ok(import.is_some_and(|import| import.is_unfinished()))
}

const OUR_FAULT: &str =
    "The import could not go on, several times over; it has been noted. Please let it go on later.";

async fn work(desk: &Desk, cx: &Cx, context: &JobContext, id: ImportId) -> Result<()> {
    let Some(import) = store::find_import(&mut cx.read().await?, id).await? else { return Ok(()) };
    if !import.is_unfinished() {
        return Ok(());
    }
    if import.task() == Task::Removal {
        removal::work(cx, &import).await?;
        return finish(cx, context, &import).await;
    }
    let mut work = Work::begin(desk, cx, import).await?;
    while work.chunk().await? {}
    finish(cx, context, &work.import).await
}

/// An import at work.
struct Work {
    cx: Cx,
    forms: Forms,
    import: Arc<Import>,
    plan: Arc<Plan>,
    rows: Rows,
    progress: Progress,
    told: Instant,
}

/// What became of the rows of a chunk.
#[derive(Default)]
struct Judged {
    incoming: Vec<(i64, u64, Incoming)>,
    /// By the row's place and line.
    refused: Vec<(i64, u64, Vec<Found>)>,
}

impl Work {
    async fn begin(desk: &Desk, cx: &Cx, import: Import) -> Result<Self> {
        let published = published(&desk.forms, cx, import.form_id).await?;
        let mut tx = cx.read().await?;
        let form =
            forms::store::find_form(&mut tx, import.form_id).await?.ok_or(Error::NotFound)?;
        let plan = Plan::of(&mut tx, &form, published, &import).await?;
        let owner = import.id.to_string();
        let (_, content) = desk.forms.files().open(&mut tx, import.file()?, Some(&owner)).await?;
        drop(tx);
        let progress = Progress {
            bytes: import.bytes_done,
            rows: import.rows_done,
            stored: import.rows_stored,
            refused: import.rows_refused,
            errors: import.errors_kept,
            reached: ahead(&import, import.rows_done)?,
        };
        let mut tx = cx.begin().await?;
        if !store::begin(&mut tx, import.id, progress.reached).await? {
            return Err(stopped());
        }
        let (form_id, import_id) = (import.form_id, import.id.to_string());
        tx.record(&ImportProgressed { form_id, import_id, rows_done: progress.rows }).await?;
        tx.commit().await?;
        let mut rows = Rows::of(content, plan.format, &plan.options);
        pass_over(&mut rows, import.rows_done).await?;
        Ok(Work {
            cx: cx.clone(),
            forms: desk.forms.clone(),
            import: import.into(),
            plan: plan.into(),
            rows,
            progress,
            told: Instant::now(),
        })
    }

    /// Does the next rows; false when there are none.
    async fn chunk(&mut self) -> Result<bool> {
        let rows = self.rows.chunk(CHUNK).await?;
        if rows.is_empty() {
            return Ok(false);
        }
        let count = i64::try_from(rows.len()).map_err(Error::internal)?;
        let judged = self.judge(rows).await?;
        let judged = match self.import.task() {
            Task::Run => self.store(judged).await?,
            _ => judged,
        };
        self.note(count, judged).await?;
        Ok(true)
    }

    /// Apart from the threads that answer: a form's patterns may take long.
    async fn judge(&mut self, rows: Vec<Row>) -> Result<Judged> {
        let (cx, import, plan) = (self.cx.clone(), self.import.clone(), self.plan.clone());
        let first = self.progress.rows + 1;
        let judging = tokio::task::spawn_blocking(move || {
            let mut judged = Judged::default();
            for (row, number) in rows.into_iter().zip(first..) {
                let line = row.line;
                match plan.judge(&cx, &import, number, row)? {
                    Ok(incoming) => judged.incoming.push((number, line, incoming)),
                    Err(found) => judged.refused.push((number, line, found)),
                }
            }
            Ok(judged)
        });
        judging.await.map_err(Error::internal)?
    }

    /// Whoever was stored by an attempt that died is stored, by the key of the row.
    async fn store(&mut self, judged: Judged) -> Result<Judged> {
        let Judged { incoming, mut refused } = judged;
        let (places, items): (Vec<(i64, u64)>, Vec<Incoming>) =
            incoming.into_iter().map(|(number, line, item)| ((number, line), item)).unzip();
        let outcomes = self.forms.writer().write_all(items.clone()).await?;
        let mut stored = Vec::with_capacity(items.len());
        for ((outcome, (number, line)), item) in outcomes.into_iter().zip(places).zip(items) {
            match outcome {
                Outcome::Stored(_) | Outcome::Replayed(_) => stored.push((number, line, item)),
                Outcome::FormGone => return Err(Error::NotFound),
                // Nothing else keeps out what takes no place, answers for nobody, and brings no files.
                _ => refused.push((number, line, vec![stored_before()])),
            }
        }
        refused.sort_by_key(|(number, ..)| *number);
        Ok(Judged { incoming: stored, refused })
    }

    /// Progress and errors in one commit; that is also when it hears that it was stopped.
    async fn note(&mut self, count: i64, judged: Judged) -> Result<()> {
        let Judged { incoming, refused } = judged;
        let before = self.progress.rows;
        let size = |length: usize| i64::try_from(length).map_err(Error::internal);
        let rows = before + count;
        let errors = errors(self.progress.errors, refused.iter());
        let progress = Progress {
            bytes: self.rows.bytes(),
            rows,
            stored: self.progress.stored + size(incoming.len())?,
            refused: self.progress.refused + size(refused.len())?,
            errors: self.progress.errors + size(errors.len())?,
            reached: ahead(&self.import, rows)?,
        };
        let mut tx = self.cx.begin().await?;
        if !store::update_progress(&mut tx, self.import.id, before, &progress).await? {
            drop(tx);
            return Err(self.overtaken(before + 1..=rows).await?);
        }
        store::insert_errors(&mut tx, self.import.id, errors).await?;
        if self.told.elapsed() >= TOLD_EVERY {
            self.told = Instant::now();
            let (form_id, import_id) = (self.import.form_id, self.import.id.to_string());
            tx.record(&ImportProgressed { form_id, import_id, rows_done: rows }).await?;
        }
        tx.commit().await?;
        self.progress = progress;
        Ok(())
    }

    /// Stopped in the middle of these rows. When they are being taken back already, or must not be kept, that may have
    /// passed by before they were stored: whoever stored them deletes them.
    async fn overtaken(&mut self, rows: RangeInclusive<i64>) -> Result<Error> {
        let import = store::find_import(&mut self.cx.read().await?, self.import.id).await?;
        // Without its file it was stopped for what stands in it.
        let is_unwanted =
            import.is_some_and(|it| it.task() == Task::Removal || it.file_id.is_none());
        if is_unwanted && self.import.task() == Task::Run {
            removal::delete(&self.cx, &self.import, rows).await?;
        }
        Ok(stopped())
    }
}

fn stored_before() -> Found {
    let message = "This row is stored already, as the form was read before it was changed.";
    Found {
        field: "row".into(),
        code: "stored_before".into(),
        message: message.into(),
        ..Found::default()
    }
}

/// How far rows may be stored before more is noted; a check stores none.
fn ahead(import: &Import, rows: i64) -> Result<i64> {
    let chunk = i64::try_from(CHUNK).map_err(Error::internal)?;
    Ok(if import.task() == Task::Run { rows + chunk } else { 0 })
}

async fn pass_over(rows: &mut Rows, count: i64) -> Result<()> {
    let mut left = usize::try_from(count).map_err(Error::internal)?;
    while left > 0 {
        let passed = rows.chunk(CHUNK.min(left)).await?.len();
        if passed == 0 {
            return Ok(());
        }
        left -= passed;
    }
    Ok(())
}

/// The rows of errors that are still kept.
fn errors<'a>(
    kept: i64,
    refused: impl Iterator<Item = &'a (i64, u64, Vec<Found>)>,
) -> Vec<ErrorRow> {
    let room = usize::try_from(MOST_ERRORS - kept).unwrap_or(0);
    let all =
        refused.flat_map(|(number, line, found)| found.iter().map(move |it| (number, line, it)));
    let row = |((number, line, found), position): ((&i64, &u64, &Found), i64)| ErrorRow {
        position,
        row_number: *number,
        line: i64::try_from(*line).unwrap_or(i64::MAX),
        column_name: found.column.clone(),
        field: found.field.clone(),
        code: found.code.clone(),
        message: found.message.replace('\0', "\u{fffd}"),
        value: found.value.clone(),
    };
    all.take(room).zip(kept + 1..).map(row).collect()
}

async fn finish(cx: &Cx, context: &JobContext, import: &Import) -> Result<()> {
    let mut tx = cx.begin().await?;
    let ended = store::end(&mut tx, import.id, Status::Done, None, cx.now()).await?;
    let now = store::find_import(&mut tx, import.id).await?;
    if let (true, Some(now)) = (ended, now) {
        let event = ImportFinished {
            form_id: now.form_id,
            import_id: now.id.to_string(),
            task: now.task().word(),
            rows_stored: now.rows_stored,
            rows_refused: now.rows_refused,
        };
        tx.record(&event).await?;
    }
    context.finish(&mut tx).await?;
    tx.commit().await
}

async fn fail(cx: &Cx, context: &JobContext, id: ImportId, error: &str) -> Result<()> {
    let mut tx = cx.begin().await?;
    let import = store::find_import(&mut tx, id).await?;
    if let Some(import) = import
        && store::end(&mut tx, id, Status::Failed, Some(error), cx.now()).await?
    {
        let (form_id, import_id) = (import.form_id, id.to_string());
        tx.record(&ImportFailed { form_id, import_id, error: error.to_owned() }).await?;
    }
    context.finish(&mut tx).await?;
    tx.commit().await
}
