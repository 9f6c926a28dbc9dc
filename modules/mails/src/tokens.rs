//! The secrets of links in mails: what they are for, sealed, so that nothing need be stored for them.

use kernel::{Result, WorkspaceId};
use serde::{Deserialize, Serialize};
use web::Cx;

use crate::Mails;

/// What whoever holds a link may do by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub(crate) enum Purpose {
    /// Say that mails may be sent to an address.
    Confirm { address: String },
    /// Say that an address wants no more mails about something.
    Decline { address: String, about: String },
}

/// A purpose in its workspace.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Sealed {
    pub(crate) workspace: WorkspaceId,
    #[serde(flatten)]
    pub(crate) purpose: Purpose,
}

const OWNER: &str = "links";

impl Mails {
    /// The secret for a purpose in the workspace at hand.
    pub(crate) fn token(&self, cx: &Cx, purpose: &Purpose) -> Result<String> {
        let sealed = Sealed { workspace: cx.workspace(), purpose: purpose.clone() };
        let text = serde_json::to_string(&sealed).map_err(kernel::Error::internal)?;
        let token = self.0.seal.close(cx.chance(), OWNER, &text)?;
        // Letters that an address takes as they are.
        Ok(token.replace('+', "-").replace('/', "_"))
    }

    /// What a secret is for; nothing when it is none of ours.
    pub(crate) fn open_token(&self, token: &str) -> Option<Sealed> {
        let text = self.0.seal.open(OWNER, &token.replace('-', "+").replace('_', "/")).ok()?;
        serde_json::from_str(&text).ok()
    }
}
