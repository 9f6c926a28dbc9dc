//! Forgetting the addresses of searches that nobody acts on, and of work that never ended.

use std::sync::Arc;

use ::jobs::Failure;
use kernel::Actor;
use web::{Cx, House};

use super::{Status, store};
use crate::events::{ErasureCancelled, ErasureFailed};

/// Erasures in one go.
const STEP: i64 = 200;

const NEVER_ENDED: &str = "It was not over within 30 days. What was deleted until then stays deleted. Please ask for \
                           it once more.";

/// Those of all workspaces.
pub(crate) async fn expired(house: Arc<House>) -> Result<(), Failure> {
    loop {
        let mut tx = house.db.system_read("expired erasures of all workspaces").await?;
        let found = store::list_expired(&mut tx, house.clock.now(), STEP).await?;
        drop(tx);
        if found.is_empty() {
            return Ok(());
        }
        for (workspace_id, id) in found {
            let cx = Cx::new(house.clone(), Some(workspace_id), Actor::System);
            let (mut tx, now, erasure_id) = (cx.begin().await?, cx.now(), id.to_string());
            let waits = (&[Status::Found][..], Status::Cancelled);
            let works = (&[Status::Searching, Status::Erasing][..], Status::Failed);
            if store::end(&mut tx, id, waits, None, now).await? {
                tx.record(&ErasureCancelled { workspace_id, erasure_id }).await?;
            } else if store::end(&mut tx, id, works, Some(NEVER_ENDED), now).await? {
                tx.record(&ErasureFailed { workspace_id, erasure_id }).await?;
            }
            tx.commit().await?;
        }
    }
}
