//! The SQL of messages, and of laying them out for their endpoints.

use db::{Insert, ToValue, Tx, sql};
use kernel::{Result, Timestamp};

use super::Laid;
use crate::ids::{DeliveryId, MessageId, WebhookId};

/// What is sent.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct StoredMessage {
    pub(crate) id: MessageId,
    pub(crate) payload: String,
}

const MESSAGE: Insert<6> = Insert {
    table: "webhook_message",
    columns: ["workspace_id", "id", "type", "subject", "payload", "created_at"],
    suffix: "on conflict (workspace_id, id) do nothing",
};

/// Those that are there already stay as they are.
pub(crate) async fn insert_messages(tx: &mut Tx, messages: Vec<Laid>) -> Result<()> {
    let workspace = tx.workspace();
    let row = |(id, payload, message): Laid| {
        [
            workspace.value(),
            id.value(),
            message.kind.value(),
            message.subject.value(),
            payload.value(),
            message.at.value(),
        ]
    };
    MESSAGE.run(tx, messages.into_iter().map(row).collect()).await.map(|_| ())
}

/// A message's way to one endpoint.
#[derive(Debug)]
pub(crate) struct Way {
    pub(crate) id: DeliveryId,
    pub(crate) message: MessageId,
    pub(crate) webhook: WebhookId,
    pub(crate) kind: &'static str,
    pub(crate) at: Timestamp,
}

const DELIVERY: Insert<11> = Insert {
    table: "webhook_delivery",
    columns: [
        "workspace_id",
        "id",
        "webhook_id",
        "message_id",
        "type",
        "state",
        "attempts",
        "tries",
        "due_at",
        "created_at",
        "updated_at",
    ],
    suffix: "on conflict (workspace_id, id) do nothing",
};

/// Those that are there already stay as they are.
pub(crate) async fn insert_ways(tx: &mut Tx, ways: Vec<Way>, now: Timestamp) -> Result<()> {
    let workspace = tx.workspace();
    let row = |way: Way| {
        [
            workspace.value(),
            way.id.value(),
            way.webhook.value(),
            way.message.value(),
            way.kind.value(),
            "pending".value(),
            0_i64.value(),
            0_i64.value(),
            now.value(),
            way.at.value(),
            now.value(),
        ]
    };
    DELIVERY.run(tx, ways.into_iter().map(row).collect()).await.map(|_| ())
}

pub(crate) async fn list_messages(
    tx: &mut Tx,
    ids: impl IntoIterator<Item = MessageId>,
) -> Result<Vec<StoredMessage>> {
    sql("select id, payload from webhook_message where workspace_id = $1 and id in")
        .bind(tx.workspace())
        .bind_list(ids)
        .all(tx)
        .await
}

/// A message as the log keeps it.
#[derive(Debug, Clone, db::FromRow)]
pub struct KeptMessage {
    pub id: MessageId,
    /// JSON.
    pub payload: String,
}

pub(super) async fn list_behind(tx: &mut Tx, behind: &str, limit: i64) -> Result<Vec<KeptMessage>> {
    sql("select id, payload from webhook_message where workspace_id = $1 and id > $2 order by id limit $3")
        .bind(tx.workspace())
        .bind(behind)
        .bind(limit)
        .all(tx)
        .await
}

/// Those of these that are there, with when they happened.
pub(crate) async fn list_times(
    tx: &mut Tx,
    ids: &[MessageId],
) -> Result<Vec<(MessageId, Timestamp)>> {
    sql("select id, created_at from webhook_message where workspace_id = $1 and id in")
        .bind(tx.workspace())
        .bind_list(ids.iter().copied())
        .all(tx)
        .await
}

pub(super) async fn delete_messages(tx: &mut Tx, ids: &[MessageId]) -> Result<()> {
    sql("delete from webhook_message where workspace_id = $1 and id in")
        .bind(tx.workspace())
        .bind_list(ids.iter().copied())
        .run(tx)
        .await
        .map(|_| ())
}

/// Deletes some older than this moment, of any workspace; gives back how many.
pub(crate) async fn delete_old(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    sql("delete from webhook_message
         where (workspace_id, id) in (
             select workspace_id, id from webhook_message where created_at < $1 order by created_at limit $2
         )")
    .bind(before)
    .bind(limit)
    .run(tx)
    .await
}
