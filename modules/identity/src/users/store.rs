//! The SQL of accounts.

use db::{Tx, sql};
use kernel::{Result, UserId};

use super::{Account, User};

pub(crate) async fn insert_user(tx: &mut Tx, account: &Account) -> Result<()> {
    sql("insert into user_account (id, email, name, password_hash, operator, created_at)
         values ($1, $2, $3, $4, $5, $6)")
    .bind(account.user.id)
    .bind(&account.user.email)
    .bind(&account.user.name)
    .bind(&account.password_hash)
    .bind(account.user.operator)
    .bind(account.created_at)
    .run(tx)
    .await
    .map(|_| ())
}

pub(crate) async fn find_user(tx: &mut Tx, id: UserId) -> Result<Option<User>> {
    sql("select id, name, email, operator from user_account where id = $1")
        .bind(id)
        .optional(tx)
        .await
}

pub(crate) async fn find_user_by_email(tx: &mut Tx, email: &str) -> Result<Option<User>> {
    sql("select id, name, email, operator from user_account where email = $1")
        .bind(email)
        .optional(tx)
        .await
}

/// An account with its hash, which nothing else reads.
#[derive(db::FromRow)]
pub(crate) struct WithPassword {
    #[row(flatten)]
    pub(crate) user: User,
    pub(crate) password_hash: String,
}

pub(crate) async fn find_with_password(tx: &mut Tx, email: &str) -> Result<Option<WithPassword>> {
    sql("select id, name, email, operator, password_hash from user_account where email = $1")
        .bind(email)
        .optional(tx)
        .await
}

pub(crate) async fn update_password(tx: &mut Tx, id: UserId, password_hash: &str) -> Result<()> {
    sql("update user_account set password_hash = $2 where id = $1")
        .bind(id)
        .bind(password_hash)
        .run(tx)
        .await
        .map(|_| ())
}

pub(crate) async fn exists_operator(tx: &mut Tx) -> Result<bool> {
    let found = sql("select id from user_account where operator limit 1").optional::<(UserId,)>(tx);
    Ok(found.await?.is_some())
}
