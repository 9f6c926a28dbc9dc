//! What whoever erases asks and tells.

use db::{Tx, sql};
use kernel::{Result, Timestamp};

use super::super::state;
use crate::ids::MailId;

/// What may name a person in a mail.
#[derive(Debug, Clone, db::FromRow)]
pub struct Letter {
    pub id: MailId,
    pub recipient: String,
    pub reply_to: Option<String>,
    pub subject: String,
    pub body_text: String,
    /// What the server said last.
    pub last_answer: Option<String>,
}

const LETTER: &str = "select id, recipient, reply_to, subject, body_text, last_answer
         from mail
         where workspace_id = $1 and erased_at is null";

pub(crate) async fn list_letters(tx: &mut Tx, behind: &str, limit: i64) -> Result<Vec<Letter>> {
    sql(LETTER)
        .push(" and id > $2 order by id limit $3")
        .bind(tx.workspace())
        .bind(behind)
        .bind(limit)
        .all(tx)
        .await
}

/// From one id on, below another.
pub(crate) async fn list_about(
    tx: &mut Tx,
    about: &str,
    purpose: Option<&str>,
    (first, end): (MailId, MailId),
) -> Result<Vec<Letter>> {
    sql(LETTER)
        .push(
            " and about = $2 and id >= $3 and id < $4 and ($5 is null or purpose = $5) order by id",
        )
        .bind(tx.workspace())
        .bind(about)
        .bind(first)
        .bind(end)
        .bind(purpose)
        .all(tx)
        .await
}

/// What stands in the place of what is erased.
pub(crate) const ERASED: &str = "Erased";
const ERASED_HTML: &str = "<p>Erased</p>";

pub(crate) async fn erase(tx: &mut Tx, ids: &[MailId], now: Timestamp) -> Result<u64> {
    sql("update mail
         set subject = $2, body_text = $2, body_html = $3, reply_to = null, unsubscribe = null, last_answer = null,
             due_at = null, state = case when due_at is null then state else $4 end, erased_at = $5
         where workspace_id = $1 and erased_at is null and id in")
    .bind(tx.workspace())
    .bind(ERASED)
    .bind(ERASED_HTML)
    .bind(state::FAILED)
    .bind(now)
    .bind_list(ids.iter().copied())
    .run(tx)
    .await
}

pub(crate) async fn erase_recipients(tx: &mut Tx, ids: &[MailId]) -> Result<()> {
    sql("update mail set recipient = $2, recipient_name = '' where workspace_id = $1 and id in")
        .bind(tx.workspace())
        .bind(ERASED)
        .bind_list(ids.iter().copied())
        .run(tx)
        .await
        .map(|_| ())
}

/// Those of these that were erased.
pub(crate) async fn list_erased(tx: &mut Tx, ids: &[MailId]) -> Result<Vec<MailId>> {
    let found: Vec<(MailId,)> =
        sql("select id from mail where workspace_id = $1 and erased_at is not null and id in")
            .bind(tx.workspace())
            .bind_list(ids.iter().copied())
            .all(tx)
            .await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Servers repeat the address.
pub(crate) async fn erase_answers(tx: &mut Tx, ids: &[MailId]) -> Result<()> {
    sql("update mail_attempt set answer = $2 where workspace_id = $1 and mail_id in")
        .bind(tx.workspace())
        .bind(ERASED)
        .bind_list(ids.iter().copied())
        .run(tx)
        .await
        .map(|_| ())
}
