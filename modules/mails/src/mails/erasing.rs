//! Taking address and text out of mails that nobody may keep: that they were written, and how it ended, stays.

use std::time::Duration;

use db::Tx;
use kernel::{Result, Timestamp};

use super::{purpose, store};
use crate::ids::{MailId, first_mail_of, mail_id};

pub use store::Letter;

/// What mails about one thing are known by.
#[derive(Debug)]
pub struct Trace {
    /// As in [`super::NewMail::about`].
    pub about: String,
    /// As in [`super::NewMail::at`].
    pub at: Timestamp,
    /// The beginnings of [`super::NewMail::source`], which ends in the recipient's address.
    pub sources: Vec<String>,
    /// How mails that tell of several name it.
    pub listed_as: String,
}

/// What waits for such a mail waits for a day at most, and then for a server.
const LISTED_FOR: Duration = Duration::from_secs(3 * 24 * 60 * 60);
const MOMENT: Duration = Duration::from_millis(1);

/// The next mails of the transaction's workspace behind an id, `""` before the first, that still have a text.
pub async fn kept_mails(tx: &mut Tx, behind: &str, limit: i64) -> Result<Vec<Letter>> {
    store::list_letters(tx, behind, limit).await
}

/// The mails about one thing, and those that tell of it among others.
pub async fn mails_about(tx: &mut Tx, trace: &Trace) -> Result<Vec<Letter>> {
    let (first, end) = (first_mail_of(trace.at), first_mail_of(trace.at.plus(LISTED_FOR)));
    let moment = first_mail_of(trace.at.plus(MOMENT));
    let mut letters = store::list_about(tx, &trace.about, None, (first, moment)).await?;
    letters.retain(|letter| {
        let is = |source: &String| {
            mail_id(&format!("{source}{}", letter.recipient), trace.at) == letter.id
        };
        trace.sources.iter().any(is)
    });
    let digests = store::list_about(tx, &trace.about, Some(purpose::DIGEST), (first, end)).await?;
    letters.extend(digests.into_iter().filter(|it| it.body_text.contains(&trace.listed_as)));
    Ok(letters)
}

/// Erases texts, answers of servers, and where `of_recipient`, to whom they went. What was still to be sent is given
/// up. Tells how many had a text.
pub async fn erase_mails(
    tx: &mut Tx,
    ids: &[MailId],
    of_recipient: bool,
    now: Timestamp,
) -> Result<i64> {
    let mut erased = 0;
    for some in ids.chunks(256) {
        erased += i64::try_from(store::erase(tx, some, now).await?).unwrap_or(i64::MAX);
        if of_recipient {
            store::erase_recipients(tx, some).await?;
        }
        store::erase_answers(tx, some).await?;
    }
    Ok(erased)
}
