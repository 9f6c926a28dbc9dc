//! Ordering what is due: once across all processes, and once for all that was missed in a standstill.

use std::sync::Arc;

use ::jobs::Failure;
use kernel::{Actor, Result, WorkspaceId};
use web::{Cx, House};

use crate::{
    exports::{
        order::{Order, Place, insert},
        schedule::{ExportScheduleId, Schedule},
        store,
    },
    forms,
};

/// Schedules looked at in one go.
const STEP: i64 = 200;

pub(crate) async fn order(house: Arc<House>) -> Result<(), Failure> {
    loop {
        let mut tx = house.db.system_read("schedules of all workspaces that are due").await?;
        let due = store::schedules::list_due(&mut tx, house.clock.now(), STEP).await?;
        drop(tx);
        if due.is_empty() {
            return Ok(());
        }
        for (workspace, id) in due {
            fire(&house, workspace, id).await?;
        }
    }
}

/// Whoever moves its date on orders; another process finds it moved.
async fn fire(house: &Arc<House>, workspace: WorkspaceId, id: ExportScheduleId) -> Result<()> {
    let cx = Cx::new(house.clone(), Some(workspace), Actor::System);
    let mut tx = cx.begin().await?;
    let Some(schedule) = store::schedules::find_schedule(&mut tx, id).await? else {
        // Its form is deleted; the sweep may not have come so far.
        store::schedules::delete_schedule(&mut tx, id).await?;
        return tx.commit().await;
    };
    let next = schedule.rhythm()?.next_after(cx.now())?;
    if schedule.next_at > cx.now()
        || !store::schedules::move_schedule(&mut tx, id, schedule.next_at, next).await?
    {
        return Ok(());
    }
    if forms::store::is_there(&mut tx, schedule.form_id).await? {
        let request = schedule.request.read()?;
        insert(&cx, &mut tx, &request, order_of(schedule)).await?;
    }
    tx.commit().await
}

fn order_of(schedule: Schedule) -> Order {
    let Schedule { id, form_id, kept_days, origin, slug, .. } = schedule;
    Order { form: form_id, kept_days, schedule: Some(id), place: Place { origin, slug } }
}
