//! The SQL of the operator's way in.

use db::{Tx, sql};
use kernel::Result;

pub(crate) async fn replace_setup_token(tx: &mut Tx, token_hash: &str) -> Result<()> {
    sql("delete from setup_token").run(tx).await?;
    sql("insert into setup_token (token_hash) values ($1)")
        .bind(token_hash)
        .run(tx)
        .await
        .map(|_| ())
}

pub(crate) async fn exists_setup_token(tx: &mut Tx, token_hash: &str) -> Result<bool> {
    let found = sql("select token_hash from setup_token where token_hash = $1")
        .bind(token_hash)
        .optional::<(String,)>(tx);
    Ok(found.await?.is_some())
}

/// Whether it was there; only one of several who come at once is told so.
pub(crate) async fn delete_setup_token(tx: &mut Tx, token_hash: &str) -> Result<bool> {
    let gone = sql("delete from setup_token where token_hash = $1").bind(token_hash).run(tx);
    Ok(gone.await? == 1)
}
