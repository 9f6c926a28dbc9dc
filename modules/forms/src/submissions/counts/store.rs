//! All SQL about counted answers.

use std::collections::BTreeMap;

use db::{Insert, ToValue, Tx, sql};
use kernel::{Result, WorkspaceId};

use super::{Grain, Place};
use crate::ids::FormId;

/// By whose days a workspace counts that has said nothing.
const UTC: &str = "UTC";

/// How far a form is counted.
#[derive(Debug, Clone, PartialEq, Eq, db::FromRow)]
pub(crate) struct Progress {
    pub(crate) counted_to: i64,
    /// By the days of which zone; [`CLEARED`] while older counts are removed.
    pub(crate) time_zone: String,
}

/// No zone: what was counted by another is being removed.
pub(crate) const CLEARED: &str = "";

pub(crate) async fn find_progress(tx: &mut Tx, form: FormId) -> Result<Option<Progress>> {
    sql("select counted_to, time_zone from insight_progress
         where workspace_id = $1 and form_id = $2")
    .bind(tx.workspace())
    .bind(form)
    .optional(tx)
    .await
}

/// The progress, locked until the commit; made when nobody has counted yet.
pub(crate) async fn lock_progress(tx: &mut Tx, form: FormId, zone: &str) -> Result<Progress> {
    sql("insert into insight_progress (workspace_id, form_id, counted_to, time_zone)
         values ($1, $2, 0, $3)
         on conflict (workspace_id, form_id) do update set counted_to = insight_progress.counted_to
         returning counted_to, time_zone")
    .bind(tx.workspace())
    .bind(form)
    .bind(zone)
    .one(tx)
    .await
}

/// Says how far a form is counted, whose progress is locked.
pub(crate) async fn save_progress(tx: &mut Tx, form: FormId, progress: &Progress) -> Result<()> {
    sql("update insight_progress set counted_to = $3, time_zone = $4
         where workspace_id = $1 and form_id = $2")
    .bind(tx.workspace())
    .bind(form)
    .bind(progress.counted_to)
    .bind(&progress.time_zone)
    .run(tx)
    .await
    .map(|_| ())
}

/// The name of the zone by whose days the workspace counts.
pub(crate) async fn zone_of(tx: &mut Tx) -> Result<String> {
    let found: Option<(String,)> =
        sql("select time_zone from insight_zone where workspace_id = $1")
            .bind(tx.workspace())
            .optional(tx)
            .await?;
    Ok(found.map_or_else(|| UTC.to_owned(), |(zone,)| zone))
}

pub(crate) async fn save_zone(tx: &mut Tx, zone: &str) -> Result<()> {
    sql("insert into insight_zone (workspace_id, time_zone) values ($1, $2)
         on conflict (workspace_id) do update set time_zone = excluded.time_zone")
    .bind(tx.workspace())
    .bind(zone)
    .run(tx)
    .await
    .map(|_| ())
}

const COUNT: Insert<7> = Insert {
    table: "insight_count",
    columns: ["workspace_id", "form_id", "grain", "field", "period", "term", "count"],
    suffix: "on conflict (workspace_id, form_id, grain, field, period, term)
             do update set count = insight_count.count + excluded.count",
};

/// Adds to counts, or takes from them.
pub(crate) async fn add(tx: &mut Tx, form: FormId, changes: BTreeMap<Place, i64>) -> Result<()> {
    let workspace = tx.workspace();
    let row = |((grain, field, period, term), count): (Place, i64)| {
        [
            workspace.value(),
            form.value(),
            grain.as_str().value(),
            field.value(),
            period.value(),
            term.value(),
            count.value(),
        ]
    };
    let rows = changes.into_iter().map(row).collect();
    COUNT.run(tx, rows).await.map(|_| ())
}

/// Field, term and count over the periods from one to another, both included.
pub(crate) async fn list_sums(
    tx: &mut Tx,
    form: FormId,
    (grain, from, to): &(Grain, String, String),
    fields: &[&str],
) -> Result<Vec<(String, String, i64)>> {
    sql("select field, term, cast(sum(count) as bigint) from insight_count
         where workspace_id = $1 and form_id = $2 and grain = $3 and period >= $4 and period <= $5
           and field in")
    .bind(tx.workspace())
    .bind(form)
    .bind(grain.as_str())
    .bind(from)
    .bind(to)
    .bind_list(fields.iter().copied())
    .push(" group by field, term having sum(count) <> 0")
    .all(tx)
    .await
}

/// Day and count of a field's terms together, in order.
pub(crate) async fn list_days(
    tx: &mut Tx,
    form: FormId,
    field: &str,
    (from, to): (&str, &str),
) -> Result<Vec<(String, i64)>> {
    sql("select period, cast(sum(count) as bigint) from insight_count
         where workspace_id = $1 and form_id = $2 and grain = 'day' and field = $3
           and period >= $4 and period <= $5
         group by period
         order by period")
    .bind(tx.workspace())
    .bind(form)
    .bind(field)
    .bind(from)
    .bind(to)
    .all(tx)
    .await
}

/// The first day on which something was counted.
pub(crate) async fn find_first_day(
    tx: &mut Tx,
    form: FormId,
    field: &str,
) -> Result<Option<String>> {
    let found: Option<(String,)> = sql("select period from insight_count
         where workspace_id = $1 and form_id = $2 and grain = 'day' and field = $3 and count > 0
         order by period
         limit 1")
    .bind(tx.workspace())
    .bind(form)
    .bind(field)
    .optional(tx)
    .await?;
    Ok(found.map(|(day,)| day))
}

/// Forms of all workspaces, in order after one of them, that have more than is counted, or are counted by the
/// days of another zone.
pub(crate) async fn list_behind(
    tx: &mut Tx,
    (workspace, form): (&str, &str),
    limit: i64,
) -> Result<Vec<(WorkspaceId, FormId)>> {
    sql("select f.workspace_id, f.id from form f
         left join insight_progress p on p.workspace_id = f.workspace_id and p.form_id = f.id
         left join insight_zone z on z.workspace_id = f.workspace_id
         where (f.workspace_id, f.id) > ($1, $2)
           and f.deleted_at is null and f.processed_to > 0
           and (p.counted_to is null or p.counted_to < f.processed_to
                or p.time_zone <> coalesce(z.time_zone, 'UTC'))
         order by f.workspace_id, f.id
         limit $3")
    .bind(workspace)
    .bind(form)
    .bind(limit)
    .all(tx)
    .await
}

/// Those above `after` and up to `to` that lie in spam or in the bin.
pub(crate) async fn list_away(tx: &mut Tx, form: FormId, after: i64, to: i64) -> Result<Vec<i64>> {
    let away: Vec<(i64,)> = sql("select number from submission_state
         where workspace_id = $1 and form_id = $2 and number > $3 and number <= $4
           and tray in ('spam', 'bin')
         order by number")
    .bind(tx.workspace())
    .bind(form)
    .bind(after)
    .bind(to)
    .all(tx)
    .await?;
    Ok(away.into_iter().map(|(number,)| number).collect())
}

/// The terms of a field.
pub(crate) async fn list_terms(tx: &mut Tx, form: FormId, field: &str) -> Result<Vec<(String,)>> {
    sql("select distinct term from insight_count
         where workspace_id = $1 and form_id = $2 and grain = 'month' and field = $3")
    .bind(tx.workspace())
    .bind(form)
    .bind(field)
    .all(tx)
    .await
}

/// Forgets a term of a field that is counted no more.
pub(crate) async fn delete_term(tx: &mut Tx, form: FormId, field: &str, term: &str) -> Result<()> {
    sql("delete from insight_count
         where workspace_id = $1 and form_id = $2 and grain in ('day', 'month') and field = $3 and term = $4")
    .bind(tx.workspace())
    .bind(form)
    .bind(field)
    .bind(term)
    .run(tx)
    .await
    .map(|_| ())
}

/// Forgets some of what is counted of a form, and tells how much that was.
pub(crate) async fn forget_some(tx: &mut Tx, form: FormId, limit: i64) -> Result<u64> {
    sql("delete from insight_count
         where workspace_id = $1 and form_id = $2 and (grain, field, period, term) in (
             select grain, field, period, term from insight_count
             where workspace_id = $1 and form_id = $2
             limit $3
         )")
    .bind(tx.workspace())
    .bind(form)
    .bind(limit)
    .run(tx)
    .await
}

/// Forgets how far a deleted form was counted.
pub(crate) async fn delete_progress(tx: &mut Tx, form: FormId) -> Result<()> {
    sql("delete from insight_progress where workspace_id = $1 and form_id = $2")
        .bind(tx.workspace())
        .bind(form)
        .run(tx)
        .await
        .map(|_| ())
}
