//! The SQL of sessions.

use db::{Tx, sql};
use kernel::{Result, Timestamp, UserId};

use crate::User;

/// A session with its person.
#[derive(db::FromRow)]
pub(crate) struct Found {
    #[row(flatten)]
    pub(crate) user: User,
    pub(crate) created_at: Timestamp,
    pub(crate) seen_at: Timestamp,
}

pub(crate) async fn insert_session(
    tx: &mut Tx,
    token_hash: &str,
    user: UserId,
    now: Timestamp,
) -> Result<()> {
    sql("insert into session (token_hash, user_id, created_at, seen_at) values ($1, $2, $3, $3)")
        .bind(token_hash)
        .bind(user)
        .bind(now)
        .run(tx)
        .await
        .map(|_| ())
}

pub(crate) async fn find_session(tx: &mut Tx, token_hash: &str) -> Result<Option<Found>> {
    sql("select u.id, u.name, u.email, u.operator, s.created_at, s.seen_at
         from session s
         join user_account u on u.id = s.user_id
         where s.token_hash = $1")
    .bind(token_hash)
    .optional(tx)
    .await
}

pub(crate) async fn update_seen(tx: &mut Tx, token_hash: &str, now: Timestamp) -> Result<()> {
    sql("update session set seen_at = $2 where token_hash = $1")
        .bind(token_hash)
        .bind(now)
        .run(tx)
        .await
        .map(|_| ())
}

pub(crate) async fn delete_session(tx: &mut Tx, token_hash: &str) -> Result<()> {
    sql("delete from session where token_hash = $1").bind(token_hash).run(tx).await.map(|_| ())
}

/// Sweeps what nobody can use any more.
pub(crate) async fn delete_ended(
    tx: &mut Tx,
    user: UserId,
    created_before: Timestamp,
    seen_before: Timestamp,
) -> Result<()> {
    sql("delete from session
         where user_id = $1 and (created_at <= $2 or seen_at <= $3)")
    .bind(user)
    .bind(created_before)
    .bind(seen_before)
    .run(tx)
    .await
    .map(|_| ())
}
