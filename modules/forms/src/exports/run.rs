//! Writing the file of an export: read, encoded and stored piece by piece, in memory that does not grow.

use std::{sync::Arc, time::Duration};

use ::jobs::{Failure, JobContext};
use bytes::Bytes;
use files::{Files, NewFile, StoredFile};
use futures::{Stream, TryStreamExt};
use kernel::{Error, Result};
use tokio::{sync::Semaphore, time::Instant};
use web::{Cx, House};

use super::{
    Export, ExportId, Format, NewExport, Status,
    encoder::{Buffer, Encoder},
    formats::encoder,
    layout::{self, Layout},
    order::days,
    pieces::{Piece, Pieces, Range},
    store,
};
use crate::{
    events::{ExportFailed, ExportFinished, ExportProgressed},
    forms::{self, Form},
    jobs::{RunExport, given_up, retry_or_tell},
};

/// Exports that one process writes at a time: two bound what they take of memory and disk.
const AT_ONCE: usize = 2;
/// How long the others wait before they ask again.
const PAUSE: Duration = Duration::from_secs(2);
/// How often the progress is told.
const TOLD_EVERY: Duration = Duration::from_secs(1);

/// Whoever writes exports in this process; cheap to clone.
#[derive(Clone)]
pub(crate) struct Desk {
    house: Arc<House>,
    files: Files,
    room: Arc<Semaphore>,
}

impl Desk {
    pub(crate) fn new(house: Arc<House>, files: Files) -> Self {
        Desk { house, files, room: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

/// Does the job: an export that is over already is left as it is. What an earlier attempt wrote belongs to
/// nobody, and the sweep of uploads takes it.
pub(crate) async fn run(desk: Desk, context: JobContext, id: ExportId) -> Result<(), Failure> {
    let Ok(_place) = desk.room.clone().try_acquire_owned() else {
        return Err(Failure::Busy(PAUSE));
    };
    let cx = Cx::of_job(desk.house.clone(), &context);
    let Err(error) = write(&desk, &cx, &context, id).await else { return Ok(()) };
    if matches!(error, Error::Conflict { code: STOPPED, .. }) {
        return Ok(());
    }
    let why = given_up::<RunExport>(&context, &error, OUR_FAULT);
    retry_or_tell(error, why, async |why| fail(&cx, &context, id, why).await).await
}

const STOPPED: &str = "export_stopped";
const OUR_FAULT: &str =
    "The file could not be written, several times over; it has been noted. Please try again later.";

fn stopped() -> Error {
    Error::conflict(STOPPED, "Somebody has stopped this export.")
}

async fn write(desk: &Desk, cx: &Cx, context: &JobContext, id: ExportId) -> Result<()> {
    let Some(begun) = begin(cx, id).await? else { return Ok(()) };
    let Begun { export, form, request, layout, range } = begun;
    let work = Work::new(cx, id, &form, request.clone(), Arc::new(layout), range)?;
    let (totals, stream) = (work.totals.clone(), work.into_stream());
    let new = NewFile {
        collection: id.to_string(),
        place: None,
        name: file_name(&form, &export, &request),
        content_type: None,
        limit_bytes: u64::MAX,
        bytes: Box::pin(stream),
    };
    let House { db, clock, chance, .. } = &*desk.house;
    let file = desk.files.put(db, cx.workspace(), new, clock, chance).await?;
    let totals = totals.lock().map(|totals| *totals).unwrap_or_default();
    finish(cx, context, &export, &file, totals).await
}

struct Begun {
    export: Export,
    form: Form,
    request: NewExport,
    layout: Layout,
    range: Range,
}

/// Marks it as running and lays out its columns; nothing to do when it is over or gone.
async fn begin(cx: &Cx, id: ExportId) -> Result<Option<Begun>> {
    let mut tx = cx.read().await?;
    let Some(export) = store::find_export(&mut tx, id).await? else { return Ok(None) };
    let form = forms::store::find_form(&mut tx, export.form_id).await?.ok_or(Error::NotFound)?;
    let request = export.request()?;
    let links = (export.origin.clone(), export.slug.clone());
    let layout = layout::of_form(&mut tx, &form, &request, links).await?;
    let range = Range::find(&mut tx, form.id, &request).await?;
    drop(tx);
    let mut tx = cx.begin().await?;
    if !store::begin_export(&mut tx, id, range.estimate(&form, &request)).await? {
        return Ok(None);
    }
    let export_id = id.to_string();
    tx.record(&ExportProgressed { form_id: form.id, export_id, rows_done: 0 }).await?;
    tx.commit().await?;
    Ok(Some(Begun { export, form, request, layout, range }))
}

/// What has been written so far.
#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    rows: i64,
    bytes: i64,
    last_number: Option<i64>,
}

/// An export at work.
struct Work {
    cx: Cx,
    id: ExportId,
    form: forms::FormId,
    format: Format,
    layout: Arc<Layout>,
    pieces: Pieces,
    /// Gone once it has written the end.
    encoder: Option<Box<dyn Encoder>>,
    buffer: Buffer,
    /// Read while the one before was encoded.
    ahead: Option<Piece>,
    totals: Arc<std::sync::Mutex<Totals>>,
    told: Instant,
}

impl Work {
    fn new(
        cx: &Cx,
        id: ExportId,
        form: &Form,
        request: NewExport,
        layout: Arc<Layout>,
        range: Range,
    ) -> Result<Self> {
        let (buffer, format) = (Buffer::default(), request.format);
        let encoder = Some(encoder(&request, layout.clone(), buffer.clone())?);
        let pieces = Pieces::new(cx.clone(), form.id, request, layout.clone(), range)?;
        Ok(Work {
            cx: cx.clone(),
            id,
            form: form.id,
            format,
            layout,
            pieces,
            encoder,
            buffer,
            ahead: None,
            totals: Arc::default(),
            told: Instant::now(),
        })
    }

    fn into_stream(self) -> impl Stream<Item = Result<Bytes>> + Send {
        let next = |mut work: Work| async move {
            let bytes = work.next().await?;
            Ok::<_, Error>(bytes.map(|bytes| (bytes, work)))
        };
        futures::stream::try_unfold(self, next).try_filter(|bytes| {
            let full = !bytes.is_empty();
            async move { full }
        })
    }

    /// The bytes of the next piece; none after the end.
    async fn next(&mut self) -> Result<Option<Bytes>> {
        let Some(encoder) = self.encoder.take() else { return Ok(None) };
        let piece = match self.ahead.take() {
            Some(piece) => Some(piece),
            None => self.pieces.next().await?,
        };
        let last = piece.as_ref().and_then(Piece::last_number);
        let rows = piece.as_ref().map_or(0, Piece::len);
        let (layout, format) = (self.layout.clone(), self.format);
        let encoding = tokio::task::spawn_blocking(move || encode(encoder, piece, &layout, format));
        let (encoded, ahead) = tokio::join!(encoding, self.pieces.next());
        self.encoder = encoded.map_err(Error::internal)??;
        self.ahead = ahead?;
        let bytes = self.buffer.take();
        self.count(rows, bytes.len(), last).await?;
        Ok(Some(bytes.into()))
    }

    /// Adds up, and tells the others once a second; that is also when it hears that it was stopped.
    async fn count(&mut self, rows: usize, bytes: usize, last: Option<i64>) -> Result<()> {
        let totals = {
            let mut totals = self.totals.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            totals.rows += i64::try_from(rows).map_err(Error::internal)?;
            totals.bytes += i64::try_from(bytes).map_err(Error::internal)?;
            totals.last_number = last.or(totals.last_number);
            *totals
        };
        if self.told.elapsed() < TOLD_EVERY {
            return Ok(());
        }
        self.told = Instant::now();
        let mut tx = self.cx.begin().await?;
        if !store::update_progress(&mut tx, self.id, totals.rows, totals.bytes).await? {
            return Err(stopped());
        }
        let (form_id, export_id) = (self.form, self.id.to_string());
        let rows_done = totals.rows;
        tx.record(&ExportProgressed { form_id, export_id, rows_done }).await?;
        tx.commit().await
    }
}

/// Encodes a piece and gives the encoder back; without a piece writes the end.
fn encode(
    mut encoder: Box<dyn Encoder>,
    piece: Option<Piece>,
    layout: &Layout,
    format: Format,
) -> Result<Option<Box<dyn Encoder>>> {
    let Some(piece) = piece else {
        encoder.finish()?;
        return Ok(None);
    };
    for row in piece.rows(layout, format) {
        encoder.row(row?)?;
    }
    Ok(Some(encoder))
}

/// From upload to file of the export, with the end of the job, in one commit.
async fn finish(
    cx: &Cx,
    context: &JobContext,
    export: &Export,
    file: &StoredFile,
    totals: Totals,
) -> Result<()> {
    let end = store::Finished {
        rows: totals.rows,
        bytes: file.size,
        file: file.id,
        last_number: totals.last_number,
        at: cx.now(),
        expires_at: cx.now().plus(days(export.kept_days)),
    };
    let mut tx = cx.begin().await?;
    if !store::finish_export(&mut tx, export.id, &end).await? {
        files::discard(&mut tx, cx.workspace(), &[file.id]).await?;
        return tx.commit().await;
    }
    let owner = export.id.to_string();
    let lacking = files::claim(&mut tx, cx.workspace(), &[file.id], &owner, &owner).await?;
    if lacking.is_some() {
        return Err(Error::internal("the file of an export is gone"));
    }
    let event = ExportFinished {
        form_id: export.form_id,
        export_id: export.id.to_string(),
        rows: totals.rows,
        bytes: file.size,
    };
    tx.record(&event).await?;
    context.finish(&mut tx).await?;
    tx.commit().await
}

async fn fail(cx: &Cx, context: &JobContext, id: ExportId, error: &str) -> Result<()> {
    let mut tx = cx.begin().await?;
    let export = store::find_export(&mut tx, id).await?;
    if let Some(export) = export
        && store::end_export(&mut tx, id, Status::Failed, Some(error), cx.now()).await?
    {
        let (form_id, export_id) = (export.form_id, id.to_string());
        tx.record(&ExportFailed { form_id, export_id, error: error.to_owned() }).await?;
    }
    context.finish(&mut tx).await?;
    tx.commit().await
}

/// `Contact us 2026-08-03 0912.csv`
fn file_name(form: &Form, export: &Export, request: &NewExport) -> String {
    let at = export.created_at.to_jiff().strftime("%Y-%m-%d %H%M");
    format!("{} {at}.{}", form.title.replace(['/', '\\'], "-"), request.ending())
}
