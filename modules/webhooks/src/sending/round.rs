//! A round: some deliveries of one endpoint, claimed together and settled together.

use std::{collections::HashMap, time::Duration};

use futures::{StreamExt, stream};
use jobs::When;
use kernel::{Result, Timestamp};
use outbound::Outbound;
use web::{Change, Cx};

use super::{
    Sender,
    attempt::{self, Made, Meaning},
    schedule,
};
use crate::{
    deliveries::{
        Attempt, outcome, state,
        store::{self, Claimed, Settled},
    },
    endpoint::{self, Webhook, reason, secrets::Secret},
    events::WebhookDisabled,
    ids::{DeliveryId, MessageId, WebhookId},
    jobs::Deliver,
    messages,
};

/// Requests to one endpoint at once.
const SIDE_BY_SIDE: usize = 8;
/// Deliveries of a round; of one that has failed lately, so few that it costs little when it fails again.
const ROUND: i64 = 32;
const SMALL_ROUND: i64 = SIDE_BY_SIDE as i64;
/// Longer than a round can take: after it, whoever sends is taken for dead.
const LEASE: Duration = Duration::from_secs(120);

/// Nothing but failures for so long, and so many of them, disables an endpoint.
const FAILING_FOR: Duration = Duration::from_secs(5 * 24 * 60 * 60);
const FAILURES: i64 = 10;

/// What is sent to whom.
pub(super) struct Round {
    webhook: Webhook,
    secrets: Vec<Secret>,
    claimed: Vec<Claimed>,
    payloads: HashMap<MessageId, String>,
}

/// Claims what is due; none when nothing is, or the endpoint gets nothing.
pub(super) async fn claim(cx: &Cx, sender: &Sender, id: WebhookId) -> Result<Option<Round>> {
    let mut tx = cx.begin().await?;
    let webhook = endpoint::store::find_webhook(&mut tx, id).await?;
    let Some(webhook) = webhook.filter(|webhook| webhook.enabled) else { return Ok(None) };
    let limit = if webhook.failing_since.is_some() { SMALL_ROUND } else { ROUND };
    let (now, until) = (cx.now(), cx.now().plus(LEASE));
    let claimed = store::claim_due(&mut tx, id, limit, now, until).await?;
    if claimed.is_empty() {
        return Ok(None);
    }
    let broken = claimed.iter().filter(|one| one.state == state::SENDING).map(interrupted);
    store::insert_attempts(&mut tx, broken.collect()).await?;
    let messages = claimed.iter().map(|one| one.message_id);
    let payloads = messages::list_messages(&mut tx, messages).await?;
    let sealed = endpoint::store::list_secrets(&mut tx, id, now).await?;
    tx.commit().await?;
    let open = |sealed: &endpoint::store::SealedSecret| {
        Secret::parse(&sender.seal.open(&id.to_string(), &sealed.sealed).ok()?)
    };
    let payloads = payloads.into_iter().map(|message| (message.id, message.payload)).collect();
    Ok(Some(Round {
        secrets: sealed.iter().filter_map(open).collect(),
        webhook,
        claimed,
        payloads,
    }))
}

/// The attempt before, whose process died while it sent.
fn interrupted(claimed: &Claimed) -> (DeliveryId, Attempt) {
    let attempt = Attempt {
        number: claimed.attempts - 1,
        at: Timestamp::default(),
        duration: 0,
        outcome: outcome::UNKNOWN.to_owned(),
        status: None,
        request_headers: db::Json("[]".to_owned()),
        response_headers: None,
        response_body: None,
        error: Some(
            "We stopped while it was being sent. It may have been taken all the same.".into(),
        ),
    };
    (claimed.id, attempt)
}

impl Round {
    /// Sends all, some side by side; in the order in which they were claimed.
    pub(super) async fn send(&self, cx: &Cx, outbound: &Outbound) -> Vec<Option<Made>> {
        let mut each = Vec::with_capacity(self.claimed.len());
        for claimed in &self.claimed {
            each.push(self.send_one(cx, outbound, claimed));
        }
        stream::iter(each).buffered(SIDE_BY_SIDE).collect().await
    }

    async fn send_one(&self, cx: &Cx, outbound: &Outbound, claimed: &Claimed) -> Option<Made> {
        let payload = self.payloads.get(&claimed.message_id)?;
        let (url, secrets) = (&self.webhook.url, &self.secrets);
        Some(attempt::send(outbound, url, secrets, claimed, payload, cx.now()).await)
    }

    /// Writes down what came of it, in one transaction with what follows from it.
    pub(super) async fn settle(self, cx: &Cx, made: Vec<Option<Made>>) -> Result<()> {
        let mut tx = cx.begin().await?;
        let (mut attempts, mut failures, mut taken, mut gone) = (Vec::new(), 0, false, false);
        let mut due = Vec::new();
        for (claimed, made) in self.claimed.iter().zip(made) {
            let settled = self.settled(cx, claimed, made.as_ref());
            store::settle(&mut tx, &settled, cx.now()).await?;
            due.extend(settled.due_at);
            if let Some(made) = made {
                failures += usize::from(made.meaning != Meaning::Taken);
                taken |= made.meaning == Meaning::Taken;
                gone |= made.meaning == Meaning::Gone;
                attempts.push((claimed.message_id, claimed.id, made.attempt));
            }
        }
        let attempts = without_erased(&mut tx, attempts).await?;
        store::insert_attempts(&mut tx, attempts).await?;
        self.enqueue_next(&mut tx, cx.now(), due).await?;
        self.mind_health(&mut tx, cx.now(), Health { failures, taken, gone }).await?;
        tx.commit().await
    }

    fn settled(&self, cx: &Cx, claimed: &Claimed, made: Option<&Made>) -> Settled {
        let again = match made.map(|made| made.meaning) {
            Some(Meaning::Again(asked)) => {
                schedule::next(claimed.tries, asked, cx.now(), cx.chance())
            }
            _ => None,
        };
        let taken = made.is_some_and(|made| made.meaning == Meaning::Taken);
        let error = match made {
            Some(made) => made.attempt.error.clone(),
            None => Some("The message is older than the log is kept.".to_owned()),
        };
        Settled {
            id: claimed.id,
            attempt: claimed.attempts,
            state: match again {
                Some(_) => state::PENDING,
                None if taken => state::SUCCEEDED,
                None => state::FAILED,
            },
            due_at: again,
            status: made.and_then(|made| made.attempt.status),
            error,
        }
    }

    /// One job for all that is due at about the same time.
    async fn enqueue_next(
        &self,
        tx: &mut Change,
        now: Timestamp,
        due: Vec<Timestamp>,
    ) -> Result<()> {
        let mut moments: Vec<Timestamp> =
            due.into_iter().map(|due| schedule::looked_at(due, now)).collect();
        moments.sort_unstable();
        moments.dedup();
        for at in moments {
            let job = Deliver { webhook_id: self.webhook.id, at: Some(at) };
            tx.enqueue(&job, When::At(at)).await?;
        }
        Ok(())
    }

    async fn mind_health(&self, tx: &mut Change, now: Timestamp, health: Health) -> Result<()> {
        let (id, webhook) = (self.webhook.id, &self.webhook);
        if health.gone {
            return self.disable(tx, now, reason::GONE).await;
        }
        if health.taken {
            return match webhook.failing_since {
                Some(_) => endpoint::store::forgive_failures(tx, id).await,
                None => Ok(()),
            };
        }
        if health.failures == 0 {
            return Ok(());
        }
        endpoint::store::add_failures(tx, id, health.failures, now).await?;
        let long = webhook.failing_since.is_some_and(|since| now.since(since) >= FAILING_FOR);
        let failures = webhook.failures + i64::try_from(health.failures).unwrap_or(0);
        if long && failures >= FAILURES {
            return self.disable(tx, now, reason::FAILING).await;
        }
        Ok(())
    }

    async fn disable(&self, tx: &mut Change, now: Timestamp, why: &str) -> Result<()> {
        if endpoint::store::disable_webhook(tx, self.webhook.id, why, now).await? {
            let (url, reason) = (self.webhook.url.clone(), why.to_owned());
            tx.record(&WebhookDisabled { webhook_id: self.webhook.id, url, reason }).await?;
        }
        Ok(())
    }
}

/// The attempts, but for what was answered to messages that were erased meanwhile.
async fn without_erased(
    tx: &mut Change,
    attempts: Vec<(MessageId, DeliveryId, Attempt)>,
) -> Result<Vec<(DeliveryId, Attempt)>> {
    let ids: Vec<MessageId> = attempts.iter().map(|(message, ..)| *message).collect();
    let there = messages::list_times(tx, &ids).await?;
    let is_there = |message| there.iter().any(|(known, _)| *known == message);
    let all = attempts.into_iter().map(|(message, id, mut attempt)| {
        if !is_there(message) {
            (attempt.response_headers, attempt.response_body) = (None, None);
        }
        (id, attempt)
    });
    Ok(all.collect())
}

/// What a round says of its endpoint.
struct Health {
    failures: usize,
    taken: bool,
    gone: bool,
}
