//! Taking messages out of the log that tell of what nobody may keep.

use db::Tx;
use kernel::Result;

use super::store;
use crate::{
    deliveries::store as deliveries,
    endpoint,
    ids::{DeliveryId, MessageId, WebhookId, delivery_id},
};

pub use store::KeptMessage;

/// What a delivery says whose message was erased.
const ERASED: &str = "The message was erased with one person's data.";

/// The next messages of the transaction's workspace behind an id, `""` before the first.
pub async fn kept_messages(tx: &mut Tx, behind: &str, limit: i64) -> Result<Vec<KeptMessage>> {
    store::list_behind(tx, behind, limit).await
}

/// Deletes messages, and what was answered to them. That they were sent, and how it ended, stays; what is still to
/// be sent is given up. Tells how many were there.
pub async fn erase_messages(tx: &mut Tx, ids: &[MessageId]) -> Result<i64> {
    let mut gone = 0;
    let webhooks = endpoint::store::list_ids(tx).await?;
    for some in ids.chunks(SOME) {
        let messages = store::list_times(tx, some).await?;
        gone += i64::try_from(messages.len()).unwrap_or(i64::MAX);
        // Ids of deliveries are made of both, so that no index is needed.
        let ways: Vec<DeliveryId> =
            messages.iter().flat_map(|message| ways(message, &webhooks)).collect();
        for few in ways.chunks(MOST_IDS) {
            // Whoever is just sending writes down the answer before this, or finds the message gone.
            deliveries::give_up(tx, few, ERASED).await?;
            deliveries::forget_answers(tx, few).await?;
        }
        store::delete_messages(tx, some).await?;
    }
    Ok(gone)
}

const SOME: usize = 50;
const MOST_IDS: usize = 512;

fn ways(
    (message, at): &(MessageId, kernel::Timestamp),
    webhooks: &[(WebhookId,)],
) -> Vec<DeliveryId> {
    webhooks.iter().map(|(webhook,)| delivery_id(*message, *webhook, *at)).collect()
}
