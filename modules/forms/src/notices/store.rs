//! The SQL of notices.

use db::{Tx, sql};
use kernel::Result;

use super::{Kind, Named, Notice};
use crate::{
    forms::FormId,
    submissions::{incoming::IMPORT, tray::Tray},
};

const NOTICE: &str = "select form_id, enabled, rhythm, recipients, field, reply_to, subject, body, hourly_cap, origin, slug,
                since_number, window_at, window_count, waiting_after, waiting_count, waiting_until, withheld, updated_at
         from form_notice
         where workspace_id = $1 and form_id = $2 and kind = $3";

pub(crate) async fn find_notice(tx: &mut Tx, form: FormId, kind: Kind) -> Result<Option<Notice>> {
    sql(NOTICE).bind(tx.workspace()).bind(form).bind(kind.word()).optional(tx).await
}

/// Locked until the commit, so that two who count do not count past each other.
pub(crate) async fn lock_notice(tx: &mut Tx, form: FormId, kind: Kind) -> Result<Option<Notice>> {
    sql("update form_notice set enabled = enabled where workspace_id = $1 and form_id = $2 and kind = $3")
        .bind(tx.workspace())
        .bind(form)
        .bind(kind.word())
        .run(tx)
        .await?;
    find_notice(tx, form, kind).await
}

/// Whether a form sends anything at all.
pub(crate) async fn sends(tx: &mut Tx, form: FormId) -> Result<bool> {
    let found: Option<(String,)> =
        sql("select kind from form_notice where workspace_id = $1 and form_id = $2 and enabled = $3 limit 1")
            .bind(tx.workspace())
            .bind(form)
            .bind(true)
            .optional(tx)
            .await?;
    Ok(found.is_some())
}

/// Everything that people decide.
pub(crate) async fn keep_notice(tx: &mut Tx, kind: Kind, notice: &Notice) -> Result<()> {
    sql("insert into form_notice (workspace_id, form_id, kind, enabled, rhythm, recipients, field, reply_to, subject,
                 body, hourly_cap, origin, slug, since_number, window_at, window_count, waiting_after, waiting_count,
                 waiting_until, withheld, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
         on conflict (workspace_id, form_id, kind) do update
         set enabled = excluded.enabled, rhythm = excluded.rhythm, recipients = excluded.recipients,
             field = excluded.field, reply_to = excluded.reply_to, subject = excluded.subject, body = excluded.body,
             hourly_cap = excluded.hourly_cap, origin = excluded.origin, slug = excluded.slug,
             since_number = excluded.since_number, window_at = excluded.window_at,
             window_count = excluded.window_count, waiting_after = excluded.waiting_after,
             waiting_count = excluded.waiting_count, waiting_until = excluded.waiting_until,
             withheld = excluded.withheld, updated_at = excluded.updated_at")
    .bind(tx.workspace())
    .bind(notice.form_id)
    .bind(kind.word())
    .bind(notice.enabled)
    .bind(&notice.rhythm)
    .bind(notice.recipients.clone())
    .bind(notice.field.clone())
    .bind(notice.reply_to.clone())
    .bind(&notice.subject)
    .bind(&notice.body)
    .bind(notice.hourly_cap)
    .bind(&notice.origin)
    .bind(&notice.slug)
    .bind(notice.since_number)
    .bind(notice.window_at)
    .bind(notice.window_count)
    .bind(notice.waiting_after)
    .bind(notice.waiting_count)
    .bind(notice.waiting_until)
    .bind(notice.withheld)
    .bind(notice.updated_at)
    .run(tx)
    .await
    .map(|_| ())
}

/// The next ones of any form, behind a form and a kind.
pub(crate) async fn list_named(
    tx: &mut Tx,
    (form, kind): (&str, &str),
    limit: i64,
) -> Result<Vec<Named>> {
    sql("select form_id, kind, recipients, reply_to
         from form_notice
         where workspace_id = $1 and (form_id, kind) > ($2, $3)
         order by form_id, kind
         limit $4")
    .bind(tx.workspace())
    .bind(form)
    .bind(kind)
    .bind(limit)
    .all(tx)
    .await
}

pub(crate) async fn delete_notices(tx: &mut Tx, form: FormId) -> Result<()> {
    sql("delete from form_notice where workspace_id = $1 and form_id = $2")
        .bind(tx.workspace())
        .bind(form)
        .run(tx)
        .await
        .map(|_| ())
}

/// Submissions between two numbers, the second with it, that lie in spam or bin; but for imported ones.
pub(crate) async fn count_put_away(tx: &mut Tx, form: FormId, after: i64, to: i64) -> Result<i64> {
    let (count,) = sql("select count(*) from submission_state t
         join submission s on s.workspace_id = t.workspace_id and s.id = t.submission_id
         where t.workspace_id = $1 and t.form_id = $2 and t.number > $3 and t.number <= $4 and t.tray in ($5, $6)
           and s.source <> $7")
    .bind(tx.workspace())
    .bind(form)
    .bind(after)
    .bind(to)
    .bind(Tray::Spam.as_str())
    .bind(Tray::Bin.as_str())
    .bind(IMPORT)
    .one::<(i64,)>(tx)
    .await?;
    Ok(count)
}
