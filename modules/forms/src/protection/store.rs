//! All SQL about what all processes count together.

use std::collections::{BTreeMap, HashMap, HashSet};

use db::{Insert, ToValue, Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};

use super::Stretch;
use crate::ids::FormId;

/// Of what, within which stretch, from where: a hash of form and address.
pub(crate) type Place<'a> = (WorkspaceId, FormId, Stretch, &'a str);

/// How many more, and when.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct More {
    pub(crate) count: i64,
    pub(crate) now: Timestamp,
}

const COUNT: Insert<7> = Insert {
    table: "address_count",
    columns: ["workspace_id", "form_id", "stretch", "address_hash", "since", "ends_at", "count"],
    suffix: "on conflict (workspace_id, form_id, stretch, address_hash) do update set
                 count = excluded.count
                     + case when address_count.ends_at <= excluded.since then 0 else address_count.count end,
                 since = case when address_count.ends_at <= excluded.since
                     then excluded.since else address_count.since end,
                 ends_at = case when address_count.ends_at <= excluded.since
                     then excluded.ends_at else address_count.ends_at end
             returning form_id, stretch, address_hash, count",
};

/// Counts more and gives how many there were before them; the rows stay locked until the commit.
pub(crate) async fn count<'a>(
    tx: &mut Tx,
    more: &BTreeMap<Place<'a>, More>,
) -> Result<HashMap<Place<'a>, i64>> {
    let row = |(place, more): (&Place<'_>, &More)| {
        let (workspace, form, stretch, address) = *place;
        [
            workspace.value(),
            form.value(),
            stretch.as_str().value(),
            address.value(),
            more.now.value(),
            more.now.plus(stretch.length()).value(),
            more.count.value(),
        ]
    };
    let rows: Vec<(FormId, String, String, i64)> =
        COUNT.rows(tx, more.iter().map(row).collect()).await?;
    let totals: HashMap<(FormId, &str, &str), i64> = rows
        .iter()
        .map(|(form, stretch, address, total)| {
            ((*form, stretch.as_str(), address.as_str()), *total)
        })
        .collect();
    let before = more.iter().filter_map(|(place, more)| {
        let (_, form, stretch, address) = *place;
        let total = totals.get(&(form, stretch.as_str(), address))?;
        Some((*place, total - more.count))
    });
    Ok(before.collect())
}

/// How many uploads have been begun from an address within its hour.
pub(crate) async fn find_uploads(
    tx: &mut Tx,
    form: FormId,
    address: &str,
    now: Timestamp,
) -> Result<i64> {
    let found: Option<(i64,)> = sql("select count from address_count
         where workspace_id = $1 and form_id = $2 and stretch = $3 and address_hash = $4 and ends_at > $5")
    .bind(tx.workspace())
    .bind(form)
    .bind(Stretch::UploadHour.as_str())
    .bind(address)
    .bind(now)
    .optional(tx)
    .await?;
    Ok(found.map_or(0, |(count,)| count))
}

/// Counts one more; gives how many there are with it.
pub(crate) async fn count_upload(
    tx: &mut Tx,
    form: FormId,
    address: &str,
    now: Timestamp,
) -> Result<i64> {
    let place = (tx.workspace(), form, Stretch::UploadHour, address);
    let more = BTreeMap::from([(place, More { count: 1, now })]);
    Ok(count(tx, &more).await?.get(&place).map_or(0, |before| before + 1))
}

const USED: Insert<4> = Insert {
    table: "used_ticket",
    columns: ["workspace_id", "form_id", "ticket", "expires_at"],
    suffix: "on conflict do nothing returning form_id, ticket",
};

/// Uses tickets up; gives those that nobody had used before.
pub(crate) async fn use_tickets(
    tx: &mut Tx,
    tickets: &[(WorkspaceId, FormId, &str, Timestamp)],
) -> Result<HashSet<(FormId, String)>> {
    let row = |(workspace, form, ticket, expires_at): &(WorkspaceId, FormId, &str, Timestamp)| {
        [workspace.value(), form.value(), ticket.value(), expires_at.value()]
    };
    let used: Vec<(FormId, String)> = USED.rows(tx, tickets.iter().map(row).collect()).await?;
    Ok(used.into_iter().collect())
}

/// Forgets some that count for nothing any more, of all workspaces; gives back how many.
pub(crate) async fn delete_expired(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<u64> {
    let counts = sql("delete from address_count
         where (workspace_id, form_id, stretch, address_hash) in (
             select workspace_id, form_id, stretch, address_hash from address_count
             where ends_at <= $1
             order by ends_at
             limit $2
         )")
    .bind(now)
    .bind(limit)
    .run(tx)
    .await?;
    let tickets = sql("delete from used_ticket
         where (workspace_id, form_id, ticket) in (
             select workspace_id, form_id, ticket from used_ticket
             where expires_at <= $1
             order by expires_at
             limit $2
         )")
    .bind(now)
    .bind(limit)
    .run(tx)
    .await?;
    Ok(counts + tickets)
}

/// Forgets some of a form that is deleted; gives back how many.
pub(crate) async fn delete_some(tx: &mut Tx, form: FormId, limit: i64) -> Result<u64> {
    let counts = sql("delete from address_count
         where workspace_id = $1 and form_id = $2 and (stretch, address_hash) in (
             select stretch, address_hash from address_count
             where workspace_id = $1 and form_id = $2
             limit $3
         )")
    .bind(tx.workspace())
    .bind(form)
    .bind(limit)
    .run(tx)
    .await?;
    let tickets = sql("delete from used_ticket
         where workspace_id = $1 and form_id = $2 and ticket in (
             select ticket from used_ticket where workspace_id = $1 and form_id = $2 limit $3
         )")
    .bind(tx.workspace())
    .bind(form)
    .bind(limit)
    .run(tx)
    .await?;
    Ok(counts + tickets)
}
