//! One step of work on one submission or on many: rows, counts, history and event in the caller's transaction.

use std::collections::{BTreeMap, HashMap};

use ::jobs::When;
use kernel::{Result, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use web::Change;

use super::{Changed, Scene, State, lessons, store};
use crate::{
    events::{
        SubmissionArchived, SubmissionAssigned, SubmissionDiscarded, SubmissionMarkedSpam,
        SubmissionRestored, SubmissionStatusChanged, SubmissionTagged,
    },
    ids::{FormId, SubmissionId},
    jobs::DeliverReleased,
    submissions::{
        counts::{keep, store::Progress},
        store as submission_store,
        tray::Tray,
    },
};

/// What is done with submissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub(crate) enum Step {
    /// Gives another status, by its key.
    SetStatus {
        status: String,
    },
    /// Gives it to a member, or to nobody.
    Assign {
        assignee: Option<UserId>,
    },
    /// Adds and takes away tags, by their keys.
    Tag {
        add: Vec<String>,
        remove: Vec<String>,
    },
    Archive,
    /// Puts it apart, with the reason why.
    MarkSpam {
        reason: Option<String>,
    },
    /// Puts it into the bin.
    Delete,
    /// Takes it out of archive, spam or bin, to where it was before.
    Restore,
    /// Puts it to where it once lay, with what was known of it there; what is absent stays.
    PutBack {
        tray: Option<Tray>,
        earlier_tray: Option<Tray>,
        reason: Option<Option<String>>,
        /// When it came there; left out of what tells one way from another, for it may differ for each.
        #[serde(skip)]
        moved_at: Option<Timestamp>,
    },
}

/// Puts submissions apart as spam and says why: state, counts, history and event in the caller's transaction.
///
/// For whoever judges what comes in: call it where they are counted (`process.rs`), before the commit, and webhooks,
/// exports and figures never see them. Released, they are told like any other. Those that are there are changed,
/// at most once; give the numbers of many in one call.
pub(crate) async fn mark_spam(
    tx: &mut Change,
    scene: &Scene<'_>,
    numbers: &[i64],
    reason: Option<&str>,
) -> Result<Vec<Changed>> {
    let reason = reason.map(str::to_owned);
    apply(tx, scene, numbers, |_| Step::MarkSpam { reason: reason.clone() }).await
}

/// Does a step with some submissions of a form; what is not there, or needs no change, is passed over.
/// The step may differ from one to the other, as it does when much is undone at once.
pub(crate) async fn apply(
    tx: &mut Change,
    scene: &Scene<'_>,
    numbers: &[i64],
    step: impl Fn(i64) -> Step,
) -> Result<Vec<Changed>> {
    let moves = numbers.iter().any(|number| step(*number).moves());
    let locked = Locked::of(tx, scene, numbers, moves).await?;
    locked.apply(tx, scene, |number| Some(step(number))).await
}

/// Some submissions that nobody else can change before the commit.
pub(crate) struct Locked {
    progress: Option<Progress>,
    ids: Vec<(i64, SubmissionId)>,
}

impl Locked {
    /// Locks those that are there; whether some will come into another tray must be known before.
    pub(crate) async fn of(
        tx: &mut Change,
        scene: &Scene<'_>,
        numbers: &[i64],
        moves: bool,
    ) -> Result<Self> {
        // In their order, so that two who change the same ones never wait for each other crosswise.
        let mut numbers = numbers.to_vec();
        numbers.sort_unstable();
        numbers.dedup();
        // Whoever counts answers holds it too, or a submission might be counted that was just put apart.
        let progress = if moves { Some(keep::hold(tx, scene.form).await?) } else { None };
        let ids = store::lock(tx, scene.form, &numbers, scene.now).await?;
        Ok(Locked { progress, ids })
    }

    /// Does a step with each of them; those without one stay as they are.
    pub(crate) async fn apply(
        self,
        tx: &mut Change,
        scene: &Scene<'_>,
        step: impl Fn(i64) -> Option<Step>,
    ) -> Result<Vec<Changed>> {
        let numbers: Vec<i64> = self.ids.iter().map(|(number, _)| *number).collect();
        let mut states = store::find_states(tx, scene.form, &numbers).await?;
        let mut all = Vec::with_capacity(self.ids.len());
        for (number, id) in self.ids {
            let before = states.remove(&number).unwrap_or_default();
            let after = step(number).map_or_else(|| before.clone(), |step| step.taken(&before));
            all.push(Changed { id, number, before, after });
        }
        write(tx, scene, self.progress, all, step).await
    }
}

async fn write(
    tx: &mut Change,
    scene: &Scene<'_>,
    progress: Option<Progress>,
    mut all: Vec<Changed>,
    step: impl Fn(i64) -> Option<Step>,
) -> Result<Vec<Changed>> {
    store::save(tx, scene.form, &all, scene.now).await?;
    all.retain(|it| it.before != it.after);
    count(tx, scene.form, &all).await?;
    if let Some(progress) = progress {
        recount(tx, scene.form, &progress, &all).await?;
    }
    tell(tx, scene, &all, step).await?;
    announce(tx, scene.form, &all).await?;
    lessons::teach(tx, scene, &all).await?;
    Ok(all)
}

/// Counts a comment that came or went; 404 when the submission is gone.
pub(crate) async fn count_comment(
    tx: &mut Change,
    scene: &Scene<'_>,
    number: i64,
    delta: i64,
) -> Result<()> {
    let there = store::lock(tx, scene.form, &[number], scene.now).await?;
    let id = there.first().ok_or(kernel::Error::NotFound)?.1;
    let mut states = store::find_states(tx, scene.form, &[number]).await?;
    let before = states.remove(&number).unwrap_or_default();
    let comment_count = (before.comment_count + delta).max(0);
    let after = State { comment_count, ..before.clone() };
    store::save(tx, scene.form, &[Changed { id, number, before, after }], scene.now).await
}

impl Step {
    /// The state after it.
    fn taken(self, before: &State) -> State {
        let mut state = before.clone();
        match self {
            Step::SetStatus { status } => state.status = status,
            Step::Assign { assignee } => state.assignee = assignee,
            Step::Tag { add, remove } => {
                state.tags.retain(|tag| !remove.contains(tag));
                state.tags.extend(add);
                state.tags.sort_unstable();
                state.tags.dedup();
            }
            Step::Archive => state.go(Tray::Archived),
            Step::MarkSpam { reason } => {
                state.go(Tray::Spam);
                state.reason = reason;
            }
            Step::Delete => state.go(Tray::Bin),
            Step::Restore if state.tray == Tray::Bin => state.go(state.earlier_tray),
            Step::Restore => state.go(Tray::Open),
            Step::PutBack { tray, earlier_tray, reason, moved_at } => {
                state.go(tray.unwrap_or(state.tray));
                state.moved_at = moved_at.or(state.moved_at);
                state.earlier_tray = earlier_tray.unwrap_or(state.earlier_tray);
                state.reason = reason.unwrap_or(state.reason);
            }
        }
        state
    }

    /// Whether it puts a submission into another tray.
    pub(crate) fn moves(&self) -> bool {
        match self {
            Step::Archive | Step::MarkSpam { .. } | Step::Delete => true,
            Step::Restore | Step::PutBack { .. } => true,
            Step::SetStatus { .. } | Step::Assign { .. } | Step::Tag { .. } => false,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Step::SetStatus { .. } => "status_changed",
            Step::Assign { .. } => "assigned",
            Step::Tag { .. } => "tagged",
            Step::Archive => "archived",
            Step::MarkSpam { .. } => "marked_spam",
            Step::Delete => "deleted",
            Step::Restore | Step::PutBack { tray: Some(Tray::Open), .. } => "restored",
            Step::PutBack { tray: Some(Tray::Archived), .. } => "archived",
            Step::PutBack { tray: Some(Tray::Bin), .. } => "deleted",
            // Only of spam a reason is known.
            Step::PutBack { .. } => "marked_spam",
        }
    }
}

impl State {
    fn go(&mut self, tray: Tray) {
        if tray != self.tray {
            self.earlier_tray = if tray == Tray::Bin { self.tray } else { Tray::Open };
            self.tray = tray;
            self.moved_at = None;
        }
        if tray == Tray::Open {
            self.reason = None;
        }
    }
}

/// Keeps the counts right: one delta for each tray and status, in one order for everybody.
async fn count(tx: &mut Change, form: FormId, all: &[Changed]) -> Result<()> {
    let mut deltas: BTreeMap<(Tray, &str), i64> = BTreeMap::new();
    for Changed { before, after, .. } in all {
        *deltas.entry((before.tray, &before.status)).or_default() -= 1;
        *deltas.entry((after.tray, &after.status)).or_default() += 1;
    }
    for ((tray, status), delta) in deltas {
        store::add_to_tally(tx, form, tray, status, delta).await?;
    }
    Ok(())
}

/// Takes what is put apart out of the counted answers, and what comes back in again.
async fn recount(
    tx: &mut Change,
    form: FormId,
    progress: &Progress,
    all: &[Changed],
) -> Result<()> {
    for (kept, times) in [(false, -1), (true, 1)] {
        let turned =
            |it: &&Changed| it.before.tray.is_kept() != kept && it.after.tray.is_kept() == kept;
        let numbers: Vec<i64> = all.iter().filter(turned).map(|it| it.number).collect();
        let rows = submission_store::list_numbered(tx, form, &numbers).await?;
        keep::adjust(tx, form, progress, rows, times).await?;
    }
    Ok(())
}

/// One event for all that went the same way, and a line in the history of each.
async fn tell(
    tx: &mut Change,
    scene: &Scene<'_>,
    all: &[Changed],
    step: impl Fn(i64) -> Option<Step>,
) -> Result<()> {
    let mut ways: HashMap<String, (Step, Vec<&Changed>)> = HashMap::new();
    for changed in all {
        let Some(step) = step(changed.number) else { continue };
        let way = serde_json::to_string(&step).map_err(kernel::Error::internal)?;
        ways.entry(way).or_insert_with(|| (step, Vec::new())).1.push(changed);
    }
    for (step, some) in ways.into_values() {
        let ids = some.iter().map(|it| it.id.to_string()).collect();
        let seq = record(tx, scene.form, ids, &step).await?;
        let lines = some.iter().map(|it| (it.id, detail(it))).collect();
        store::insert_activity(tx, scene, seq, step.kind(), lines).await?;
    }
    Ok(())
}

/// What lay in spam or bin was told to no webhook: now it is.
async fn announce(tx: &mut Change, form_id: FormId, all: &[Changed]) -> Result<()> {
    let comes_back = |it: &&Changed| it.after.tray.is_kept() && !it.before.tray.is_kept();
    let numbers: Vec<i64> = all.iter().filter(comes_back).map(|it| it.number).collect();
    if numbers.is_empty() {
        return Ok(());
    }
    tx.enqueue(&DeliverReleased { form_id, numbers }, When::Now).await
}

/// What was and what is, as far as it differs: enough to tell it, and to undo it.
fn detail(Changed { before, after, .. }: &Changed) -> Value {
    let mut detail = serde_json::Map::new();
    let mut put = |name: &str, before: Value, after: Value| {
        if before != after {
            detail.insert(name.to_owned(), json!([before, after]));
        }
    };
    put("status", json!(before.status), json!(after.status));
    put("tray", json!(before.tray), json!(after.tray));
    put("reason", json!(before.reason), json!(after.reason));
    put("assignee", json!(before.assignee), json!(after.assignee));
    put("tags", json!(before.tags), json!(after.tags));
    if before.tray != after.tray {
        // Also where it is the same: without it nobody can say where it was.
        let earlier = json!([before.earlier_tray, after.earlier_tray]);
        detail.insert("earlier_tray".to_owned(), earlier);
    }
    if before.tray == Tray::Bin && after.tray != Tray::Bin {
        // Its row may go now; whoever puts it back into the bin needs to know how long it has lain there.
        detail.insert("moved_at".to_owned(), json!([before.moved_at, null]));
    }
    Value::Object(detail)
}

async fn record(
    tx: &mut Change,
    form_id: FormId,
    submission_ids: Vec<String>,
    step: &Step,
) -> Result<i64> {
    let recorded = match step.clone() {
        Step::SetStatus { status } => {
            tx.record(&SubmissionStatusChanged { form_id, submission_ids, status }).await?
        }
        Step::Assign { assignee } => {
            let assignee = assignee.map(|id| id.to_string());
            tx.record(&SubmissionAssigned { form_id, submission_ids, assignee }).await?
        }
        Step::Tag { add, remove } => {
            tx.record(&SubmissionTagged { form_id, submission_ids, added: add, removed: remove })
                .await?
        }
        Step::Archive => tx.record(&SubmissionArchived { form_id, submission_ids }).await?,
        Step::MarkSpam { reason } => {
            tx.record(&SubmissionMarkedSpam { form_id, submission_ids, reason }).await?
        }
        Step::Delete => tx.record(&SubmissionDiscarded { form_id, submission_ids }).await?,
        Step::Restore | Step::PutBack { tray: Some(Tray::Open), .. } => {
            tx.record(&SubmissionRestored { form_id, submission_ids }).await?
        }
        Step::PutBack { tray: Some(Tray::Archived), .. } => {
            tx.record(&SubmissionArchived { form_id, submission_ids }).await?
        }
        Step::PutBack { tray: Some(Tray::Bin), .. } => {
            tx.record(&SubmissionDiscarded { form_id, submission_ids }).await?
        }
        Step::PutBack { reason, .. } => {
            let reason = reason.flatten();
            tx.record(&SubmissionMarkedSpam { form_id, submission_ids, reason }).await?
        }
    };
    Ok(recorded.seq)
}
