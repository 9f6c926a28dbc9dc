//! The SQL of addresses and of what their owners want no more.

use db::{Tx, sql};
use kernel::{Result, Timestamp};

use super::Address;

const ADDRESS: &str =
    "select address, asked_at, confirmed_at from mail_address where workspace_id = $1";

pub(crate) async fn list_named(tx: &mut Tx, addresses: &[String]) -> Result<Vec<Address>> {
    sql(ADDRESS)
        .push(" and address in")
        .bind(tx.workspace())
        .bind_list(addresses.iter().map(|address| address.to_lowercase()))
        .all(tx)
        .await
}

pub(crate) async fn count_addresses(tx: &mut Tx) -> Result<i64> {
    let (count,) = sql("select count(*) from mail_address where workspace_id = $1")
        .bind(tx.workspace())
        .one::<(i64,)>(tx)
        .await?;
    Ok(count)
}

/// Keeps that it is asked now; one that has said yes stays so.
pub(crate) async fn keep_asked(
    tx: &mut Tx,
    address: &str,
    asked_by: &str,
    now: Timestamp,
) -> Result<()> {
    sql("insert into mail_address (workspace_id, address, asked_by, asked_at)
         values ($1, $2, $3, $4)
         on conflict (workspace_id, address) do update
         set asked_by = excluded.asked_by, asked_at = excluded.asked_at")
    .bind(tx.workspace())
    .bind(address)
    .bind(asked_by)
    .bind(now)
    .run(tx)
    .await
    .map(|_| ())
}

/// Gives back whether there was one that waited.
pub(crate) async fn confirm(tx: &mut Tx, address: &str, now: Timestamp) -> Result<bool> {
    let changed = sql("update mail_address set confirmed_at = $3
         where workspace_id = $1 and address = $2 and confirmed_at is null")
    .bind(tx.workspace())
    .bind(address)
    .bind(now)
    .run(tx)
    .await?;
    Ok(changed > 0)
}

/// Those that want no mails about something, and begin so.
pub(crate) async fn list_refusing(tx: &mut Tx, beginning: &str) -> Result<Vec<String>> {
    let found: Vec<(String,)> = sql("select address from mail_refusal
         where workspace_id = $1 and substr(address, 1, cast($2 as integer)) = $3")
    .bind(tx.workspace())
    .bind(i32::try_from(beginning.chars().count()).unwrap_or(i32::MAX))
    .bind(beginning)
    .all(tx)
    .await?;
    Ok(found.into_iter().map(|(address,)| address).collect())
}

/// Those that were asked whether they want mails, and begin so.
pub(crate) async fn list_asked(tx: &mut Tx, beginning: &str) -> Result<Vec<String>> {
    let found: Vec<(String,)> = sql("select address from mail_address
         where workspace_id = $1 and substr(address, 1, cast($2 as integer)) = $3")
    .bind(tx.workspace())
    .bind(i32::try_from(beginning.chars().count()).unwrap_or(i32::MAX))
    .bind(beginning)
    .all(tx)
    .await?;
    Ok(found.into_iter().map(|(address,)| address).collect())
}

/// Forgets what an address wants, as it is spelt.
pub(crate) async fn forget(tx: &mut Tx, address: &str) -> Result<()> {
    for text in [
        "delete from mail_refusal where workspace_id = $1 and address = $2",
        "delete from mail_address where workspace_id = $1 and address = $2",
    ] {
        sql(text).bind(tx.workspace()).bind(address).run(tx).await?;
    }
    Ok(())
}

pub(crate) async fn insert_refusal(
    tx: &mut Tx,
    address: &str,
    about: &str,
    now: Timestamp,
) -> Result<()> {
    sql("insert into mail_refusal (workspace_id, address, about, at)
         values ($1, $2, $3, $4)
         on conflict (workspace_id, address, about) do nothing")
    .bind(tx.workspace())
    .bind(address)
    .bind(about)
    .bind(now)
    .run(tx)
    .await
    .map(|_| ())
}

pub(crate) async fn delete_refusal(tx: &mut Tx, address: &str, about: &str) -> Result<()> {
    sql("delete from mail_refusal where workspace_id = $1 and address = $2 and about = $3")
        .bind(tx.workspace())
        .bind(address)
        .bind(about)
        .run(tx)
        .await
        .map(|_| ())
}
