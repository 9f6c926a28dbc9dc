//! Enqueuing what recurs, once across all processes.

use db::Tx;
use kernel::{Chance, Result, Timestamp};

use crate::{Registry, enqueue_many, store};

/// Makes every schedule known to the database, which then holds when each is due.
pub(crate) async fn announce(tx: &mut Tx, registry: &Registry, now: Timestamp) -> Result<()> {
    for scheduled in registry.scheduled() {
        store::upsert_schedule(tx, scheduled.name, scheduled.schedule.next_after(now)).await?;
    }
    Ok(())
}

/// What firing brought.
#[derive(Debug, Default)]
pub(crate) struct Fired {
    pub(crate) count: usize,
    /// When the next schedule is due.
    pub(crate) next: Option<Timestamp>,
}

/// Enqueues what is due. The next firing is reckoned from now, so that what was missed is caught up once.
pub(crate) async fn fire(
    tx: &mut Tx,
    registry: &Registry,
    now: Timestamp,
    chance: &Chance,
) -> Result<Fired> {
    let mut fired = Fired::default();
    if registry.scheduled().is_empty() {
        return Ok(fired);
    }
    for (name, mut due) in store::list_schedules(tx).await? {
        // Another version of the program may know it.
        let Some(known) = registry.scheduled().iter().find(|known| known.name == name) else {
            continue;
        };
        if due <= now {
            let next = known.schedule.next_after(now);
            // Whoever moves the date on enqueues; another process finds it moved.
            if store::move_schedule(tx, &name, due, next, now).await? {
                enqueue_many(tx, vec![(known.make)()], now, chance).await?;
                fired.count += 1;
            }
            due = next;
        }
        fired.next = fired.next.into_iter().chain([due]).min();
    }
    Ok(fired)
}
