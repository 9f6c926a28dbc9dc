//! The hot path: what all requests of this moment sent is stored in one transaction, with one event
//! and one job a form, and then everybody is answered.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use db::{Group, GroupLimits};
use events::Cause;
use files::FileId;
use kernel::{Error, Result, WorkspaceId};
use web::House;

mod door;
mod doubts;
mod gaps;

use super::{
    SubmissionId,
    incoming::{Incoming, Outcome, Stored, is_news},
    store::{self, Taken},
};
use crate::{events::SubmissionReceived, forms::FormId};

/// The entrance to the writer.
pub(crate) type Writer = Group<Incoming, Outcome>;

/// Enough for bursts, little enough to be honest about being too busy.
const LIMITS: GroupLimits = GroupLimits { waiting_kib: 64 * 1024, batch: 2_000 };

pub(crate) fn start_writer(house: Arc<House>) -> Writer {
    let db = house.db.clone();
    Group::start(&db, LIMITS, move |batch| store_batch(house.clone(), batch))
}

type Forms = BTreeMap<(WorkspaceId, FormId), Numbers>;

/// The numbers that a form's submissions of this batch get.
#[derive(Default)]
struct Numbers {
    count: i64,
    /// Of them, those that take a place.
    places: i64,
    /// What was taken for all of them; `None` when the form is gone.
    taken: Option<Taken>,
    given: i64,
    actor: String,
}

impl Numbers {
    /// Whether not all of them have a place.
    fn is_short(&self) -> bool {
        self.taken.and_then(|taken| taken.free).is_some_and(|free| free < self.places)
    }

    /// Takes a place, if there is one left.
    fn take_place(&mut self) -> bool {
        let Some(free) = self.taken.as_mut().and_then(|taken| taken.free.as_mut()) else {
            return true;
        };
        *free -= 1;
        *free >= 0
    }
}

/// How often a batch is tried whose repeats' first ones are being deleted in that moment.
const TRIES: usize = 3;

async fn store_batch(house: Arc<House>, batch: Arc<[Incoming]>) -> Result<Vec<Outcome>> {
    for _ in 0..TRIES {
        if let Some(outcomes) = try_batch(&house, &batch).await? {
            return Ok(outcomes);
        }
    }
    Err(Error::unavailable("what is repeated is being deleted"))
}

/// Stores all or nothing; nothing as well when a repeat was refused, and what it repeats is gone since.
async fn try_batch(house: &House, batch: &[Incoming]) -> Result<Option<Vec<Outcome>>> {
    let mut tx = house.db.system("one batch holds submissions of many workspaces").await?;
    // In the order of their ids, so that two processes never wait for each other crosswise.
    let mut forms = count_forms(batch);
    for ((workspace, form), numbers) in &mut forms {
        let (count, places) = (numbers.count, numbers.places);
        numbers.taken = store::take_numbers(&mut tx, *workspace, *form, count, places).await?;
    }
    let refused = door::refused(&mut tx, batch, &mut forms).await?;
    let welcome = batch.iter().enumerate().filter(|(index, _)| !refused.contains_key(index));
    let rows = welcome.filter_map(|(_, item)| Some((item, next_number(&mut forms, item)?)));
    let rows: Vec<(&Incoming, i64)> = rows.collect();
    let numbers: Vec<(SubmissionId, i64)> = rows.iter().map(|(item, it)| (item.id, *it)).collect();
    let count = store::insert_submissions(&mut tx, rows).await?;
    let outcomes: Option<Vec<Outcome>> = if count == batch.len() as u64 {
        Some(batch.iter().map(|item| Outcome::Stored(receipt(item))).collect())
    } else {
        let stored = store::find_stored(&mut tx, batch).await?;
        let earlier =
            store::find_earlier(&mut tx, batch.iter().filter(|item| !stored.contains(&item.id)))
                .await?;
        let known = |index| refused.get(&index).copied();
        let judged = batch
            .iter()
            .enumerate()
            .map(|(index, item)| known(index).or_else(|| outcome(item, &forms, &stored, &earlier)));
        judged.collect()
    };
    let Some(mut outcomes) = outcomes else { return Ok(None) };
    claim_files(&mut tx, batch, &mut outcomes).await?;
    gaps::close(&mut tx, batch, &outcomes, &mut forms, &numbers).await?;
    settle(house, &mut tx, batch, &forms, &outcomes).await?;
    tx.commit().await?;
    Ok(Some(outcomes))
}

fn count_forms(batch: &[Incoming]) -> Forms {
    let mut forms = Forms::new();
    for item in batch {
        let numbers = forms.entry((item.workspace, item.form)).or_default();
        numbers.count += 1;
        numbers.places += i64::from(is_news(item.source));
        if numbers.actor.is_empty() {
            numbers.actor.clone_from(&item.actor);
        }
    }
    forms
}

fn next_number(forms: &mut Forms, item: &Incoming) -> Option<i64> {
    let numbers = forms.get_mut(&(item.workspace, item.form))?;
    let number = numbers.taken?.first + numbers.given;
    numbers.given += 1;
    Some(number)
}

fn receipt(item: &Incoming) -> Stored {
    Stored { id: item.id, form_version: item.form_version, received_at: item.received_at }
}

/// None when it was refused for a repeat of something that is not there.
fn outcome(
    item: &Incoming,
    forms: &Forms,
    stored: &store::Ids,
    earlier: &store::Earlier,
) -> Option<Outcome> {
    if stored.contains(&item.id) {
        return Some(Outcome::Stored(receipt(item)));
    }
    match item.key.as_ref().and_then(|key| earlier.get(&key.hash)) {
        Some(row) if row.repeats(item) => Some(Outcome::Replayed(row.stored())),
        Some(_) => Some(Outcome::KeyReused),
        None => forms[&(item.workspace, item.form)].taken.is_none().then_some(Outcome::FormGone),
    }
}

/// Makes files part of the submissions that name them; a submission that names one it cannot have is
/// taken back, and with it its repeats in this batch. Only what is new claims: an earlier one's files are
/// part of it already.
async fn claim_files(tx: &mut db::Tx, batch: &[Incoming], outcomes: &mut [Outcome]) -> Result<()> {
    let mut taken_back = HashMap::new();
    for (item, outcome) in batch.iter().zip(&mut *outcomes) {
        if item.files.is_empty() || !matches!(outcome, Outcome::Stored(_)) {
            continue;
        }
        let ids: Vec<FileId> = item.files.iter().map(|attached| attached.file).collect();
        let (form, owner) = (item.form.to_string(), item.id.to_string());
        let lacking = files::claim(tx, item.workspace, &ids, &form, &owner).await?;
        if let Some(attached) = item.files.iter().find(|it| Some(it.file) == lacking) {
            store::delete_submission(tx, item.workspace, item.id).await?;
            taken_back.insert(item.id, *attached);
            *outcome = Outcome::UnknownFile(*attached);
        }
    }
    if taken_back.is_empty() {
        return Ok(());
    }
    for outcome in outcomes {
        if let Outcome::Replayed(stored) = outcome
            && let Some(attached) = taken_back.get(&stored.id)
        {
            *outcome = Outcome::UnknownFile(*attached);
        }
    }
    Ok(())
}

/// What was taken for too many goes back, and who answered is noted; then one event a form, and with it the
/// job that counts and indexes.
async fn settle(
    house: &House,
    tx: &mut db::Tx,
    batch: &[Incoming],
    forms: &Forms,
    outcomes: &[Outcome],
) -> Result<()> {
    let stored = || batch.iter().zip(outcomes).filter(|(_, it)| matches!(it, Outcome::Stored(_)));
    let mut counts: BTreeMap<(WorkspaceId, FormId), (usize, i64)> = BTreeMap::new();
    for (item, _) in stored() {
        let (count, places) = counts.entry((item.workspace, item.form)).or_default();
        *count += 1;
        *places += i64::from(is_news(item.source));
    }
    store::insert_respondents(tx, stored().map(|(item, _)| item)).await?;
    let found = doubts::settle(tx, stored().map(|(item, _)| item)).await?;
    store::keep_suspicions(tx, stored().map(|(item, _)| item), &found).await?;
    for (&(workspace, form_id), numbers) in forms {
        let Some(taken) = numbers.taken else { continue };
        let (count, held) = counts.get(&(workspace, form_id)).copied().unwrap_or_default();
        let (unused, places) = (numbers.count - numbers.given, numbers.places - held);
        if unused > 0 || places > 0 {
            store::give_back(tx, workspace, form_id, unused, places).await?;
        }
        if count > 0 {
            let to = taken.first + numbers.given - 1;
            let event = SubmissionReceived { form_id, from: taken.first, to, count };
            web::record(house, tx, workspace, &numbers.actor, Cause::default(), &event).await?;
        }
    }
    Ok(())
}
