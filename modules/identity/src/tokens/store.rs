//! The SQL of token families.

use db::{Tx, sql};
use kernel::{Result, Timestamp, UserId};

use super::FamilyId;
use crate::User;

pub(crate) async fn insert_family(
    tx: &mut Tx,
    family: FamilyId,
    user: UserId,
    secret_hash: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    sql("insert into token_family (id, user_id, secret_hash, created_at, expires_at)
         values ($1, $2, $3, $4, $5)")
    .bind(family)
    .bind(user)
    .bind(secret_hash)
    .bind(now)
    .bind(expires_at)
    .run(tx)
    .await
    .map(|_| ())
}

/// One refresh token for the next.
pub(crate) struct Renewal<'a> {
    pub(crate) family: FamilyId,
    pub(crate) old_hash: &'a str,
    pub(crate) new_hash: &'a str,
    pub(crate) now: Timestamp,
    pub(crate) expires_at: Timestamp,
}

/// Only one of several that come with the same token finds its row.
pub(crate) async fn update_secret(tx: &mut Tx, renewal: &Renewal<'_>) -> Result<Option<UserId>> {
    let row = sql("update token_family
         set secret_hash = $3, expires_at = $5
         where id = $1 and secret_hash = $2 and expires_at > $4
         returning user_id")
    .bind(renewal.family)
    .bind(renewal.old_hash)
    .bind(renewal.new_hash)
    .bind(renewal.now)
    .bind(renewal.expires_at)
    .optional::<(UserId,)>(tx)
    .await?;
    Ok(row.map(|(user,)| user))
}

pub(crate) async fn find_user(tx: &mut Tx, family: FamilyId) -> Result<Option<User>> {
    sql("select u.id, u.name, u.email, u.operator
         from token_family f
         join user_account u on u.id = f.user_id
         where f.id = $1")
    .bind(family)
    .optional(tx)
    .await
}

pub(crate) async fn delete_family(tx: &mut Tx, family: FamilyId) -> Result<()> {
    sql("delete from token_family where id = $1").bind(family).run(tx).await.map(|_| ())
}

/// Sweeps what nobody can use any more.
pub(crate) async fn delete_ended(tx: &mut Tx, user: UserId, now: Timestamp) -> Result<()> {
    sql("delete from token_family where user_id = $1 and expires_at <= $2")
        .bind(user)
        .bind(now)
        .run(tx)
        .await
        .map(|_| ())
}
