//! Claiming ready jobs, fairly, under a lease.

mod postgres;
mod sqlite;

use std::collections::HashSet;

use db::{Engine, FromRow, Json, Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};
use serde::Serialize;

use super::workspace_of;
use crate::JobId;

/// A job that this worker now holds.
#[derive(Debug, FromRow)]
pub(crate) struct Claimed {
    pub(crate) id: JobId,
    #[row(rename = "workspace_id")]
    owner: String,
    pub(crate) kind: String,
    pub(crate) payload: Json,
    pub(crate) attempt: i64,
    pub(crate) max_attempts: i64,
    pub(crate) lease: i64,
    pub(crate) run_at: Timestamp,
    #[row(rename = "request_id")]
    pub(crate) request: Option<String>,
}

impl Claimed {
    pub(crate) fn workspace(&self) -> Option<WorkspaceId> {
        workspace_of(&self.owner)
    }
}

/// The ready jobs of one kind in one workspace, and how many of them to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Lane {
    workspace_id: String,
    kind: String,
    share: usize,
}

impl Lane {
    fn holds(&self, job: &Claimed) -> bool {
        self.workspace_id == job.owner && self.kind == job.kind
    }
}

/// What was claimed, and whether there may be more.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) jobs: Vec<Claimed>,
    pub(crate) more: bool,
}

/// The last lane that was served; the next claim goes on behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    workspace_id: String,
    kind: String,
}

/// Lanes in one claim: each costs a statement on SQLite.
const LANES: usize = 64;

/// Takes at most `room` jobs of the queue for `lease_until`: an equal share for every workspace that
/// has some, from the lanes behind the cursor on. Kinds that are not `known` stay where they are.
pub(crate) async fn claim(
    tx: &mut Tx,
    queue: &str,
    cursor: &mut Cursor,
    room: usize,
    lease_until: Timestamp,
    known: impl Fn(&str) -> bool,
) -> Result<Claim> {
    let mut lanes = find_lanes(tx, queue, cursor, room.min(LANES), known).await?;
    let found = lanes.len();
    share_out(&mut lanes, room);
    let Some(last) = lanes.last() else {
        return Ok(Claim { jobs: Vec::new(), more: false });
    };
    *cursor = Cursor { workspace_id: last.workspace_id.clone(), kind: last.kind.clone() };
    if found < room.min(LANES) && lanes.len() == found {
        // All were served: beginning anew saves looking behind the last.
        *cursor = Cursor::default();
    }
    let jobs = match tx.engine() {
        Engine::Sqlite => sqlite::take(tx, queue, &lanes, lease_until).await?,
        Engine::Postgres => postgres::take(tx, queue, &lanes, lease_until).await?,
    };
    let full = |lane: &Lane| jobs.iter().filter(|job| lane.holds(job)).count() >= lane.share;
    let more = lanes.len() == room.min(LANES) || lanes.iter().any(full);
    Ok(Claim { jobs, more })
}

/// Up to `most` lanes in a circle that begins behind the cursor.
async fn find_lanes(
    tx: &mut Tx,
    queue: &str,
    cursor: &Cursor,
    most: usize,
    known: impl Fn(&str) -> bool,
) -> Result<Vec<Lane>> {
    let mut lanes: Vec<Lane> = Vec::new();
    let mut seen = HashSet::new();
    let mut from = cursor.clone();
    let mut wrapped = from == Cursor::default();
    // Not fewer at once than this, lest unknown kinds are hopped over one by one.
    let hops = most.max(16);
    while lanes.len() < most {
        let found = list_lanes(tx, queue, &from, hops).await?;
        let at_the_end = found.len() < hops;
        if let Some((workspace_id, kind)) = found.last() {
            from = Cursor { workspace_id: workspace_id.clone(), kind: kind.clone() };
        }
        for (workspace_id, kind) in found {
            if known(&kind) && seen.insert((workspace_id.clone(), kind.clone())) {
                lanes.push(Lane { workspace_id, kind, share: 0 });
            }
        }
        if at_the_end && wrapped {
            break;
        }
        if at_the_end {
            from = Cursor::default();
            wrapped = true;
        }
    }
    lanes.truncate(most);
    Ok(lanes)
}

/// Hops from lane to lane over the index, so that the cost does not depend on how much is waiting.
/// The last of all times is there because SQLite seeks a pair with `>=` and would read the whole lane
/// that it is to leave; the `|| ''` because it compares two columns by the first part of the pair only.
async fn list_lanes(
    tx: &mut Tx,
    queue: &str,
    from: &Cursor,
    most: usize,
) -> Result<Vec<(String, String)>> {
    sql("with recursive lane(workspace_id, kind, place) as (
             select first.workspace_id, first.kind, 1
             from (
                 select workspace_id, kind from job
                 where state = 'ready' and queue = $1
                   and (workspace_id, kind, run_at) > ($2, $3, 9223372036854775807)
                 order by workspace_id, kind limit 1
             ) as first
             union all
             select
                 (
                     select job.workspace_id from job
                     where job.state = 'ready' and job.queue = $1
                       and (job.workspace_id, job.kind, job.run_at)
                         > (lane.workspace_id || '', lane.kind || '', 9223372036854775807)
                     order by job.workspace_id, job.kind limit 1
                 ),
                 (
                     select job.kind from job
                     where job.state = 'ready' and job.queue = $1
                       and (job.workspace_id, job.kind, job.run_at)
                         > (lane.workspace_id || '', lane.kind || '', 9223372036854775807)
                     order by job.workspace_id, job.kind limit 1
                 ),
                 lane.place + 1
             from lane
             where lane.workspace_id is not null and lane.place < $4
         )
         select workspace_id, kind from lane where workspace_id is not null")
    .bind(queue)
    .bind(&from.workspace_id)
    .bind(&from.kind)
    .bind(most)
    .all(tx)
    .await
}

/// Deals `room` out: the same to every workspace, and within it the same to every kind.
/// Lanes for which nothing is left fall away; the cursor brings them to the front next time.
fn share_out(lanes: &mut Vec<Lane>, room: usize) {
    let kinds_of = |lanes: &[Lane], owner: &str| {
        lanes.iter().filter(|lane| lane.workspace_id == owner).count()
    };
    let owners: HashSet<String> = lanes.iter().map(|lane| lane.workspace_id.clone()).collect();
    let each = room.div_ceil(owners.len().max(1));
    let shares: Vec<usize> =
        lanes.iter().map(|lane| each.div_ceil(kinds_of(lanes, &lane.workspace_id))).collect();
    let mut left = room;
    for (lane, share) in lanes.iter_mut().zip(shares) {
        lane.share = share.min(left);
        left -= lane.share;
    }
    lanes.retain(|lane| lane.share > 0);
}

/// Puts off the end of the leases that are still held; those that were lost stay lost.
pub(crate) async fn extend_leases(
    tx: &mut Tx,
    held: &[(JobId, i64)],
    lease_until: Timestamp,
) -> Result<()> {
    let held = pairs(held)?;
    match tx.engine() {
        Engine::Sqlite => sqlite::extend(tx, held, lease_until).await,
        Engine::Postgres => postgres::extend(tx, held, lease_until).await,
    }
}

/// Deletes what is done, as far as its lease still holds.
pub(super) async fn delete_pairs(tx: &mut Tx, held: &[(JobId, i64)]) -> Result<()> {
    let held = pairs(held)?;
    match tx.engine() {
        Engine::Sqlite => sqlite::delete(tx, held).await,
        Engine::Postgres => postgres::delete(tx, held).await,
    }
}

/// `[{"id": …, "lease": …}]`: one parameter for any number, so that one text is prepared.
/// The statements leave the state out, which would tempt the planner away from the primary key: only a
/// running job has the lease number that its worker knows.
fn pairs(held: &[(JobId, i64)]) -> Result<Json> {
    #[derive(Serialize)]
    struct Pair {
        id: JobId,
        lease: i64,
    }
    let pairs: Vec<Pair> = held.iter().map(|(id, lease)| Pair { id: *id, lease: *lease }).collect();
    Json::of(&pairs)
}

/// Makes PostgreSQL plan by index alone in this transaction.
pub(crate) async fn prepare_round(tx: &mut Tx) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => postgres::plan_by_index(tx).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(lanes: &[(&str, &str)], room: usize) -> Vec<usize> {
        let mut lanes: Vec<Lane> = lanes
            .iter()
            .map(|(owner, kind)| Lane {
                workspace_id: (*owner).into(),
                kind: (*kind).into(),
                share: 0,
            })
            .collect();
        share_out(&mut lanes, room);
        lanes.iter().map(|lane| lane.share).collect()
    }

    #[test]
    fn every_workspace_gets_the_same_however_many_kinds_it_has() {
        assert_eq!(shares(&[("a", "x"), ("b", "x")], 100), [50, 50]);
        assert_eq!(shares(&[("a", "x"), ("a", "y"), ("b", "x")], 100), [25, 25, 50]);
        assert_eq!(shares(&[("a", "x"), ("b", "x"), ("c", "x")], 2), [1, 1]);
        assert_eq!(shares(&[], 100), [0; 0]);
    }
}
