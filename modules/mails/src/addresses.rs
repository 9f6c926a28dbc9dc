//! Addresses beyond those of members: nothing is sent there before its owner has said yes.

pub(crate) mod ask;
pub(crate) mod confirmation;
pub(crate) mod erasing;
pub(crate) mod store;
pub(crate) mod views;

use std::time::Duration;

use db::Tx;
use kernel::{Result, Timestamp};

pub use ask::ask;

/// Addresses of a workspace.
pub(crate) const MOST: i64 = 200;
/// Until an address may be asked once more.
pub(crate) const PAUSE: Duration = Duration::from_secs(60 * 60);

/// An address and whether its owner has said yes.
#[derive(Debug, Clone, db::FromRow)]
pub struct Address {
    pub address: String,
    pub asked_at: Timestamp,
    pub confirmed_at: Option<Timestamp>,
}

/// Takes back that an address wants no more mails about something: its owner asks for them anew.
pub async fn welcome(tx: &mut Tx, address: &str, about: &str) -> Result<()> {
    store::delete_refusal(tx, &address.to_lowercase(), about).await
}

/// Those of the addresses named that are known, in small letters.
pub async fn known(tx: &mut Tx, addresses: &[String]) -> Result<Vec<Address>> {
    store::list_named(tx, addresses).await
}
