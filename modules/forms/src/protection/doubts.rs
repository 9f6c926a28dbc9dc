//! What can be told of a submission only where all processes write: how much came from its address before, and
//! whether its ticket was used.

use kernel::{Timestamp, WorkspaceId};

use super::{Limit, store::Place};
use crate::ids::FormId;

/// What is to be looked up of one, in the transaction that stores it: so nobody gets more by asking several processes,
/// and what is stored nowhere counts for nothing.
#[derive(Debug, Clone)]
pub(crate) struct Doubts {
    /// A hash of form and address.
    pub(crate) address: String,
    /// What may come from there; the narrower first.
    pub(crate) limits: Vec<Limit>,
    /// The ticket that it uses up, and until when that is good.
    pub(crate) ticket: Option<(String, Timestamp)>,
}

impl Doubts {
    /// Where it counts, in the order of the limits.
    pub(crate) fn places(
        &self,
        workspace: WorkspaceId,
        form: FormId,
    ) -> impl Iterator<Item = Place<'_>> {
        self.limits.iter().map(move |limit| (workspace, form, limit.stretch, self.address.as_str()))
    }
}
