//! The SQL of senders.

use db::{Tx, sql};
use kernel::{Result, Timestamp};

use super::Sender;

pub(crate) async fn find_sender(tx: &mut Tx) -> Result<Option<Sender>> {
    sql("select name, reply_to from mail_sender where workspace_id = $1")
        .bind(tx.workspace())
        .optional(tx)
        .await
}

pub(crate) async fn keep_sender(tx: &mut Tx, sender: &Sender, now: Timestamp) -> Result<()> {
    sql("insert into mail_sender (workspace_id, name, reply_to, updated_at)
         values ($1, $2, $3, $4)
         on conflict (workspace_id) do update
         set name = excluded.name, reply_to = excluded.reply_to, updated_at = excluded.updated_at")
    .bind(tx.workspace())
    .bind(&sender.name)
    .bind(sender.reply_to.clone())
    .bind(now)
    .run(tx)
    .await
    .map(|_| ())
}
