//! The SQL of deliveries and attempts.

mod sending;

use db::{Tx, sql};
use kernel::{Result, Timestamp};

use super::{Attempt, Delivery, state};
use crate::ids::{DeliveryId, MessageId, WebhookId};

pub(crate) use sending::{
    Claimed, Settled, claim_due, find_overdue, forget_answers, give_up, insert_attempts, settle,
};

const DELIVERY: &str =
    "select id, webhook_id, message_id, type, state, attempts, due_at, last_status, last_error,
                created_at, updated_at
         from webhook_delivery
         where workspace_id = $1";

pub(crate) async fn find_delivery(tx: &mut Tx, id: DeliveryId) -> Result<Option<Delivery>> {
    sql(DELIVERY).push(" and id = $2").bind(tx.workspace()).bind(id).optional(tx).await
}

/// Which deliveries are asked for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) webhook: Option<WebhookId>,
    pub(crate) state: Option<String>,
    pub(crate) kind: Option<String>,
    /// Not before this one.
    pub(crate) from: DeliveryId,
    /// Only those before this one.
    pub(crate) before: DeliveryId,
}

/// Newest first. Each combination of what is asked for is a text of its own, so that each is served by an index.
pub(crate) async fn list_deliveries(
    tx: &mut Tx,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<Delivery>> {
    const PLACES: [[&str; 3]; 4] = [
        [" and webhook_id = $4", " and state = $4", " and type = $4"],
        ["", " and state = $5", " and type = $5"],
        ["", "", " and type = $6"],
        ["", "", ""],
    ];
    const LIMITS: [&str; 4] = [" limit $4", " limit $5", " limit $6", " limit $7"];
    let webhook = asked.webhook.map(|id| id.to_string());
    let filters = [webhook.as_ref(), asked.state.as_ref(), asked.kind.as_ref()];
    let mut statement = sql(DELIVERY)
        .push(" and id < $2 and id >= $3")
        .bind(tx.workspace())
        .bind(asked.before)
        .bind(asked.from);
    let mut place = 0;
    for (index, filter) in filters.into_iter().enumerate() {
        if let Some(value) = filter {
            statement = statement.push(PLACES[place][index]).bind(value);
            place += 1;
        }
    }
    statement.push(" order by id desc").push(LIMITS[place]).bind(limit).all(tx).await
}

pub(crate) async fn find_payload(tx: &mut Tx, message: MessageId) -> Result<Option<String>> {
    let found = sql("select payload from webhook_message where workspace_id = $1 and id = $2")
        .bind(tx.workspace())
        .bind(message)
        .optional::<(String,)>(tx);
    Ok(found.await?.map(|(payload,)| payload))
}

/// The latest first.
pub(crate) async fn list_attempts(
    tx: &mut Tx,
    delivery: DeliveryId,
    limit: i64,
) -> Result<Vec<Attempt>> {
    sql("select number, at, duration, outcome, status, request_headers, response_headers, response_body, error
         from webhook_attempt
         where workspace_id = $1 and delivery_id = $2
         order by number desc
         limit $3")
    .bind(tx.workspace())
    .bind(delivery)
    .bind(limit)
    .all(tx)
    .await
}

/// Starts a delivery over, unless it is on the wire; gives back whether it does.
pub(crate) async fn restart(tx: &mut Tx, id: DeliveryId, now: Timestamp) -> Result<bool> {
    let changed =
        sql("update webhook_delivery set state = $3, tries = 0, due_at = $4, updated_at = $4
         where workspace_id = $1 and id = $2 and state <> $5")
        .bind(tx.workspace())
        .bind(id)
        .bind(state::PENDING)
        .bind(now)
        .bind(state::SENDING)
        .run(tx)
        .await?;
    Ok(changed > 0)
}

/// Some that were given up, oldest first, after one and before another.
pub(crate) async fn list_failed(
    tx: &mut Tx,
    webhook: WebhookId,
    after: DeliveryId,
    before: DeliveryId,
    limit: i64,
) -> Result<Vec<(DeliveryId,)>> {
    sql("select id from webhook_delivery
         where workspace_id = $1 and webhook_id = $2 and state = $3 and id > $4 and id < $5
         order by id
         limit $6")
    .bind(tx.workspace())
    .bind(webhook)
    .bind(state::FAILED)
    .bind(after)
    .bind(before)
    .bind(limit)
    .all(tx)
    .await
}

/// Starts many of an endpoint over that were given up.
pub(crate) async fn restart_failed(
    tx: &mut Tx,
    webhook: WebhookId,
    ids: impl IntoIterator<Item = DeliveryId>,
    now: Timestamp,
) -> Result<u64> {
    sql("update webhook_delivery set state = $2, tries = 0, due_at = $3, updated_at = $3
         where workspace_id = $1 and webhook_id = $4 and state = $5 and id in")
    .bind(tx.workspace())
    .bind(state::PENDING)
    .bind(now)
    .bind(webhook)
    .bind(state::FAILED)
    .bind_list(ids)
    .run(tx)
    .await
}

/// Deletes some of a deleted endpoint with their attempts; gives back how many.
pub(crate) async fn delete_some_of(tx: &mut Tx, webhook: WebhookId, limit: i64) -> Result<usize> {
    let some: Vec<(DeliveryId,)> = sql("select id from webhook_delivery
         where workspace_id = $1 and webhook_id = $2
         order by id
         limit $3")
    .bind(tx.workspace())
    .bind(webhook)
    .bind(limit)
    .all(tx)
    .await?;
    if some.is_empty() {
        return Ok(0);
    }
    let ids = || some.iter().map(|(id,)| *id);
    sql("delete from webhook_attempt where workspace_id = $1 and delivery_id in")
        .bind(tx.workspace())
        .bind_list(ids())
        .run(tx)
        .await?;
    sql("delete from webhook_delivery where workspace_id = $1 and id in")
        .bind(tx.workspace())
        .bind_list(ids())
        .run(tx)
        .await?;
    Ok(some.len())
}

/// Deletes some older than this moment with their attempts, of any workspace; gives back how many.
pub(crate) async fn delete_old(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    sql("delete from webhook_attempt
         where (workspace_id, delivery_id) in (
             select workspace_id, id from webhook_delivery where created_at < $1 order by created_at, workspace_id, id limit $2
         )")
    .bind(before)
    .bind(limit)
    .run(tx)
    .await?;
    sql("delete from webhook_delivery
         where (workspace_id, id) in (
             select workspace_id, id from webhook_delivery where created_at < $1 order by created_at, workspace_id, id limit $2
         )")
    .bind(before)
    .bind(limit)
    .run(tx)
    .await
}
