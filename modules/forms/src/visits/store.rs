//! All SQL about counted visits.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use db::{Insert, ToValue, Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};

use super::{Count, Place};
use crate::{
    ids::FormId,
    submissions::counts::{Grain, keep::zone_named},
};

const COUNT: Insert<7> = Insert {
    table: "visit_count",
    columns: ["workspace_id", "form_id", "grain", "field", "period", "term", "count"],
    suffix: "on conflict (workspace_id, form_id, grain, field, period, term)
             do update set count = visit_count.count + excluded.count",
};

/// Adds to the counts of the day that it is now, by the zone of each workspace.
pub(super) async fn add(tx: &mut Tx, counts: BTreeMap<Place, Count>, now: Timestamp) -> Result<()> {
    let counts = once(tx, counts, now).await?;
    let workspaces: BTreeSet<WorkspaceId> =
        counts.keys().map(|(workspace, ..)| *workspace).collect();
    let zones = list_zones(tx, &workspaces).await?;
    let mut rows = Vec::with_capacity(counts.len() * 2);
    for ((workspace, form, figure, term), count) in counts {
        let zone = zone_named(zones.get(&workspace).map_or("UTC", String::as_str));
        let day = now.to_jiff().to_zoned(zone).date();
        for grain in [Grain::Day, Grain::Month] {
            rows.push([
                workspace.value(),
                form.value(),
                grain.as_str().value(),
                figure.as_str().value(),
                grain.period(day).value(),
                term.as_str().value(),
                count.value(),
            ]);
        }
    }
    COUNT.run(tx, rows).await.map(|_| ())
}

const HEARD: Insert<4> = Insert {
    table: "visit_mark",
    columns: ["workspace_id", "form_id", "mark", "heard_at"],
    suffix: "on conflict do nothing returning form_id, mark",
};

/// Figures without what another process has counted. Where nobody else writes, whoever counts knows all there is.
async fn once(
    tx: &mut Tx,
    counts: BTreeMap<Place, Count>,
    now: Timestamp,
) -> Result<BTreeMap<Place, i64>> {
    let figure = |marks: usize, count: &Count| count.times + i64::try_from(marks).unwrap_or(0);
    if tx.writes_alone() {
        let all = counts.into_iter();
        return Ok(all.map(|(place, count)| (place, figure(count.marks.len(), &count))).collect());
    }
    // In one order, so that two processes never wait for each other crosswise.
    let marks: BTreeSet<(WorkspaceId, FormId, i64)> = counts
        .iter()
        .flat_map(|((workspace, form, ..), count)| {
            count.marks.iter().map(move |mark| (*workspace, *form, *mark))
        })
        .collect();
    let rows = marks.into_iter().map(|(workspace, form, mark)| {
        [workspace.value(), form.value(), mark.value(), now.value()]
    });
    let new: Vec<(FormId, i64)> = HEARD.rows(tx, rows.collect()).await?;
    let new: HashSet<(FormId, i64)> = new.into_iter().collect();
    let mut figures = BTreeMap::new();
    for (place, count) in counts {
        let is_new = |mark: &&i64| new.contains(&(place.1, **mark));
        let figure = figure(count.marks.iter().filter(is_new).count(), &count);
        if figure > 0 {
            figures.insert(place, figure);
        }
    }
    Ok(figures)
}

/// Forgets some that were heard before then, of all workspaces; gives back how many.
pub(crate) async fn delete_heard(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    sql("delete from visit_mark
         where (workspace_id, form_id, mark) in (
             select workspace_id, form_id, mark from visit_mark
             where heard_at < $1
             order by heard_at
             limit $2
         )")
    .bind(before)
    .bind(limit)
    .run(tx)
    .await
}

/// The zones of those workspaces that have said one.
async fn list_zones(
    tx: &mut Tx,
    workspaces: &BTreeSet<WorkspaceId>,
) -> Result<HashMap<WorkspaceId, String>> {
    let zones: Vec<(WorkspaceId, String)> =
        sql("select workspace_id, time_zone from insight_zone where workspace_id in")
            .bind_list(workspaces.iter().copied())
            .all(tx)
            .await?;
    Ok(zones.into_iter().collect())
}

/// Figure, term and count over the periods from one to another, both included.
pub(crate) async fn list_sums(
    tx: &mut Tx,
    form: FormId,
    (grain, from, to): &(Grain, String, String),
) -> Result<Vec<(String, String, i64)>> {
    sql("select field, term, cast(sum(count) as bigint) from visit_count
         where workspace_id = $1 and form_id = $2 and grain = $3 and period >= $4 and period <= $5
         group by field, term")
    .bind(tx.workspace())
    .bind(form)
    .bind(grain.as_str())
    .bind(from)
    .bind(to)
    .all(tx)
    .await
}

/// The first day on which somebody looked.
pub(crate) async fn find_first_day(tx: &mut Tx, form: FormId) -> Result<Option<String>> {
    let found: Option<(String,)> = sql("select period from visit_count
         where workspace_id = $1 and form_id = $2 and grain = 'day' and field = 'view'
         order by period
         limit 1")
    .bind(tx.workspace())
    .bind(form)
    .optional(tx)
    .await?;
    Ok(found.map(|(day,)| day))
}

/// The sources from which a form has been looked at.
pub(crate) async fn list_sources(tx: &mut Tx, form: FormId) -> Result<Vec<(String,)>> {
    sql("select distinct term from visit_count
         where workspace_id = $1 and form_id = $2 and grain = 'month' and field = 'view'")
    .bind(tx.workspace())
    .bind(form)
    .all(tx)
    .await
}

/// Counts the views from one source as views from another.
pub(crate) async fn rename_source(
    tx: &mut Tx,
    form: FormId,
    (source, other): (&str, &str),
) -> Result<()> {
    sql("insert into visit_count (workspace_id, form_id, grain, field, period, term, count)
         select workspace_id, form_id, grain, field, period, $4, count from visit_count
         where workspace_id = $1 and form_id = $2 and grain in ('day', 'month') and field = 'view' and term = $3
         on conflict (workspace_id, form_id, grain, field, period, term)
         do update set count = visit_count.count + excluded.count")
    .bind(tx.workspace())
    .bind(form)
    .bind(source)
    .bind(other)
    .run(tx)
    .await?;
    sql("delete from visit_count
         where workspace_id = $1 and form_id = $2 and grain in ('day', 'month') and field = 'view' and term = $3")
    .bind(tx.workspace())
    .bind(form)
    .bind(source)
    .run(tx)
    .await
    .map(|_| ())
}

/// Forgets some of what is counted of a form that is deleted, and tells how much that was.
pub(crate) async fn delete_some(tx: &mut Tx, form: FormId, limit: i64) -> Result<u64> {
    let heard = sql("delete from visit_mark
         where workspace_id = $1 and form_id = $2 and mark in (
             select mark from visit_mark where workspace_id = $1 and form_id = $2 limit $3
         )")
    .bind(tx.workspace())
    .bind(form)
    .bind(limit)
    .run(tx)
    .await?;
    let counted = sql("delete from visit_count
         where workspace_id = $1 and form_id = $2 and (grain, field, period, term) in (
             select grain, field, period, term from visit_count
             where workspace_id = $1 and form_id = $2
             limit $3
         )")
    .bind(tx.workspace())
    .bind(form)
    .bind(limit)
    .run(tx)
    .await?;
    Ok(heard + counted)
}
