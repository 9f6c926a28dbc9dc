//! A round: some mails of one workspace, claimed together, sent through one connection and settled together.

use std::time::Duration;

use jobs::When;
use kernel::{Chance, Result, Timestamp};
use tokio::time::Instant;
use web::{Change, Cx};

use super::schedule;
use crate::{
    events::MailFailed,
    ids::MailId,
    jobs::SendMails,
    mails::{
        Attempt, outcome, state,
        store::{self, Claimed, Settled},
    },
    smtp::{Conversation, Fault, Outgoing, Phase, Smtp, compose},
};

/// Mails of a round.
const ROUND: i64 = 20;
/// Longer than a round can take: after it, whoever sends is taken for dead.
const LEASE: Duration = Duration::from_secs(15 * 60);
/// A round that goes on for longer leaves the rest to the next one.
const LONGEST: Duration = Duration::from_secs(8 * 60);

/// What is sent.
pub(super) struct Round {
    claimed: Vec<Claimed>,
}

/// An attempt as the log keeps it, with what it means.
pub(super) struct Made {
    attempt: Attempt,
    meaning: Meaning,
}

/// What an outcome means for the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Taken,
    Again,
    Never,
}

/// Claims what is due; none when nothing is.
pub(super) async fn claim(cx: &Cx) -> Result<Option<Round>> {
    let mut tx = cx.begin().await?;
    let (now, until) = (cx.now(), cx.now().plus(LEASE));
    let claimed = store::claim_due(&mut tx, ROUND, now, until).await?;
    if claimed.is_empty() {
        return Ok(None);
    }
    let broken = claimed.iter().filter(|one| one.state == state::SENDING).map(interrupted);
    store::insert_attempts(&mut tx, broken.collect()).await?;
    tx.commit().await?;
    Ok(Some(Round { claimed }))
}

/// The attempt before, whose process died while it sent.
fn interrupted(claimed: &Claimed) -> (MailId, Attempt) {
    let attempt = Attempt {
        number: claimed.attempts - 1,
        at: claimed.updated_at,
        duration: 0,
        outcome: outcome::UNKNOWN.to_owned(),
        status: None,
        answer: "We stopped while it was being sent. It may have been taken all the same.".into(),
    };
    (claimed.id, attempt)
}

impl Round {
    /// Sends one after the other; in the order in which they were claimed.
    pub(super) async fn send(&self, cx: &Cx, smtp: &Smtp) -> Vec<Made> {
        let start = Instant::now();
        let (mut made, mut open) = (Vec::with_capacity(self.claimed.len()), None);
        for claimed in &self.claimed {
            if cx.now().since(claimed.created_at) > schedule::STALE && claimed.attempts == 1 {
                made.push(too_late(claimed, cx.now()));
                continue;
            }
            let begun = Instant::now();
            let outcome = if start.elapsed() > LONGEST {
                Err(Fault { phase: Phase::Opening, status: None, text: SLOW.to_owned() })
            } else {
                send_one(smtp, &mut open, claimed).await
            };
            made.push(judged(claimed, cx.now(), begun.elapsed(), outcome));
        }
        if let Some(conversation) = open {
            conversation.close().await;
        }
        made
    }

    /// Writes down what came of it, in one transaction with what follows from it.
    pub(super) async fn settle(self, cx: &Cx, made: Vec<Made>) -> Result<()> {
        let mut tx = cx.begin().await?;
        let (mut attempts, mut due) = (Vec::new(), Vec::new());
        let mut ends = Vec::with_capacity(made.len());
        for (claimed, made) in self.claimed.iter().zip(made) {
            let settled = settled(claimed, &made, cx.now(), cx.chance());
            store::settle(&mut tx, &settled, cx.now()).await?;
            ends.push((settled, made.attempt));
        }
        let ids: Vec<MailId> = self.claimed.iter().map(|one| one.id).collect();
        let erased = store::list_erased(&mut tx, &ids).await?;
        for (settled, mut attempt) in ends {
            let (mail_id, mut reason) = (settled.id, settled.answer);
            // Servers repeat the address, which nobody may keep any more.
            if erased.contains(&mail_id) {
                store::ERASED.clone_into(&mut reason);
                store::ERASED.clone_into(&mut attempt.answer);
            } else {
                due.extend(settled.due_at);
            }
            if settled.state == state::FAILED {
                tx.record(&MailFailed { mail_id, reason }).await?;
            }
            attempts.push((mail_id, attempt));
        }
        store::insert_attempts(&mut tx, attempts).await?;
        enqueue_next(&mut tx, due).await?;
        tx.commit().await
    }
}

const SLOW: &str = "The server was too slow for those before it.";

async fn send_one<'a>(
    smtp: &'a Smtp,
    open: &mut Option<Conversation<'a>>,
    claimed: &Claimed,
) -> Result<(u16, String), Fault> {
    let unwritable = |error: kernel::Error| Fault {
        phase: Phase::Envelope,
        status: Some(553),
        text: format!("It cannot be written as a mail: {error}"),
    };
    let (envelope, message) = compose(smtp, &outgoing(claimed)).map_err(unwritable)?;
    if open.as_ref().is_some_and(|conversation| !conversation.is_sound()) {
        *open = None;
    }
    let conversation = match open {
        Some(conversation) => conversation,
        None => open.insert(Conversation::open(smtp).await?),
    };
    conversation.send(&envelope, &message).await
}

fn outgoing(claimed: &Claimed) -> Outgoing<'_> {
    Outgoing {
        id: claimed.id.to_string(),
        at: claimed.created_at,
        from_name: &claimed.from_name,
        reply_to: claimed.reply_to.as_deref(),
        recipient: &claimed.recipient,
        recipient_name: &claimed.recipient_name,
        subject: &claimed.subject,
        text: &claimed.body_text,
        html: &claimed.body_html,
        unsubscribe: claimed.unsubscribe.as_deref(),
    }
}

fn too_late(claimed: &Claimed, now: Timestamp) -> Made {
    let attempt = Attempt {
        number: claimed.attempts,
        at: now,
        duration: 0,
        outcome: outcome::NOT_SENT.to_owned(),
        status: None,
        answer: "It waited for more than three days. Send it again if it is still wanted.".into(),
    };
    Made { attempt, meaning: Meaning::Never }
}

fn judged(
    claimed: &Claimed,
    now: Timestamp,
    duration: Duration,
    outcome: Result<(u16, String), Fault>,
) -> Made {
    let (word, meaning, status, answer) = match outcome {
        Ok((status, answer)) => (outcome::SENT, Meaning::Taken, Some(status), answer),
        Err(fault) => {
            let (word, meaning) = meaning(&fault);
            (word, meaning, fault.status, fault.text)
        }
    };
    metrics::counter!("mewayz_mail_attempts_total", "outcome" => word).increment(1);
    let attempt = Attempt {
        number: claimed.attempts,
        at: now,
        duration: i64::try_from(duration.as_micros()).unwrap_or(i64::MAX),
        outcome: word.to_owned(),
        status: status.map(i64::from),
        answer,
    };
    Made { attempt, meaning }
}

/// A 5xx is an answer to this mail, but for the one to our opening: that is about us, and the operator mends it.
fn meaning(fault: &Fault) -> (&'static str, Meaning) {
    match (fault.phase, fault.status) {
        (Phase::Opening, _) => (outcome::NOT_SENT, Meaning::Again),
        (Phase::Envelope, None) => (outcome::NOT_SENT, Meaning::Again),
        (Phase::Content, None) => (outcome::UNKNOWN, Meaning::Again),
        (_, Some(500..)) => (outcome::REFUSED, Meaning::Never),
        (_, Some(_)) => (outcome::REFUSED, Meaning::Again),
    }
}

fn settled(claimed: &Claimed, made: &Made, now: Timestamp, chance: &Chance) -> Settled {
    let again = match made.meaning {
        Meaning::Again => schedule::next(claimed.tries, now, chance),
        Meaning::Taken | Meaning::Never => None,
    };
    Settled {
        id: claimed.id,
        attempt: claimed.attempts,
        state: match again {
            Some(_) => state::PENDING,
            None if made.meaning == Meaning::Taken => state::SENT,
            None => state::FAILED,
        },
        due_at: again,
        status: made.attempt.status,
        answer: made.attempt.answer.clone(),
    }
}

/// One job for all that is due at about the same time.
async fn enqueue_next(tx: &mut Change, due: Vec<Timestamp>) -> Result<()> {
    let mut moments: Vec<Timestamp> = due.into_iter().map(schedule::looked_at).collect();
    moments.sort_unstable();
    moments.dedup();
    for at in moments {
        tx.enqueue(&SendMails { at: Some(at) }, When::At(at)).await?;
    }
    Ok(())
}
