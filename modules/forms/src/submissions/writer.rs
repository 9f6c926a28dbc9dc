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

use super::{
    incoming::{Incoming, Outcome, Stored},
    store,
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
    /// The first number; `None` when the form is gone.
    first: Option<i64>,
    given: i64,
    actor: String,
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
        numbers.first = store::take_numbers(&mut tx, *workspace, *form, numbers.count).await?;
    }
    let rows =
        batch.iter().filter_map(|item| Some((item, next_number(&mut forms, item)?))).collect();
    let count = store::insert_submissions(&mut tx, rows).await?;
    let outcomes: Option<Vec<Outcome>> = if count == batch.len() as u64 {
        Some(batch.iter().map(|item| Outcome::Stored(receipt(item))).collect())
    } else {
        let stored = store::find_stored(&mut tx, batch).await?;
        let earlier =
            store::find_earlier(&mut tx, batch.iter().filter(|item| !stored.contains(&item.id)))
                .await?;
        batch.iter().map(|item| outcome(item, &forms, &stored, &earlier)).collect()
    };
    let Some(mut outcomes) = outcomes else { return Ok(None) };
    claim_files(&mut tx, batch, &mut outcomes).await?;
    announce(house, &mut tx, batch, &forms, &outcomes).await?;
    tx.commit().await?;
    Ok(Some(outcomes))
}

fn count_forms(batch: &[Incoming]) -> Forms {
    let mut forms = Forms::new();
    for item in batch {
        let numbers = forms.entry((item.workspace, item.form)).or_default();
        numbers.count += 1;
        if numbers.actor.is_empty() {
            numbers.actor.clone_from(&item.actor);
        }
    }
    forms
}

fn next_number(forms: &mut Forms, item: &Incoming) -> Option<i64> {
    let numbers = forms.get_mut(&(item.workspace, item.form))?;
    let number = numbers.first? + numbers.given;
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
        None => forms[&(item.workspace, item.form)].first.is_none().then_some(Outcome::FormGone),
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

/// One event a form, and with it the job that counts and indexes.
async fn announce(
    house: &House,
    tx: &mut db::Tx,
    batch: &[Incoming],
    forms: &Forms,
    outcomes: &[Outcome],
) -> Result<()> {
    let mut stored: BTreeMap<(WorkspaceId, FormId), usize> = BTreeMap::new();
    for (item, outcome) in batch.iter().zip(outcomes) {
        if matches!(outcome, Outcome::Stored(_)) {
            *stored.entry((item.workspace, item.form)).or_default() += 1;
        }
    }
    for ((workspace, form_id), count) in stored {
        let numbers = &forms[&(workspace, form_id)];
        let from = numbers.first.unwrap_or_default();
        let event = SubmissionReceived { form_id, from, to: from + numbers.count - 1, count };
        web::record(house, tx, workspace, &numbers.actor, Cause::default(), &event).await?;
    }
    Ok(())
}
