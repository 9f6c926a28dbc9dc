//! The sender as programs see it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Sender;

/// How a workspace's mails are signed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailSender)]
pub(crate) struct SenderJson {
    /// Beside the address in the header From.
    name: String,
    /// Where answers go; to the installation's own address without it.
    reply_to: Option<String>,
    /// The address that all mails of this installation come from; null while no server is set up.
    from: Option<String>,
    /// Whether a server is set up. Without one mails wait.
    configured: bool,
}

impl SenderJson {
    pub(crate) fn of(sender: Sender, from: Option<&str>) -> Self {
        SenderJson {
            name: sender.name,
            reply_to: sender.reply_to,
            from: from.map(str::to_owned),
            configured: from.is_some(),
        }
    }
}

/// What is to be different; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailSenderChange)]
pub(crate) struct SenderChange {
    /// At most 100 characters.
    #[schema(max_length = 100)]
    pub(crate) name: Option<String>,
    /// The empty text takes it away.
    pub(crate) reply_to: Option<String>,
}
