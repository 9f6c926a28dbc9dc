//! The message: what is told, once, however often it is sent and to how many.

pub(crate) mod erasing;
mod store;

use db::Tx;
use jobs::{JobContext, NewJob, When};
use kernel::{Chance, Error, Result, Timestamp};
use serde_json::value::RawValue;

use crate::{
    endpoint::{self, Webhook},
    ids::{DeliveryId, MessageId, WebhookId, delivery_id, message_id},
    jobs::{Announce, Deliver},
};

pub(crate) use store::{delete_old, list_messages, list_times};

/// Endpoints of a workspace.
pub(crate) const MOST_WEBHOOKS: i64 = 50;

/// What is to be told.
#[derive(Debug)]
pub struct NewMessage {
    /// What it is about, unique for all time within the workspace: what has the same is told once.
    pub source: String,
    /// Such as `submission.received`.
    pub kind: &'static str,
    /// The entity that endpoints may be bound to, such as a form.
    pub subject: String,
    /// When it happened.
    pub at: Timestamp,
    /// The message's data, as JSON.
    pub data: Box<RawValue>,
}

/// Who listens in a workspace, read once for many messages.
pub struct Listeners(Vec<Webhook>);

impl Listeners {
    /// All endpoints of the transaction's workspace that are enabled.
    pub async fn find(tx: &mut Tx) -> Result<Self> {
        Ok(Listeners(endpoint::store::list_enabled(tx, MOST_WEBHOOKS).await?))
    }

    /// The earliest moment of which anyone wants to hear such a thing; none when nobody does.
    pub fn since(&self, kind: &str, subject: &str) -> Option<Timestamp> {
        let late = Timestamp::from_micros(i64::MAX);
        let some = self.0.iter().filter(|webhook| webhook.listens_for(kind, subject, late));
        some.map(|webhook| webhook.listens_since).min()
    }

    /// Lays the messages out for those who listen, and has them sent once `tx` is committed.
    pub async fn tell(
        &self,
        tx: &mut Tx,
        messages: Vec<NewMessage>,
        now: Timestamp,
        chance: &Chance,
    ) -> Result<()> {
        let (mut stored, mut ways) = (Vec::new(), Vec::new());
        for message in messages {
            let listens = |webhook: &&Webhook| {
                webhook.listens_for(message.kind, &message.subject, message.at)
            };
            let to: Vec<WebhookId> =
                self.0.iter().filter(listens).map(|webhook| webhook.id).collect();
            if !to.is_empty() {
                let id = message_id(&message.source, message.at);
                ways.extend(to.into_iter().map(|to| way(id, to, message.kind, message.at)));
                stored.push((id, payload(&message)?, message));
            }
        }
        lay_out(tx, stored, ways, now, chance).await
    }
}

type Laid = (MessageId, String, NewMessage);

fn way(message: MessageId, webhook: WebhookId, kind: &'static str, at: Timestamp) -> store::Way {
    store::Way { id: delivery_id(message, webhook, at), message, webhook, kind, at }
}

/// `{"type", "timestamp", "data"}`, as the specification says.
fn payload(message: &NewMessage) -> Result<String> {
    #[derive(serde::Serialize)]
    struct Payload<'a> {
        r#type: &'a str,
        timestamp: Timestamp,
        data: &'a RawValue,
    }
    let payload = Payload { r#type: message.kind, timestamp: message.at, data: &message.data };
    serde_json::to_string(&payload).map_err(Error::internal)
}

async fn lay_out(
    tx: &mut Tx,
    messages: Vec<Laid>,
    ways: Vec<store::Way>,
    now: Timestamp,
    chance: &Chance,
) -> Result<()> {
    if ways.is_empty() {
        return Ok(());
    }
    let mut webhooks: Vec<WebhookId> = ways.iter().map(|way| way.webhook).collect();
    webhooks.sort_unstable();
    webhooks.dedup();
    store::insert_messages(tx, messages).await?;
    store::insert_ways(tx, ways, now).await?;
    let workspace = Some(tx.workspace());
    let jobs = webhooks
        .into_iter()
        .map(|webhook_id| NewJob::of(workspace, &Deliver { webhook_id, at: None }, When::Now));
    jobs::enqueue_many(tx, jobs.collect(), now, chance).await
}

/// Sends a test to one endpoint, whatever it listens for; gives the delivery's id.
pub(crate) async fn tell_one(
    tx: &mut Tx,
    webhook: &Webhook,
    message: NewMessage,
    chance: &Chance,
) -> Result<DeliveryId> {
    let (id, at) = (message_id(&message.source, message.at), message.at);
    let way = way(id, webhook.id, message.kind, at);
    let delivery = way.id;
    lay_out(tx, vec![(id, payload(&message)?, message)], vec![way], at, chance).await?;
    Ok(delivery)
}

/// Tells of an event; the messages and the end of the job are one commit.
pub(crate) async fn announce(job: &JobContext, event: Announce) -> Result<()> {
    let workspace = job.workspace.ok_or(Error::NotFound)?;
    let mut tx = job.db.begin(workspace).await?;
    let known = endpoint::EVENT_TYPES.iter().find(|(kind, _)| *kind == event.kind);
    if let Some((kind, _)) = known {
        let listeners = Listeners::find(&mut tx).await?;
        let message = NewMessage {
            source: format!("event {}", event.seq),
            kind,
            subject: event.subject,
            at: event.at,
            data: RawValue::from_string(event.data).map_err(Error::internal)?,
        };
        listeners.tell(&mut tx, vec![message], job.clock.now(), &job.chance).await?;
    }
    job.finish(&mut tx).await?;
    tx.commit().await
}
