//! What whoever sends asks and tells.

use db::{Insert, Json, ToValue, Tx, sql};
use kernel::{Result, Timestamp, WorkspaceId};

use super::{Attempt, state};
use crate::ids::{DeliveryId, MessageId, WebhookId};

/// A delivery that is now ours to send.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Claimed {
    pub(crate) id: DeliveryId,
    pub(crate) message_id: MessageId,
    /// As it was before it was claimed.
    pub(crate) state: String,
    /// With the attempt it is claimed for.
    pub(crate) attempts: i64,
    pub(crate) tries: i64,
}

/// Takes what is due, also from whoever has had it for too long. It is ours until `until`.
pub(crate) async fn claim_due(
    tx: &mut Tx,
    webhook: WebhookId,
    limit: i64,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<Claimed>> {
    let mut due: Vec<Claimed> = sql("select id, message_id, state, attempts, tries
         from webhook_delivery
         where workspace_id = $1 and webhook_id = $2 and due_at is not null and due_at <= $3
         order by due_at, id
         limit $4")
    .bind(tx.workspace())
    .bind(webhook)
    .bind(now)
    .bind(limit)
    .skip_locked(tx)
    .all(tx)
    .await?;
    if due.is_empty() {
        return Ok(due);
    }
    sql("update webhook_delivery
         set state = $2, attempts = attempts + 1, tries = tries + 1, due_at = $3, updated_at = $4
         where workspace_id = $1 and id in")
    .bind(tx.workspace())
    .bind(state::SENDING)
    .bind(until)
    .bind(now)
    .bind_list(due.iter().map(|one| one.id))
    .run(tx)
    .await?;
    for one in &mut due {
        one.attempts += 1;
        one.tries += 1;
    }
    Ok(due)
}

const ATTEMPT: Insert<11> = Insert {
    table: "webhook_attempt",
    columns: [
        "workspace_id",
        "delivery_id",
        "number",
        "at",
        "duration",
        "outcome",
        "status",
        "request_headers",
        "response_headers",
        "response_body",
        "error",
    ],
    // Whoever was taken for dead and was not knows better than whoever took over.
    suffix: "on conflict (workspace_id, delivery_id, number) do update
         set at = excluded.at, duration = excluded.duration, outcome = excluded.outcome, status = excluded.status,
             request_headers = excluded.request_headers, response_headers = excluded.response_headers,
             response_body = excluded.response_body, error = excluded.error",
};

pub(crate) async fn insert_attempts(
    tx: &mut Tx,
    attempts: Vec<(DeliveryId, Attempt)>,
) -> Result<()> {
    let workspace = tx.workspace();
    let row = |(delivery, attempt): (DeliveryId, Attempt)| {
        [
            workspace.value(),
            delivery.value(),
            attempt.number.value(),
            attempt.at.value(),
            attempt.duration.value(),
            attempt.outcome.value(),
            attempt.status.value(),
            attempt.request_headers.value(),
            Option::<Json>::value(attempt.response_headers),
            attempt.response_body.value(),
            attempt.error.value(),
        ]
    };
    ATTEMPT.run(tx, attempts.into_iter().map(row).collect()).await.map(|_| ())
}

/// What has become of an attempt.
#[derive(Debug)]
pub(crate) struct Settled {
    pub(crate) id: DeliveryId,
    /// The attempt that it is about.
    pub(crate) attempt: i64,
    pub(crate) state: &'static str,
    pub(crate) due_at: Option<Timestamp>,
    pub(crate) status: Option<i64>,
    pub(crate) error: Option<String>,
}

/// Ends an attempt, unless another has begun meanwhile.
pub(crate) async fn settle(tx: &mut Tx, settled: &Settled, now: Timestamp) -> Result<()> {
    sql("update webhook_delivery
         set state = $4, due_at = $5, last_status = $6, last_error = $7, updated_at = $8
         where workspace_id = $1 and id = $2 and attempts = $3 and state = $9")
    .bind(tx.workspace())
    .bind(settled.id)
    .bind(settled.attempt)
    .bind(settled.state)
    .bind(settled.due_at)
    .bind(settled.status)
    .bind(settled.error.clone())
    .bind(now)
    .bind(state::SENDING)
    .run(tx)
    .await
    .map(|_| ())
}

/// Forgets what was answered to these.
pub(crate) async fn forget_answers(tx: &mut Tx, ids: &[DeliveryId]) -> Result<()> {
    sql("update webhook_attempt set response_headers = null, response_body = null
         where workspace_id = $1 and delivery_id in")
    .bind(tx.workspace())
    .bind_list(ids.iter().copied())
    .run(tx)
    .await
    .map(|_| ())
}

/// Gives up those of these that are still to be sent, or are being sent.
pub(crate) async fn give_up(tx: &mut Tx, ids: &[DeliveryId], why: &str) -> Result<()> {
    sql("update webhook_delivery set state = $2, due_at = null, last_error = $3
         where workspace_id = $1 and due_at is not null and id in")
    .bind(tx.workspace())
    .bind(state::FAILED)
    .bind(why)
    .bind_list(ids.iter().copied())
    .run(tx)
    .await
    .map(|_| ())
}

/// Endpoints with something due since this moment, of any workspace.
pub(crate) async fn find_overdue(
    tx: &mut Tx,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, WebhookId)>> {
    sql("select w.workspace_id, w.id
         from webhook w
         where w.enabled = $2 and exists (
             select 1 from webhook_delivery d
             where d.workspace_id = w.workspace_id and d.webhook_id = w.id and d.due_at is not null and d.due_at <= $1
         )
         limit $3")
        .bind(since)
        .bind(true)
        .bind(limit)
        .all(tx)
        .await
}
