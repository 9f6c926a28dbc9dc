//! The SQL of endpoints and their secrets.

use db::{Tx, sql};
use kernel::{Result, Timestamp};

use super::Webhook;
use crate::ids::{SecretId, WebhookId};

const WEBHOOK: &str =
    "select id, url, description, event_types, subject, enabled, disabled_reason, listens_since,
                failing_since, failures, created_by, created_at, updated_at
         from webhook
         where workspace_id = $1";

pub(crate) async fn insert_webhook(tx: &mut Tx, webhook: &Webhook) -> Result<()> {
    sql("insert into webhook (workspace_id, id, url, description, event_types, subject, enabled, listens_since,
                 failures, created_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
        .bind(tx.workspace())
        .bind(webhook.id)
        .bind(&webhook.url)
        .bind(&webhook.description)
        .bind(&webhook.event_types)
        .bind(webhook.subject.clone())
        .bind(webhook.enabled)
        .bind(webhook.listens_since)
        .bind(webhook.failures)
        .bind(&webhook.created_by)
        .bind(webhook.created_at)
        .bind(webhook.updated_at)
        .run(tx)
        .await
        .map(|_| ())
}

/// All of the transaction's workspace; there are few.
pub(crate) async fn list_ids(tx: &mut Tx) -> Result<Vec<(WebhookId,)>> {
    sql("select id from webhook where workspace_id = $1").bind(tx.workspace()).all(tx).await
}

/// Everything of it that people change.
pub(crate) async fn update_webhook(tx: &mut Tx, webhook: &Webhook) -> Result<()> {
    sql("update webhook
         set url = $3, description = $4, event_types = $5, subject = $6, enabled = $7, disabled_reason = $8,
             listens_since = $9, failing_since = $10, failures = $11, updated_at = $12
         where workspace_id = $1 and id = $2")
    .bind(tx.workspace())
    .bind(webhook.id)
    .bind(&webhook.url)
    .bind(&webhook.description)
    .bind(&webhook.event_types)
    .bind(webhook.subject.clone())
    .bind(webhook.enabled)
    .bind(webhook.disabled_reason.clone())
    .bind(webhook.listens_since)
    .bind(webhook.failing_since)
    .bind(webhook.failures)
    .bind(webhook.updated_at)
    .run(tx)
    .await
    .map(|_| ())
}

/// Counts failures; the first of them gives the moment.
pub(crate) async fn add_failures(
    tx: &mut Tx,
    id: WebhookId,
    failures: usize,
    now: Timestamp,
) -> Result<()> {
    sql("update webhook set failures = failures + $3, failing_since = coalesce(failing_since, $4)
         where workspace_id = $1 and id = $2")
    .bind(tx.workspace())
    .bind(id)
    .bind(failures)
    .bind(now)
    .run(tx)
    .await
    .map(|_| ())
}

/// It works: nothing is held against it any more.
pub(crate) async fn forgive_failures(tx: &mut Tx, id: WebhookId) -> Result<()> {
    sql("update webhook set failures = 0, failing_since = null
         where workspace_id = $1 and id = $2 and failing_since is not null")
    .bind(tx.workspace())
    .bind(id)
    .run(tx)
    .await
    .map(|_| ())
}

/// Disables it, unless that has happened already.
pub(crate) async fn disable_webhook(
    tx: &mut Tx,
    id: WebhookId,
    reason: &str,
    now: Timestamp,
) -> Result<bool> {
    let changed = sql("update webhook set enabled = $3, disabled_reason = $4, updated_at = $5
         where workspace_id = $1 and id = $2 and enabled = $6")
    .bind(tx.workspace())
    .bind(id)
    .bind(false)
    .bind(reason)
    .bind(now)
    .bind(true)
    .run(tx)
    .await?;
    Ok(changed > 0)
}

pub(crate) async fn find_webhook(tx: &mut Tx, id: WebhookId) -> Result<Option<Webhook>> {
    sql(WEBHOOK).push(" and id = $2").bind(tx.workspace()).bind(id).optional(tx).await
}

/// Newest first.
pub(crate) async fn list_webhooks(
    tx: &mut Tx,
    before: Option<WebhookId>,
    limit: i64,
) -> Result<Vec<Webhook>> {
    sql(WEBHOOK)
        .push(" and ($2 is null or id < $2) order by id desc limit $3")
        .bind(tx.workspace())
        .bind(before)
        .bind(limit)
        .all(tx)
        .await
}

/// Those that get something, at most as many as a workspace may have.
pub(crate) async fn list_enabled(tx: &mut Tx, limit: i64) -> Result<Vec<Webhook>> {
    sql(WEBHOOK)
        .push(" and enabled = $2 order by id limit $3")
        .bind(tx.workspace())
        .bind(true)
        .bind(limit)
        .all(tx)
        .await
}

pub(crate) async fn count_webhooks(tx: &mut Tx) -> Result<i64> {
    let (count,) = sql("select count(*) from webhook where workspace_id = $1")
        .bind(tx.workspace())
        .one::<(i64,)>(tx)
        .await?;
    Ok(count)
}

pub(crate) async fn delete_webhook(tx: &mut Tx, id: WebhookId) -> Result<()> {
    sql("delete from webhook_secret where workspace_id = $1 and webhook_id = $2")
        .bind(tx.workspace())
        .bind(id)
        .run(tx)
        .await?;
    sql("delete from webhook where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(id)
        .run(tx)
        .await
        .map(|_| ())
}

/// A secret as it is stored.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct SealedSecret {
    pub(crate) sealed: String,
    pub(crate) expires_at: Option<Timestamp>,
}

pub(crate) async fn insert_secret(
    tx: &mut Tx,
    webhook: WebhookId,
    id: SecretId,
    sealed: &str,
    now: Timestamp,
) -> Result<()> {
    sql("insert into webhook_secret (workspace_id, webhook_id, id, sealed, created_at)
         values ($1, $2, $3, $4, $5)")
    .bind(tx.workspace())
    .bind(webhook)
    .bind(id)
    .bind(sealed)
    .bind(now)
    .run(tx)
    .await
    .map(|_| ())
}

/// Those that sign at this moment, the newest first.
pub(crate) async fn list_secrets(
    tx: &mut Tx,
    webhook: WebhookId,
    now: Timestamp,
) -> Result<Vec<SealedSecret>> {
    sql("select sealed, expires_at
         from webhook_secret
         where workspace_id = $1 and webhook_id = $2 and (expires_at is null or expires_at > $3)
         order by expires_at is not null, created_at desc, id desc")
    .bind(tx.workspace())
    .bind(webhook)
    .bind(now)
    .all(tx)
    .await
}

/// Lets all present secrets end at `expires_at` at the latest, and forgets those that have ended.
pub(crate) async fn expire_secrets(
    tx: &mut Tx,
    webhook: WebhookId,
    expires_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    sql("delete from webhook_secret
         where workspace_id = $1 and webhook_id = $2 and expires_at is not null and expires_at <= $3")
    .bind(tx.workspace())
    .bind(webhook)
    .bind(now)
    .run(tx)
    .await?;
    sql("update webhook_secret set expires_at = $3
         where workspace_id = $1 and webhook_id = $2 and (expires_at is null or expires_at > $3)")
    .bind(tx.workspace())
    .bind(webhook)
    .bind(expires_at)
    .run(tx)
    .await
    .map(|_| ())
}
