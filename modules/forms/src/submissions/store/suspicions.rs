//! Why some look like spam, until whoever counts has put them apart.

use std::collections::{BTreeMap, HashMap};

use db::{Tx, sql};
use kernel::{Result, WorkspaceId};

use crate::submissions::{SubmissionId, incoming::Incoming};

/// What was found where they were stored.
pub(crate) type Suspicions = HashMap<SubmissionId, String>;

/// Notes it beside those that do; where nobody is suspected there is nothing to do.
pub(crate) async fn keep_suspicions<'a>(
    tx: &mut Tx,
    items: impl Iterator<Item = &'a Incoming>,
    found: &Suspicions,
) -> Result<()> {
    let mut reasons: BTreeMap<(WorkspaceId, &str), Vec<SubmissionId>> = BTreeMap::new();
    for item in items {
        if let Some(reason) = item.suspicion.as_ref().or_else(|| found.get(&item.id)) {
            reasons.entry((item.workspace, reason)).or_default().push(item.id);
        }
    }
    for ((workspace, reason), ids) in reasons {
        for some in ids.chunks(256) {
            sql("update submission set suspicion = $2 where workspace_id = $1 and id in")
                .bind(workspace)
                .bind(reason)
                .bind_list(some.iter().copied())
                .run(tx)
                .await?;
        }
    }
    Ok(())
}
