//! The mail: what is written to one person, on its way, and every attempt at it.

pub(crate) mod again;
pub(crate) mod erasing;
pub(crate) mod filter;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod outbox;
pub(crate) mod show;
pub(crate) mod store;
pub(crate) mod test;
pub(crate) mod views;

use db::Tx;
use kernel::{Id, Permission, Result, Timestamp};
use web::Entity;

use crate::{
    MAIL_READ, MAIL_WRITE,
    ids::{MailId, MailKind},
    template::Rendered,
};

/// What a mail is for.
pub mod purpose {
    pub(crate) const TEST: &str = "test";
    pub(crate) const CONFIRMATION: &str = "confirmation";
    /// Tells the team of one submission.
    pub const SUBMISSION: &str = "submission";
    /// Tells the team of several.
    pub const DIGEST: &str = "digest";
    /// Goes to who answered.
    pub const ANSWER: &str = "answer";
}

/// Where a mail is on its way.
pub(crate) mod state {
    /// Waits for its first or its next attempt.
    pub(crate) const PENDING: &str = "pending";
    /// Being handed over at this moment.
    pub(crate) const SENDING: &str = "sending";
    /// The server took it.
    pub(crate) const SENT: &str = "sent";
    /// Given up.
    pub(crate) const FAILED: &str = "failed";
    pub(crate) const ALL: [&str; 4] = [PENDING, SENDING, SENT, FAILED];
}

/// How an attempt ended.
pub(crate) mod outcome {
    pub(crate) const SENT: &str = "sent";
    /// The server said no, for now or for ever.
    pub(crate) const REFUSED: &str = "refused";
    /// Nothing was handed over.
    pub(crate) const NOT_SENT: &str = "not_sent";
    /// Handed over, but nobody knows whether it was taken.
    pub(crate) const UNKNOWN: &str = "unknown";
}

/// A mail as the log lists it.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Mail {
    pub(crate) id: MailId,
    /// Of [`purpose`].
    pub(crate) purpose: String,
    pub(crate) about: String,
    pub(crate) recipient: String,
    pub(crate) recipient_name: String,
    pub(crate) subject: String,
    /// Of [`state`].
    pub(crate) state: String,
    pub(crate) attempts: i64,
    pub(crate) due_at: Option<Timestamp>,
    pub(crate) last_status: Option<i64>,
    pub(crate) last_answer: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    /// When address and text were taken out of it.
    pub(crate) erased_at: Option<Timestamp>,
}

impl Entity for Mail {
    type Kind = MailKind;
    const PARAMETER: &'static str = "mail";
    const VIEW: Permission = MAIL_READ;
    const EDIT: Permission = MAIL_WRITE;

    async fn find(tx: &mut Tx, id: Id<MailKind>) -> Result<Option<Self>> {
        store::find_mail(tx, id).await
    }
}

/// A mail to be written to one person.
#[derive(Debug, Clone)]
pub struct NewMail {
    /// What it is for, unique for all time within the workspace: what has the same is written once.
    pub source: String,
    /// When that happened: always the same for the same source.
    pub at: Timestamp,
    /// Of [`purpose`].
    pub purpose: &'static str,
    /// The entity that it is about, such as a form: who declined that gets none.
    pub about: String,
    pub recipient: String,
    pub recipient_name: String,
    /// Where answers go; to the address of the workspace without it.
    pub reply_to: Option<String>,
    pub content: Rendered,
    /// Where it can be declined.
    pub unsubscribe: Option<String>,
}

/// What a mail says.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Content {
    pub(crate) from_name: String,
    pub(crate) reply_to: Option<String>,
    pub(crate) body_text: String,
    pub(crate) body_html: String,
}

/// One attempt.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Attempt {
    /// 1 for the first.
    pub(crate) number: i64,
    pub(crate) at: Timestamp,
    /// Microseconds.
    pub(crate) duration: i64,
    /// Of [`outcome`].
    pub(crate) outcome: String,
    pub(crate) status: Option<i64>,
    /// What the server said, or why it was not reached.
    pub(crate) answer: String,
}
