//! Keeping the counts: by the job that processes what comes in, and by whatever takes a submission away or
//! brings it back. Each of them locks the form's progress first, so that each submission is counted once.
//!
//! The order of locks, for everybody: form, progress of the counts, submissions, their states.

use std::collections::{HashMap, hash_map::Entry};

use db::Tx;
use jiff::tz::TimeZone;
use jobs::When;
use kernel::{Error, Result};
use web::Change;

use super::{
    super::{Submission, store as submission_store, trace::Origin},
    Counts,
    store::{self, Progress},
};
use crate::{
    answers::Answers,
    definition::Definition,
    forms::{self, FormId},
    jobs::CountAnswers,
};

/// A zone by its name; what no table knows any more is UTC.
pub(crate) fn zone_named(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// Submissions that follow one another, with what they add.
pub(crate) struct Piece {
    pub(crate) after: i64,
    pub(crate) to: i64,
    /// The name of the zone by whose days they are counted.
    zone: String,
    counts: Counts,
}

impl Piece {
    /// An empty one, from a number on.
    pub(crate) fn after(after: i64, zone: String) -> Self {
        let counts = Counts::new(zone_named(&zone));
        Piece { after, to: after, zone, counts }
    }

    /// Takes the next submission in.
    pub(crate) fn add(
        &mut self,
        number: i64,
        origin: Origin<'_>,
        answers: &Answers,
        definition: &Definition,
    ) {
        self.to = number;
        self.counts.add(origin, answers, definition, 1);
    }
}

/// Counts what was just processed. Where something before it is not counted, a job does all of it.
pub(crate) async fn follow(tx: &mut Change, form: FormId, piece: Piece) -> Result<()> {
    let progress = store::lock_progress(tx, form, &piece.zone).await?;
    if !count(tx, form, &progress, piece).await? {
        tx.enqueue(&CountAnswers { form_id: form }, When::Now).await?;
    }
    Ok(())
}

/// Counts a piece, unless it does not begin where the counts end; tells whether it did. Whoever calls holds
/// the progress.
pub(crate) async fn count(
    tx: &mut Tx,
    form: FormId,
    progress: &Progress,
    piece: Piece,
) -> Result<bool> {
    let Piece { after, to, zone, mut counts } = piece;
    if (progress.counted_to, &progress.time_zone) != (after, &zone) {
        return Ok(false);
    }
    // Those that were put apart before they were counted.
    let away = store::list_away(tx, form, after, to).await?;
    let rows = submission_store::list_numbered(tx, form, &away).await?;
    add_all(tx, &mut counts, &rows, -1).await?;
    store::add(tx, form, counts.into_changes()).await?;
    store::save_progress(tx, form, &Progress { counted_to: to, time_zone: zone }).await?;
    Ok(true)
}

/// Locks how far a form is counted: before submissions are taken away or brought back.
pub(crate) async fn hold(tx: &mut Tx, form: FormId) -> Result<Progress> {
    let zone = store::zone_of(tx).await?;
    store::lock_progress(tx, form, &zone).await
}

/// Takes submissions that were counted out of the counts (-1), or back in (1); the progress is held.
pub(crate) async fn adjust(
    tx: &mut Tx,
    form: FormId,
    progress: &Progress,
    rows: Vec<Submission>,
    times: i64,
) -> Result<()> {
    let mut rows = rows;
    rows.retain(|row| row.number <= progress.counted_to);
    let mut counts = Counts::new(zone_named(&progress.time_zone));
    add_all(tx, &mut counts, &rows, times).await?;
    store::add(tx, form, counts.into_changes()).await
}

async fn add_all(tx: &mut Tx, counts: &mut Counts, rows: &[Submission], times: i64) -> Result<()> {
    let mut versions: HashMap<i64, Definition> = HashMap::new();
    for row in rows {
        if let Entry::Vacant(place) = versions.entry(row.form_version) {
            place.insert(row.definition(tx).await?);
        }
        let definition = &versions[&row.form_version];
        let Submission { received_at, source, visit, .. } = row;
        let origin = Origin { received_at: *received_at, source, visit: visit.as_ref() };
        counts.add(origin, &row.answers()?, definition, times);
    }
    Ok(())
}

/// The definition of a version of a form.
pub(crate) async fn definition(tx: &mut Tx, form: FormId, version: i64) -> Result<Definition> {
    let frozen = forms::store::find_version(tx, form, version).await?;
    frozen.ok_or(Error::NotFound)?.1.read()
}
