//! The outbox: mails are written in the transaction of their cause, and sent once it is committed.

use db::Tx;
use jobs::{NewJob, When};
use kernel::{Chance, Result, Timestamp};

use super::{NewMail, store};
use crate::{
    ids::{MailId, mail_id},
    jobs::SendMails,
    sender,
};

/// Mails to each of these addresses for a purpose that were written since a moment.
pub async fn count_to(
    tx: &mut Tx,
    addresses: Vec<String>,
    purpose: &str,
    since: Timestamp,
) -> Result<Vec<(String, i64)>> {
    store::count_to(tx, addresses.into_iter(), purpose, since).await
}

/// Writes mails to those who have not declined; gives back the ids of those that are new.
pub async fn write(
    tx: &mut Tx,
    mut mails: Vec<NewMail>,
    now: Timestamp,
    chance: &Chance,
) -> Result<Vec<MailId>> {
    if mails.is_empty() {
        return Ok(Vec::new());
    }
    let declined =
        store::list_refusals(tx, mails.iter().map(|mail| mail.recipient.clone())).await?;
    mails.retain(|mail| {
        !declined.iter().any(|(address, about)| {
            *address == mail.recipient.to_lowercase() && *about == mail.about
        })
    });
    let sender = sender::of_workspace(tx).await?;
    let ids = mails.iter().map(|mail| mail_id(&mail.source, mail.at)).collect();
    store::insert_mails(tx, mails, &sender, now).await?;
    let job = NewJob::of(Some(tx.workspace()), &SendMails { at: None }, When::Now);
    jobs::enqueue_many(tx, vec![job], now, chance).await?;
    Ok(ids)
}
