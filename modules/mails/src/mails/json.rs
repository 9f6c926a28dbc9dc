//! Mails as programs see them.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Attempt, Content, Mail, state};
use crate::ids::MailId;

/// A mail to one person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mail)]
pub(crate) struct MailJson {
    id: MailId,
    /// `test`, `confirmation`, `submission`, `digest` or `answer`.
    purpose: String,
    /// The entity that it is about, such as a form.
    about: String,
    to: String,
    to_name: String,
    subject: String,
    /// `pending`, `sending`, `sent` (the server took it) or `failed`.
    state: String,
    attempts: i64,
    next_attempt_at: Option<Timestamp>,
    /// The status of the server's latest answer, such as 250 or 550.
    last_status: Option<i64>,
    /// What the server said last, or why it was not reached.
    last_answer: Option<String>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl MailJson {
    pub(crate) fn of(mail: Mail) -> Self {
        let waits = mail.state == state::PENDING;
        MailJson {
            id: mail.id,
            purpose: mail.purpose,
            about: mail.about,
            to: mail.recipient,
            to_name: mail.recipient_name,
            subject: mail.subject,
            state: mail.state,
            attempts: mail.attempts,
            next_attempt_at: mail.due_at.filter(|_| waits),
            last_status: mail.last_status,
            last_answer: mail.last_answer,
            created_at: mail.created_at,
            updated_at: mail.updated_at,
        }
    }
}

/// A page of mails.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailList)]
pub(crate) struct MailList {
    data: Vec<MailJson>,
    next_cursor: Option<String>,
}

/// One attempt.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailAttempt)]
pub(crate) struct AttemptJson {
    number: i64,
    at: Timestamp,
    /// Milliseconds.
    duration: f64,
    /// `sent`, `refused` (the server said no, for now or for ever), `not_sent`, or `unknown`: handed over, but
    /// whether it was taken is not known.
    outcome: String,
    status: Option<i64>,
    answer: String,
}

impl AttemptJson {
    fn of(attempt: Attempt) -> Self {
        AttemptJson {
            number: attempt.number,
            at: attempt.at,
            duration: attempt.duration as f64 / 1_000.0,
            outcome: attempt.outcome,
            status: attempt.status,
            answer: attempt.answer,
        }
    }
}

/// A mail with what it says, and every attempt.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailDetail)]
pub(crate) struct DetailJson {
    mail: MailJson,
    from_name: String,
    reply_to: Option<String>,
    text: String,
    html: String,
    /// The latest first, at most 100.
    attempts: Vec<AttemptJson>,
}

impl DetailJson {
    pub(crate) fn of(mail: Mail, content: Content, attempts: Vec<Attempt>) -> Self {
        DetailJson {
            mail: MailJson::of(mail),
            from_name: content.from_name,
            reply_to: content.reply_to,
            text: content.body_text,
            html: content.body_html,
            attempts: attempts.into_iter().map(AttemptJson::of).collect(),
        }
    }
}

/// A test mail to be sent.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewTestMail)]
pub(crate) struct NewTest {
    /// The address of a member; of whoever asks when absent, which a key must name.
    #[serde(default)]
    pub(crate) to: Option<String>,
}

/// A test on its way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TestMail)]
pub(crate) struct TestJson {
    /// Where its outcome can be read.
    pub(crate) mail_id: MailId,
}

/// What happens as a job.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailsQueued)]
pub(crate) struct Queued {
    /// Always `queued`.
    status: &'static str,
}
