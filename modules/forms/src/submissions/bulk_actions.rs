//! One step with many submissions: all that are picked, or all that a filter means, done by a job.

pub(crate) mod store;

use std::time::Duration;

use axum::response::Response;
use db::{Json, Tx};
use kernel::{Id, Permission, Result, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Entity, Reply, Viewable};

use super::state::change::Step;
use crate::{
    SUBMISSIONS_MANAGE, SUBMISSIONS_READ,
    ids::{BulkActionId, BulkActionKind, FormId},
};

/// How long it is told what one did, or that it failed.
const TOLD_FOR: Duration = Duration::from_secs(3_600);

/// Whom a bulk action is done to.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Selection {
    /// Those with these numbers.
    Numbers(Vec<i64>),
    /// All that a filter means, as the query of an address.
    Filter(String),
}

/// What is done with each.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub(crate) enum Deed {
    /// Deletes for good what lies in the bin.
    Purge,
    #[serde(untagged)]
    Step(Step),
}

/// A bulk action, and how far it has come.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct BulkAction {
    pub(crate) id: BulkActionId,
    pub(crate) form_id: FormId,
    pub(crate) actor: String,
    pub(crate) action: Json,
    pub(crate) selection: Json,
    /// `running`, `done` or `failed`.
    pub(crate) state: String,
    /// Why it was given up.
    pub(crate) failure: Option<String>,
    /// Only submissions below this number are left to be looked at.
    pub(crate) position: i64,
    /// The number above the newest that it is about.
    pub(crate) top: i64,
    pub(crate) changed: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) finished_at: Option<Timestamp>,
    /// The one that it takes back; then `action` is what that one did.
    pub(crate) undoes: Option<BulkActionId>,
    /// The submission after which taking back goes on.
    pub(crate) cursor: Option<String>,
    /// Changed in between, and so not taken back.
    pub(crate) left_alone: i64,
}

impl BulkAction {
    pub(crate) fn deed(&self) -> Result<Deed> {
        self.action.read()
    }

    pub(crate) fn selection(&self) -> Result<Selection> {
        self.selection.read()
    }

    /// Whether those who look at the list have to know of it: while it goes on, and for an hour afterwards.
    pub(crate) fn concerns(&self, now: Timestamp) -> bool {
        self.finished_at.is_none_or(|at| now < at.plus(TOLD_FOR))
    }

    /// Whether it is over, and changed what can be taken back.
    pub(crate) fn can_be_undone(&self) -> bool {
        let lasts = matches!(self.deed(), Ok(Deed::Step(_)));
        lasts && self.finished_at.is_some() && self.changed > 0
    }

    /// How many numbers were looked at, of how many.
    pub(crate) fn progress(&self) -> (i64, i64) {
        let done = if self.finished_at.is_some() { self.top } else { self.top - self.position };
        (done, self.top)
    }
}

impl Entity for BulkAction {
    type Kind = BulkActionKind;
    const PARAMETER: &'static str = "bulk_action";
    const VIEW: Permission = SUBMISSIONS_READ;
    const EDIT: Permission = SUBMISSIONS_MANAGE;

    async fn find(tx: &mut Tx, id: Id<BulkActionKind>) -> Result<Option<Self>> {
        store::find_bulk_action(tx, id).await
    }
}

/// A bulk action as the API speaks it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BulkActionJson {
    id: BulkActionId,
    form_id: FormId,
    /// `running`, `done` or `failed`; what a failed one had done until then stays done.
    state: String,
    /// Why it failed.
    failure: Option<String>,
    /// Between 0 and 1.
    progress: f64,
    /// Submissions changed so far; those that needed no change are not counted.
    changed: i64,
    /// The bulk action that this one takes back.
    undoes: Option<BulkActionId>,
    /// Submissions that were changed in between, and are left as they are.
    left_alone: i64,
    created_at: Timestamp,
    finished_at: Option<Timestamp>,
}

impl BulkActionJson {
    pub(crate) fn of(action: &BulkAction) -> Self {
        let (done, all) = action.progress();
        BulkActionJson {
            id: action.id,
            form_id: action.form_id,
            state: action.state.clone(),
            failure: action.failure.clone(),
            progress: if all == 0 { 1.0 } else { done as f64 / all as f64 },
            changed: action.changed,
            undoes: action.undoes,
            left_alone: action.left_alone,
            created_at: action.created_at,
            finished_at: action.finished_at,
        }
    }
}

pub(crate) async fn api(action: Viewable<BulkAction>) -> Reply<Response> {
    Ok(web::json(&BulkActionJson::of(&action)))
}
