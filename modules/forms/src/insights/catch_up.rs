//! Counting what came in before anybody counted, or was counted by the days of another zone.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
    time::Duration,
};

use ::jobs::{Failure, JobContext, When};
use db::Tx;
use kernel::{Error, Result};
use web::{Cx, House};

use crate::{
    answers::Answers,
    forms::{self, FormId},
    jobs::CountAnswers,
    submissions::{
        counts::{
            keep::{Piece, count, definition},
            store::{self, CLEARED, Progress, zone_of},
        },
        store as submission_store,
    },
};

/// Submissions of one transaction: few enough that other writers need not wait long.
const ROWS: i64 = 256;
/// Counts removed in one transaction.
const COUNTS: i64 = 2_000;
/// Forms that are told to catch up at a time.
const FORMS: i64 = 200;

/// Goes on where the counts end; the last piece and the end of the job are one commit.
pub(crate) async fn catch_up(
    house: Arc<House>,
    job: JobContext,
    form: FormId,
) -> Result<(), Failure> {
    let cx = Cx::of_job(house, &job);
    loop {
        let next = prepare(&cx, form).await?;
        let mut tx = cx.begin().await?;
        if forms::store::find_progress(&mut tx, form).await? == 0 {
            job.finish(&mut tx).await?;
            return Ok(tx.commit().await?);
        }
        let ended = match next {
            Next::Anew(zone) => {
                begin_anew(&mut tx, form, &zone).await?;
                false
            }
            Next::Piece { piece, zone, rows, last } => {
                let progress = store::lock_progress(&mut tx, form, &zone).await?;
                let (after, to) = (piece.after, piece.to);
                // Some were deleted since they were read, or someone else was faster: what is left is read again.
                let there = submission_store::count_numbered(&mut tx, form, after, to).await?;
                if there != rows || !count(&mut tx, form, &progress, piece).await? {
                    continue;
                }
                last
            }
        };
        if ended {
            job.finish(&mut tx).await?;
        }
        tx.commit().await?;
        if ended {
            return Ok(());
        }
    }
}

/// Removes some of what was counted by the days of another zone; when nothing is left, counting begins at
/// the first submission again. Meanwhile nobody adds to it.
async fn begin_anew(tx: &mut Tx, form: FormId, zone: &str) -> Result<()> {
    store::lock_progress(tx, form, zone).await?;
    let gone = store::forget_some(tx, form, COUNTS).await?;
    let time_zone = if gone == 0 { zone } else { CLEARED }.to_owned();
    store::save_progress(tx, form, &Progress { counted_to: 0, time_zone }).await
}

enum Next {
    /// The counts are by other days: they are made anew, by those of this zone.
    Anew(String),
    Piece {
        piece: Piece,
        zone: String,
        /// So many submissions.
        rows: i64,
        /// Whether nothing follows.
        last: bool,
    },
}

async fn prepare(cx: &Cx, form: FormId) -> Result<Next> {
    let mut tx = cx.read().await?;
    let zone = zone_of(&mut tx).await?;
    let known = store::find_progress(&mut tx, form).await?;
    if known.as_ref().is_some_and(|known| known.time_zone != zone) {
        return Ok(Next::Anew(zone));
    }
    let processed_to = forms::store::find_progress(&mut tx, form).await?;
    let mut piece = Piece::after(known.map_or(0, |known| known.counted_to), zone.clone());
    let rows = submission_store::list_unprocessed(&mut tx, form, piece.after, ROWS).await?;
    let all = rows.len();
    let rows: Vec<_> = rows.into_iter().filter(|row| row.number <= processed_to).collect();
    let mut versions = HashMap::new();
    for row in &rows {
        if let Entry::Vacant(place) = versions.entry(row.form_version) {
            place.insert(definition(&mut tx, form, row.form_version).await?);
        }
        let answers = Answers::parse_stored(&row.answers.0).map_err(Error::internal)?;
        piece.add(row.number, row.origin(), &answers, &versions[&row.form_version]);
    }
    // Behind the last one nothing was left to be counted.
    if i64::try_from(all).map_err(Error::internal)? < ROWS || rows.len() < all {
        piece.to = piece.to.max(processed_to);
    }
    let rows = i64::try_from(rows.len()).map_err(Error::internal)?;
    let last = piece.to >= processed_to;
    Ok(Next::Piece { piece, zone, rows, last })
}

/// How often forms are looked for that nobody counts.
pub(crate) const LOOKED_EVERY: Duration = Duration::from_secs(600);

/// Has every form catch up that is behind: those from before there were counts, and all of a workspace
/// that changed its time zone.
pub(crate) async fn look(house: Arc<House>) -> Result<(), Failure> {
    let mut after = (String::new(), String::new());
    loop {
        let mut tx = house.db.system_read("forms of all workspaces are counted").await?;
        let behind = store::list_behind(&mut tx, (&after.0, &after.1), FORMS).await?;
        drop(tx);
        let Some((workspace, form)) = behind.last() else { return Ok(()) };
        after = (workspace.to_string(), form.to_string());
        for (workspace, form_id) in behind {
            let cx = Cx::new(house.clone(), Some(workspace), kernel::Actor::System);
            let mut tx = cx.begin().await?;
            tx.enqueue(&CountAnswers { form_id }, When::Now).await?;
            tx.commit().await?;
        }
    }
}
