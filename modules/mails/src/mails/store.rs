//! The SQL of mails.

mod erasing;
mod sending;

use db::{Insert, ToValue, Tx, sql};
use kernel::{Result, Timestamp};

use super::{Attempt, Content, Mail, NewMail, state};
use crate::{
    ids::{MailId, mail_id},
    sender::Sender,
};

pub use erasing::Letter;
pub(crate) use erasing::{
    ERASED, erase, erase_answers, erase_recipients, list_about, list_erased, list_letters,
};
pub(crate) use sending::{Claimed, Settled, claim_due, find_overdue, insert_attempts, settle};

const MAIL: &str =
    "select id, purpose, about, recipient, recipient_name, subject, state, attempts, due_at,
                last_status, last_answer, created_at, updated_at, erased_at
         from mail
         where workspace_id = $1";

pub(crate) async fn find_mail(tx: &mut Tx, id: MailId) -> Result<Option<Mail>> {
    sql(MAIL).push(" and id = $2").bind(tx.workspace()).bind(id).optional(tx).await
}

pub(crate) async fn find_content(tx: &mut Tx, id: MailId) -> Result<Option<Content>> {
    sql("select from_name, reply_to, body_text, body_html
         from mail
         where workspace_id = $1 and id = $2")
    .bind(tx.workspace())
    .bind(id)
    .optional(tx)
    .await
}

const INSERT: Insert<18> = Insert {
    table: "mail",
    columns: [
        "workspace_id",
        "id",
        "purpose",
        "about",
        "recipient",
        "recipient_name",
        "from_name",
        "reply_to",
        "subject",
        "body_text",
        "body_html",
        "unsubscribe",
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
pub(crate) async fn insert_mails(
    tx: &mut Tx,
    mails: Vec<NewMail>,
    sender: &Sender,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    let row = |mail: NewMail| {
        [
            workspace.value(),
            mail_id(&mail.source, mail.at).value(),
            mail.purpose.value(),
            mail.about.value(),
            mail.recipient.value(),
            mail.recipient_name.value(),
            sender.name.clone().value(),
            mail.reply_to.or_else(|| sender.reply_to.clone()).value(),
            mail.content.subject.value(),
            mail.content.text.value(),
            mail.content.html.value(),
            mail.unsubscribe.value(),
            state::PENDING.value(),
            0_i64.value(),
            0_i64.value(),
            now.value(),
            now.value(),
            now.value(),
        ]
    };
    INSERT.run(tx, mails.into_iter().map(row).collect()).await.map(|_| ())
}

/// Addresses that want no more mails about something, in small letters.
pub(crate) async fn list_refusals(
    tx: &mut Tx,
    addresses: impl Iterator<Item = String>,
) -> Result<Vec<(String, String)>> {
    sql("select address, about from mail_refusal where workspace_id = $1 and address in")
        .bind(tx.workspace())
        .bind_list(addresses.map(|address| address.to_lowercase()))
        .all(tx)
        .await
}

/// Which mails are asked for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) state: Option<String>,
    pub(crate) about: Option<String>,
    pub(crate) recipient: Option<String>,
    /// Only those before this one.
    pub(crate) before: MailId,
}

/// Newest first; to an address as it is written and in small letters. Both at once would be served by no index.
pub(crate) async fn list_mails(tx: &mut Tx, asked: &Asked, limit: i64) -> Result<Vec<Mail>> {
    let mut mails = list_spelled(tx, asked, limit).await?;
    let small = asked.recipient.as_ref().map(|address| address.to_lowercase());
    if small != asked.recipient {
        let other = Asked { recipient: small, ..asked.clone() };
        mails.extend(list_spelled(tx, &other, limit).await?);
        mails.sort_by_key(|mail| std::cmp::Reverse(mail.id.to_string()));
        mails.truncate(usize::try_from(limit).unwrap_or(0));
    }
    Ok(mails)
}

/// Each combination of what is asked for is a text of its own, so that each is served by an index.
async fn list_spelled(tx: &mut Tx, asked: &Asked, limit: i64) -> Result<Vec<Mail>> {
    const PLACES: [[&str; 3]; 3] = [
        [" and about = $3", " and state = $3", " and recipient = $3"],
        ["", " and state = $4", " and recipient = $4"],
        ["", "", " and recipient = $5"],
    ];
    const LIMITS: [&str; 4] = [" limit $3", " limit $4", " limit $5", " limit $6"];
    let filters = [&asked.about, &asked.state, &asked.recipient];
    let mut statement = sql(MAIL).push(" and id < $2").bind(tx.workspace()).bind(asked.before);
    let mut place = 0;
    for (index, filter) in filters.into_iter().enumerate() {
        if let Some(value) = filter {
            statement = statement.push(PLACES[place][index]).bind(value);
            place += 1;
        }
    }
    statement.push(" order by id desc").push(LIMITS[place]).bind(limit).all(tx).await
}

/// The latest first.
pub(crate) async fn list_attempts(tx: &mut Tx, mail: MailId, limit: i64) -> Result<Vec<Attempt>> {
    sql("select number, at, duration, outcome, status, answer
         from mail_attempt
         where workspace_id = $1 and mail_id = $2
         order by number desc
         limit $3")
    .bind(tx.workspace())
    .bind(mail)
    .bind(limit)
    .all(tx)
    .await
}

/// Mails to each of these addresses for a purpose since a moment.
pub(crate) async fn count_to(
    tx: &mut Tx,
    addresses: impl Iterator<Item = String>,
    purpose: &str,
    since: Timestamp,
) -> Result<Vec<(String, i64)>> {
    sql("select recipient, count(*) from mail
         where workspace_id = $1 and purpose = $2 and created_at > $3 and recipient in")
    .bind(tx.workspace())
    .bind(purpose)
    .bind(since)
    .bind_list(addresses)
    .push(" group by recipient")
    .all(tx)
    .await
}

/// Starts a mail over, unless it is being handed over; gives back whether it does.
pub(crate) async fn restart(tx: &mut Tx, id: MailId, now: Timestamp) -> Result<bool> {
    let changed = sql("update mail set state = $3, tries = 0, due_at = $4, updated_at = $4
         where workspace_id = $1 and id = $2 and state <> $5 and erased_at is null")
    .bind(tx.workspace())
    .bind(id)
    .bind(state::PENDING)
    .bind(now)
    .bind(state::SENDING)
    .run(tx)
    .await?;
    Ok(changed > 0)
}

/// Starts some over that were given up, the oldest first; gives back how many.
pub(crate) async fn restart_failed(tx: &mut Tx, limit: i64, now: Timestamp) -> Result<u64> {
    sql("update mail set state = $2, tries = 0, due_at = $3, updated_at = $3
         where workspace_id = $1 and id in (
             select id from mail where workspace_id = $1 and state = $4 and erased_at is null order by id limit $5
         )")
    .bind(tx.workspace())
    .bind(state::PENDING)
    .bind(now)
    .bind(state::FAILED)
    .bind(limit)
    .run(tx)
    .await
}

/// Deletes some older than this moment with their attempts, of any workspace; gives back how many.
pub(crate) async fn delete_old(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    sql("delete from mail_attempt
         where (workspace_id, mail_id) in (
             select workspace_id, id from mail where created_at < $1 order by created_at, workspace_id, id limit $2
         )")
    .bind(before)
    .bind(limit)
    .run(tx)
    .await?;
    sql("delete from mail
         where (workspace_id, id) in (
             select workspace_id, id from mail where created_at < $1 order by created_at, workspace_id, id limit $2
         )")
    .bind(before)
    .bind(limit)
    .run(tx)
    .await
}
