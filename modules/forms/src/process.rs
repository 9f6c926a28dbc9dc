//! After the request: submissions are counted and made searchable, in batches, exactly once.

use std::{
    collections::{BTreeMap, HashMap, HashSet, hash_map::Entry},
    sync::{Arc, Mutex},
    time::Duration,
};

use ::jobs::{Failure, JobContext};
use db::Tx;
use kernel::{Error, Result};
use search::Document;
use web::{Change, Cx, House};

use crate::{
    answers::Answers,
    definition::Definition,
    deliver,
    events::SubmissionsProcessed,
    forms::{self, FormId, store::Progress},
    jobs::ProcessSubmissions,
    learning,
    submissions::{
        counts::{
            keep::{Piece, follow},
            store::zone_of,
        },
        facets,
        incoming::is_public,
        state::{Scene, change::mark_spam, store::find_states},
        store::{self, UnprocessedRow},
    },
};

/// Rows in one transaction at most: large enough to be fast.
const MOST_ROWS: i64 = 2_000;
/// Bytes of answers in one transaction, roughly: small enough that the writer need not wait long.
const BYTES: usize = 2 * 1024 * 1024;
/// Until a form that is being counted is looked at again.
const PAUSE: Duration = Duration::from_millis(50);
/// Rows of the first transaction where all who write wait for it. Most of what it takes does not depend on its rows, so
/// all that is gathered at some thousand a second goes into one.
const FIRST_ROWS: i64 = 512;
/// The same where others write beside it, and only processors are shared: rather several short ones.
const FIRST_ROWS_BESIDE: i64 = 128;
/// Rows read at a time, whose size is not known before.
const PIECE: i64 = 256;

/// Rows whose part of the index is put in order in one short step.
const ROWS_A_STEP: i64 = 64;

type Versions = HashMap<i64, Definition>;

/// The forms that are being counted in this process.
#[derive(Clone, Default)]
pub(crate) struct Counters(Arc<Mutex<HashSet<FormId>>>);

/// The place of the one who counts a form; free again when dropped.
struct Place {
    counters: Counters,
    form: FormId,
}

impl Counters {
    fn take(&self, form: FormId) -> Option<Place> {
        let free = self.0.lock().expect("nothing panics meanwhile").insert(form);
        free.then(|| Place { counters: self.clone(), form })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.counters.0.lock().expect("nothing panics meanwhile").remove(&self.form);
    }
}

/// Processes everything that has come in; the last chunk and the end of the job are one commit.
pub(crate) async fn process(
    house: Arc<House>,
    counters: Counters,
    job: JobContext,
    form: FormId,
) -> Result<(), Failure> {
    // Two who prepare the same rows do the work twice, and one of them in vain. Whoever counts now may
    // have looked before the newest came in, so this job comes back.
    let Some(_place) = counters.take(form) else { return Err(Failure::Busy(PAUSE)) };
    let db = house.db.clone();
    db.apart(async move { count(&Cx::of_job(house, &job), &job, form).await }).await?
}

async fn count(cx: &Cx, job: &JobContext, form: FormId) -> Result<(), Failure> {
    let alone = cx.read().await?.writes_alone();
    // Whoever has fallen behind takes twice as many each time, which is faster.
    let mut limit = if alone { FIRST_ROWS } else { FIRST_ROWS_BESIDE };
    loop {
        let chunk = prepare(cx, form, limit).await?;
        let mut tx = cx.begin().await?;
        let counted = match forms::store::try_lock_progress(&mut tx, form).await? {
            Progress::At { to, counted } if to == chunk.after => counted,
            // Another process counts this form.
            Progress::At { .. } | Progress::Locked => return Err(Failure::Busy(PAUSE)),
            Progress::Gone => {
                job.finish(&mut tx).await?;
                return Ok(tx.commit().await?);
            }
        };
        // Some were deleted since they were read: what is left is read again.
        if store::count_numbered(&mut tx, form, chunk.after, chunk.to).await? != chunk.count {
            continue;
        }
        let last = chunk.ended;
        limit = (limit * 2).min(MOST_ROWS);
        if chunk.count > 0 {
            search::index(&mut tx, cx.workspace(), &form.to_string(), chunk.documents).await?;
            facets::add(&mut tx, form, chunk.after, chunk.facets).await?;
            follow(&mut tx, form, chunk.counts).await?;
            forms::store::update_progress(&mut tx, form, chunk.to, chunk.count).await?;
            tx.record(&SubmissionsProcessed {
                form_id: form,
                to: chunk.to,
                submission_count: counted + chunk.count,
            })
            .await?;
            put_apart(cx, &mut tx, form, chunk.suspects).await?;
            deliver::arrange(&mut tx, form, chunk.to).await?;
        }
        if last {
            if !store::is_settled(&mut tx, form, chunk.to).await? {
                let next = ProcessSubmissions { form_id: form };
                tx.enqueue(&next, ProcessSubmissions::GATHERING).await?;
            }
            job.finish(&mut tx).await?;
        } else {
            // Whoever has fallen behind does all in one: each transaction waits its turn among the writers'.
            search::tidy(&mut tx, chunk.count).await?;
        }
        tx.commit().await?;
        if last {
            // The job is done already; what is not tidied now is the next time.
            if let Err(error) = tidy(cx, chunk.count).await {
                tracing::warn!(?error, %form, "the index of words could not be put in order");
            }
            return Ok(());
        }
    }
}

/// Keeps the index in order, in steps that are short for whoever waits to write.
async fn tidy(cx: &Cx, rows: i64) -> Result<()> {
    for _ in 0..=rows / ROWS_A_STEP {
        let mut tx = cx.begin().await?;
        let more = search::tidy(&mut tx, ROWS_A_STEP).await?;
        tx.commit().await?;
        if !more {
            break;
        }
    }
    Ok(())
}

/// The next rows of a form, ready to be indexed.
struct Chunk {
    after: i64,
    to: i64,
    count: i64,
    documents: Vec<Document>,
    facets: facets::Gathered,
    counts: Piece,
    suspects: Suspects,
    /// Whether nothing follows.
    ended: bool,
}

/// Rows read so far.
#[derive(Default)]
struct Gathered {
    rows: Vec<UnprocessedRow>,
    bytes: usize,
    ended: bool,
}

impl Gathered {
    fn is_full(&self, limit: i64) -> bool {
        self.ended || self.len() >= limit || self.bytes >= BYTES
    }

    fn len(&self) -> i64 {
        i64::try_from(self.rows.len()).unwrap_or(i64::MAX)
    }

    /// Takes what fits of a piece that was to have so many rows.
    fn add(&mut self, piece: Vec<UnprocessedRow>, asked: i64) {
        self.ended = i64::try_from(piece.len()).unwrap_or(i64::MAX) < asked;
        for row in piece {
            if self.bytes >= BYTES {
                self.ended = false;
                return;
            }
            self.bytes += row.answers.0.len();
            self.rows.push(row);
        }
    }
}

/// Reads, and cuts into words, what comes next: outside of the transaction that writes, since that one
/// keeps all other writers waiting.
async fn prepare(cx: &Cx, form: FormId, limit: i64) -> Result<Chunk> {
    let mut tx = cx.read().await?;
    let after = forms::store::find_progress(&mut tx, form).await?;
    let mut gathered = Gathered::default();
    while !gathered.is_full(limit) {
        let from = gathered.rows.last().map_or(after, |row| row.number);
        let ask = PIECE.min(limit - gathered.len());
        gathered.add(store::list_unprocessed(&mut tx, form, from, ask).await?, ask);
    }
    let Gathered { rows, ended, .. } = gathered;
    let mut versions = Versions::new();
    for row in &rows {
        if let Entry::Vacant(place) = versions.entry(row.form_version) {
            let frozen = forms::store::find_version(&mut tx, form, row.form_version).await?;
            place.insert(frozen.ok_or(Error::NotFound)?.1.read()?);
        }
    }
    let mut counts = Piece::after(after, zone_of(&mut tx).await?);
    let suspects = suspects(&mut tx, form, &rows, &versions).await?;
    drop(tx);
    let mut facets = facets::Gathered::default();
    let documents = rows.iter().map(|row| document(row, &versions, &mut facets, &mut counts));
    Ok(Chunk {
        documents: documents.collect::<Result<_>>()?,
        facets,
        counts,
        suspects,
        after,
        to: rows.last().map_or(after, |row| row.number),
        count: i64::try_from(rows.len()).map_err(Error::internal)?,
        ended,
    })
}

/// The numbers of those that look like spam, by the reason why.
type Suspects = BTreeMap<String, Vec<i64>>;

/// What whoever took it in suspects, and what is written like spam.
async fn suspects(
    tx: &mut Tx,
    form: FormId,
    rows: &[UnprocessedRow],
    versions: &Versions,
) -> Result<Suspects> {
    let mut suspects = Suspects::new();
    for row in rows {
        if let Some(reason) = &row.suspicion {
            suspects.entry(reason.clone()).or_default().push(row.number);
        }
    }
    let open = |row: &&UnprocessedRow| row.suspicion.is_none() && is_public(&row.source);
    if !rows.iter().any(|row| open(&row)) || !learning::is_learned(tx).await? {
        return Ok(suspects);
    }
    let strictness = forms::store::find_protection(tx, form).await?.learned;
    let text = |row: &UnprocessedRow| -> Result<(i64, String)> {
        let answers = Answers::parse_stored(&row.answers.0).map_err(Error::internal)?;
        Ok((row.number, answers.searchable_text(&versions[&row.form_version])))
    };
    let texts: Vec<(i64, String)> = rows.iter().filter(open).map(text).collect::<Result<_>>()?;
    for (number, reason) in learning::judge(tx, strictness, &texts).await? {
        suspects.entry(reason).or_default().push(number);
    }
    Ok(suspects)
}

/// Puts them apart before anybody is told of them; what someone works on already is left to them.
async fn put_apart(cx: &Cx, tx: &mut Change, form: FormId, suspects: Suspects) -> Result<()> {
    let actor = cx.actor().name();
    let scene = Scene { form, actor: &actor, now: cx.now(), bulk_action: None };
    for (reason, mut numbers) in suspects {
        let known = find_states(tx, form, &numbers).await?;
        numbers.retain(|number| !known.contains_key(number));
        mark_spam(tx, &scene, &numbers, Some(&reason)).await?;
    }
    Ok(())
}

/// What a row is found by, its words and the bits of its answers; and what it adds to the counts.
fn document(
    row: &UnprocessedRow,
    versions: &Versions,
    facets: &mut facets::Gathered,
    counts: &mut Piece,
) -> Result<Document> {
    let answers = Answers::parse_stored(&row.answers.0).map_err(Error::internal)?;
    let definition = &versions[&row.form_version];
    let text = answers.searchable_text(definition);
    facets.add(row.number, &answers, definition);
    facets.add_origin(row.number, row.form_version, row.origin());
    counts.add(row.number, row.origin(), &answers, definition);
    Ok(Document::new(row.id.to_string(), row.number, &text))
}

#[cfg(test)]
mod tests {
    use db::Json;
    use kernel::{Chance, Timestamp};

    use super::*;
    use crate::ids::SubmissionId;

    #[test]
    fn a_transaction_is_bounded_in_rows_and_in_bytes() {
        let id = SubmissionId::new(Timestamp::from_micros(0), &Chance::seeded(1));
        let piece = |bytes: usize, count: usize| {
            let row = UnprocessedRow {
                number: 1,
                id,
                form_version: 1,
                answers: Json(" ".repeat(bytes)),
                source: String::new(),
                received_at: Timestamp::from_micros(0),
                visit: None,
                suspicion: None,
            };
            vec![row; count]
        };
        let mut gathered = Gathered::default();
        gathered.add(piece(300, 64), 64);
        assert!(!gathered.is_full(128) && gathered.is_full(64));
        // However small those before were: what is too much waits for the next transaction.
        gathered.add(piece(BYTES / 4, 20), 64);
        assert_eq!(gathered.len(), 64 + 4);
        assert!(gathered.is_full(MOST_ROWS) && !gathered.ended);
        // A single one that is larger than all is taken.
        let mut gathered = Gathered::default();
        gathered.add(piece(2 * BYTES, 1), 64);
        assert!(gathered.len() == 1 && gathered.ended);
    }
}
