//! All SQL of the kept replies.

use db::{FromRow, Tx, sql};
use kernel::{Result, Timestamp};

use super::{Attempt, KeptReply};

/// What is known of a key.
#[derive(Debug, FromRow)]
pub(super) struct Kept {
    pub(super) route: String,
    pub(super) fingerprint: i64,
    pub(super) state: String,
    pub(super) status: Option<i64>,
    pub(super) location: Option<String>,
    pub(super) body: Option<String>,
    pub(super) created_at: Timestamp,
}

/// Takes the key; false when it is taken already.
pub(super) async fn insert_reservation(tx: &mut Tx, attempt: &Attempt) -> Result<bool> {
    sql("insert into idempotent_reply
             (workspace_id, actor, key, route, fingerprint, state, created_at)
         values ($1, $2, $3, $4, $5, 'reserved', $6)
         on conflict (workspace_id, actor, key) do nothing")
    .bind(attempt.workspace_id())
    .bind(&attempt.actor)
    .bind(&attempt.key)
    .bind(&attempt.route)
    .bind(attempt.fingerprint)
    .bind(attempt.begun_at)
    .run(tx)
    .await
    .map(|count| count == 1)
}

pub(super) async fn find_reply(tx: &mut Tx, attempt: &Attempt) -> Result<Option<Kept>> {
    sql("select route, fingerprint, state, status, location, body, created_at
         from idempotent_reply
         where workspace_id = $1 and actor = $2 and key = $3")
    .bind(attempt.workspace_id())
    .bind(&attempt.actor)
    .bind(&attempt.key)
    .optional(tx)
    .await
}

/// Takes over a reservation that was made at `since`; false when someone else was quicker.
pub(super) async fn take_over(tx: &mut Tx, attempt: &Attempt, since: Timestamp) -> Result<bool> {
    sql("update idempotent_reply
         set created_at = $5
         where workspace_id = $1 and actor = $2 and key = $3
           and state = 'reserved' and created_at = $4")
    .bind(attempt.workspace_id())
    .bind(&attempt.actor)
    .bind(&attempt.key)
    .bind(since)
    .bind(attempt.begun_at)
    .run(tx)
    .await
    .map(|count| count == 1)
}

/// Keeps the reply, unless another attempt has taken over.
pub(super) async fn update_reply(
    tx: &mut Tx,
    attempt: &Attempt,
    status: u16,
    location: Option<&str>,
    body: &str,
) -> Result<()> {
    sql("update idempotent_reply
         set state = 'stored', status = $5, location = $6, body = $7
         where workspace_id = $1 and actor = $2 and key = $3
           and state = 'reserved' and created_at = $4")
    .bind(attempt.workspace_id())
    .bind(&attempt.actor)
    .bind(&attempt.key)
    .bind(attempt.begun_at)
    .bind(i64::from(status))
    .bind(location)
    .bind(body)
    .run(tx)
    .await
    .map(|_| ())
}

/// Gives the key free again, unless another attempt has taken over.
pub(super) async fn delete_reservation(tx: &mut Tx, attempt: &Attempt) -> Result<()> {
    sql("delete from idempotent_reply
         where workspace_id = $1 and actor = $2 and key = $3
           and state = 'reserved' and created_at = $4")
    .bind(attempt.workspace_id())
    .bind(&attempt.actor)
    .bind(&attempt.key)
    .bind(attempt.begun_at)
    .run(tx)
    .await
    .map(|_| ())
}

/// The next ones of the transaction's workspace.
pub(super) async fn list_behind(
    tx: &mut Tx,
    (actor, key): (&str, &str),
    limit: i64,
) -> Result<Vec<KeptReply>> {
    sql("select actor, key, route, location, body
         from idempotent_reply
         where workspace_id = $1 and (actor, key) > ($2, $3)
         order by actor, key
         limit $4")
    .bind(tx.workspace())
    .bind(actor)
    .bind(key)
    .bind(limit)
    .all(tx)
    .await
}

pub(super) async fn delete_reply(tx: &mut Tx, actor: &str, key: &str) -> Result<()> {
    sql("delete from idempotent_reply where workspace_id = $1 and actor = $2 and key = $3")
        .bind(tx.workspace())
        .bind(actor)
        .bind(key)
        .run(tx)
        .await
        .map(|_| ())
}

/// Deletes some of what is older than `moment`; tells how many.
pub(super) async fn delete_older(tx: &mut Tx, moment: Timestamp, limit: i64) -> Result<u64> {
    sql("delete from idempotent_reply
         where (workspace_id, actor, key) in (
             select workspace_id, actor, key from idempotent_reply where created_at < $1 limit $2
         )")
    .bind(moment)
    .bind(limit)
    .run(tx)
    .await
}
