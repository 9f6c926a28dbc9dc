//! The sender: how a workspace's mails call who writes, and where answers to them go.

pub(crate) mod json;
pub(crate) mod store;

use db::Tx;
use kernel::Result;

/// How mails are signed.
#[derive(Debug, Clone, PartialEq, Eq, db::FromRow)]
pub(crate) struct Sender {
    pub(crate) name: String,
    pub(crate) reply_to: Option<String>,
}

/// As the workspace has it; by its own name until it says otherwise.
pub(crate) async fn of_workspace(tx: &mut Tx) -> Result<Sender> {
    if let Some(sender) = store::find_sender(tx).await? {
        return Ok(sender);
    }
    let name = workspaces::current(tx).await?.name;
    Ok(Sender { name, reply_to: None })
}
